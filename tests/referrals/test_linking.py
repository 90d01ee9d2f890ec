"""A referral linked to open work is read there the same day: by whoever decides, as a share, until that work ends."""

from typing import Any

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting, acting_as_system
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case
from backend.core.errors import Conflict
from backend.notifications.models import Outbox
from backend.referrals.commands import linking
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, LEADING, OFFERED, agency_id, linked_to, manager, officer, referral_in, teacher
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def taken() -> tuple[Referral, Referral]:
    """A referral that youth justice has taken from the front door, and one that the front door had linked to it."""
    target = referral_in(Referral.TRIAGE)
    linked = linked_to(target)
    take("redirect", target.id, officer(), to_agency=agency_id(OFFERED))
    return take("take", target.id, officer(OFFERED)), linked


def passed_on() -> int:
    with worker_login():
        return linking.pass_links_on()


def page(who: Actor, referral: Referral) -> Any:
    return browser_of(who).get(f"referrals/{referral.id}/")


def statements_in_the_database(who: Actor, root: Referral) -> int:
    with acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_statement WHERE root_id = %s", [root.id])
        return int(cursor.fetchone()[0])


def test_whoever_holds_the_other_referral_reads_what_was_said_on_its_page() -> None:
    target, linked = taken()
    [shown] = page(officer(OFFERED), target).json()["linked_here"]
    assert (shown["reference"], shown["agency"]) == (linked.reference, linked.referrer_agency.name)
    assert shown["statements"]
    assert page(officer(OFFERED), linked).json()["audience"] == "text"
    # Nothing but what anybody who sees a record may say of themselves.
    assert [one["name"] for one in page(officer(OFFERED), linked).json()["options"]] == ["declare_conflict"]
    assert statements_in_the_database(officer(OFFERED), linked) > 0


def test_nobody_else_reads_it_there() -> None:
    target, linked = taken()
    assert page(teacher(), target).json()["linked_here"] == []
    assert page(officer(LEADING), linked).status_code == 404
    assert statements_in_the_database(officer(LEADING), linked) == 0
    assert statements_in_the_database(teacher(), linked) == 0


def test_the_share_is_in_the_ledger_on_the_basis_that_was_given() -> None:
    target, linked = taken()
    before = page_of_ledger(officer(), linked)
    assert [share["purpose"] for share in before] == ["To help the child once the referral is taken"]
    take("reopen", linked.id, manager(), reason_code="new_information")
    with pytest.raises(Conflict, match="will read this referral"):
        take("link", linked.id, officer(), link_to=str(target.id), article6="", condition="", power="")
    take("link", linked.id, officer(), link_to=str(target.id))
    share, *_before = page_of_ledger(officer(), linked)
    assert (share["from_agency"], share["to_agency"]) == (name_of(FRONT_DOOR), name_of(OFFERED))
    assert share["purpose"] == "To help the child within its open work"


def test_who_is_offered_the_other_referral_is_in_the_ledger_too() -> None:
    target = referral_in(Referral.TRIAGE)
    take("redirect", target.id, officer(), to_agency=agency_id(OFFERED))
    linked = linked_to(target)
    assert page(officer(OFFERED), linked).status_code == 404
    take("take", target.id, officer(OFFERED))
    assert page(officer(OFFERED), linked).json()["audience"] == "text"
    assert name_of(OFFERED) in {share["to_agency"] for share in page_of_ledger(officer(), linked)}


def page_of_ledger(who: Actor, referral: Referral) -> list[dict[str, Any]]:
    rows = browser_of(who).get(f"referrals/{referral.id}/sharing/").json()["results"]
    return [row for row in rows if "text" in row["what"]]


def name_of(slug: str) -> str:
    return str(officer(slug).agency_name)


def test_it_is_a_task_of_the_same_day_for_who_has_the_other_referral_in_hand() -> None:
    target, linked = taken()
    assert passed_on() == 1
    assert passed_on() == 0
    [task] = browser_of(officer(OFFERED)).get("tasks/").json()["results"]
    assert (task["reference"], task["record_url"]) == (target.reference, f"/referrals/{target.id}")
    assert linked.reference in task["text"]
    assert task["due_at"] is not None
    done = take("complete", task["id"], officer(OFFERED), noun="task", outcome="Read, and rang the school.")
    assert done.state == "done"


def test_a_colleague_or_manager_may_do_it_and_another_agency_cannot() -> None:
    taken()
    passed_on()
    [task] = browser_of(officer(OFFERED)).get("tasks/").json()["results"]
    assert browser_of(officer()).get(f"tasks/{task['id']}/").status_code == 404
    done = take("complete", task["id"], manager(OFFERED), noun="task", outcome="Read.")
    assert done.state == "done"


def test_lead_practitioner_of_a_case_has_it_as_a_task_and_a_paused_case_goes_on() -> None:
    first = referral_in(Referral.TRIAGE)
    case = allocated(case_of(take("accept", first.id, officer(), lead_agency=agency_id(FRONT_DOOR))), to=manager())
    take("pause", case.id, manager(), noun="case")
    linked = linked_to(first, to=case.id)
    passed_on()
    [task] = browser_of(manager()).get("tasks/").json()["results"]
    assert (task["reference"], task["record_url"]) == (case.reference, f"/referrals/{linked.id}")
    with acting(manager()):
        assert Case.objects.get(pk=case.id).state != Case.PAUSED
    assert page(manager(), linked).json()["audience"] == "text"


def test_it_ends_when_the_other_referral_ends_without_a_case_and_comes_back_with_it() -> None:
    target, linked = taken()
    passed_on()
    take("signpost", target.id, officer(OFFERED))
    assert page(officer(OFFERED), linked).status_code == 404
    assert statements_in_the_database(officer(OFFERED), linked) == 0
    take("reopen", target.id, manager(OFFERED), reason_code="new_information")
    assert page(officer(OFFERED), linked).json()["audience"] == "text"


def test_it_goes_into_the_case_with_the_other_referral_and_its_lead_is_in_the_ledger() -> None:
    target, linked = taken()
    accepted = take("accept", target.id, officer(OFFERED), lead_agency=agency_id(OFFERED))
    assert passed_on() == 1
    body = page(officer(), linked).json()
    assert body["case"]["reference"] == case_of(accepted, manager(OFFERED)).reference
    assert page(manager(OFFERED), linked).json()["audience"] == "text"


def test_it_goes_on_with_a_referral_that_is_linked_further() -> None:
    other = referral_in(Referral.TRIAGE)
    police = actor("city-police", Role.PRACTITIONER)
    same = {"child_given_name": other.about.given_name, "child_nhs_number": None, "child_upn": None}
    target = referral_in(Referral.TRIAGE, by=police, **same)
    linked = linked_to(target)
    take("link", target.id, officer(), link_to=str(other.id))
    with acting(officer()):
        assert Referral.objects.get(pk=linked.id).linked_to_id == other.id
    assert {row["reference"] for row in page(officer(), other).json()["linked_here"]} == {
        target.reference,
        linked.reference,
    }


def test_who_takes_the_other_referral_reads_it_and_is_in_the_ledger() -> None:
    target, linked = taken()
    take("redirect", target.id, manager(OFFERED), to_agency=agency_id(LEADING))
    assert page(officer(LEADING), linked).status_code == 404
    take("take", target.id, officer(LEADING))
    assert page(officer(LEADING), linked).json()["audience"] == "text"
    assert page(officer(OFFERED), linked).status_code == 404
    assert name_of(LEADING) in {share["to_agency"] for share in page_of_ledger(officer(), linked)}


def test_a_link_that_nobody_could_read_is_told_to_who_linked_it() -> None:
    target, linked = taken()
    take("signpost", target.id, officer(OFFERED))
    assert passed_on() == 1
    assert browser_of(officer(OFFERED)).get("tasks/").json()["results"] == []
    with worker_login(), acting_as_system(job="test"):
        assert Outbox.objects.filter(message="referral_link_lost", root_id=linked.id).exists()


def test_one_link_that_fails_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    (_target, first), (_other, second) = taken(), taken()
    whole = linking.pass_on

    def fails_once(actor: Actor, referral: Referral) -> Any:
        if referral.id == first.id:
            raise ValueError("made to fail")
        return whole(actor, referral)

    monkeypatch.setattr(linking, "pass_on", fails_once)
    assert passed_on() == 1
    monkeypatch.undo()
    assert passed_on() == 1
    with acting(officer()):
        given = Event.objects.filter(verb="referral.pass_link_on", root_id__in=[first.id, second.id])
        assert given.count() == 2
