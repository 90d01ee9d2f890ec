"""A family moves to another area: nobody lets go until the other area has confirmed, and the referrer is told."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.cases.models import Case, Note
from backend.core.errors import Conflict, Forbidden
from backend.notifications.models import Outbox
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.cases.conftest import BASIS, PROPOSAL, World
from tests.cases.working import given_for, now, today, work
from tests.casework import allocated, case_of
from tests.clocks import clocks
from tests.edges import CHOSEN, take
from tests.factories import manager, referral_in, teacher

RECEIVER = "Coventry Family Help"
ASKED: dict[str, Any] = {
    "area": "Coventry",
    "receiver": RECEIVER,
    "contact": "Ms Dale, duty manager, 024 7649 6000",
    "what_matters": "School is the safe place.",
    "risks": "None known.",
    "article6": BASIS.article6,
    "condition": BASIS.condition,
    "power": BASIS.power,
}


def asked(world: World) -> Case:
    """A case that another area is asked to take over."""
    return work(world, "transfer_out", world.allocated(), **ASKED)


def refusal(world: World, edge: str, case: Case, **given: Any) -> str:
    """The one reason why an edge cannot be taken."""
    with pytest.raises(Conflict) as refused:
        work(world, edge, case, **given)
    assert len(refused.value.reasons) == 1, refused.value.reasons
    return refused.value.reasons[0]


def test_the_case_stays_where_it_is_until_they_confirm(world: World) -> None:
    before = world.allocated()
    case = work(world, "transfer_out", before, **ASKED)
    assert (case.state, case.lead_agency_id, case.lead_practitioner_id) == (
        before.state,
        before.lead_agency_id,
        before.lead_practitioner_id,
    )
    assert clocks(case.id)["transfer_out_answer"] == "running"
    shown = browser_of(world.manager).get(f"cases/{case.id}/").json()["moving"]
    assert (shown["receiver"], shown["area"], shown["contact"]) == (RECEIVER, "Coventry", ASKED["contact"])
    with acting(world.worker):
        note = Note.objects.get(root_id=case.id, is_pinned=True)
    assert RECEIVER in note.text
    assert "School is the safe place." in note.text


def test_what_was_shared_stands_in_the_ledger_under_the_name_of_who_got_it(world: World) -> None:
    case = asked(world)
    (row,) = browser_of(world.manager).get(f"cases/{case.id}/sharing/").json()["results"]
    assert row["to_agency"] == f"{RECEIVER}, Coventry"
    with acting(world.manager):
        share = Disclosure.objects.get(root_id=case.id)
    assert (share.to_agency_id, share.by_id, share.article6) == (None, world.worker.user_id, BASIS.article6)


def test_nobody_else_is_asked_and_the_case_does_not_close_meanwhile(world: World) -> None:
    case = asked(world)
    sentence = f"{RECEIVER} has been asked to take this case over."
    assert sentence in refusal(world, "transfer_out", case, **ASKED)
    assert sentence in refusal(world, "close", case, goes_on="Coventry.")
    to = str(world.youth_justice_manager.agency_id)
    assert sentence in refusal(world, "propose_transfer", case, **{**PROPOSAL, "to_agency_id": to})


def test_a_case_that_is_offered_within_the_partnership_is_offered_nowhere_else(world: World) -> None:
    transfer = world.proposed()
    assert "has been asked to lead" in refusal(world, "transfer_out", Case(id=transfer.case_id), **ASKED)


def test_nobody_closes_a_case_as_moved_away_by_themselves(world: World) -> None:
    case = world.allocated()
    body = {
        "version": case.version,
        "reason_code": "moved_out_of_area",
        "closing_summary": "Moved.",
        "risk_remains": False,
    }
    answer = browser_of(world.worker).post(f"cases/{case.id}/close/", body)
    assert (answer.status_code, "reason_code" in answer.json()["fields"]) == (400, True)


def test_once_they_have_it_in_writing_it_closes_and_the_referrer_is_told(world: World) -> None:
    case = work(world, "confirm_transfer_out", asked(world), accepted_by="Ms Dale, duty manager")
    assert (case.state, case.closing_reason) == (Case.CLOSED, "moved_out_of_area")
    assert (case.child_view, case.parent_view) == (CHOSEN["child_view"], CHOSEN["parent_view"])
    assert case.goes_on.startswith(f"Accepted in writing by Ms Dale, duty manager, {RECEIVER}, on ")
    found = clocks(case.id)
    assert (found["transfer_out_answer"], found["re_referral_window"]) == ("met", "running")
    assert "sustained_check" not in found
    assert now(world, case).out_receiver == RECEIVER
    assert "another area now" in refusal(world, "record_sustained", case)


def test_only_a_manager_says_that_they_have_it(world: World) -> None:
    case = asked(world)
    with pytest.raises(Forbidden):
        work(world, "confirm_transfer_out", case, by=world.worker)


@pytest.mark.parametrize(("days", "words"), [(1, "has not come yet"), (-1, "asked after this day")])
def test_they_accept_after_they_are_asked_and_before_it_is_recorded(world: World, days: int, words: str) -> None:
    day = (today() + timedelta(days=days)).isoformat()
    assert words in refusal(world, "confirm_transfer_out", asked(world), accepted_on=day)


def test_without_a_question_there_is_no_answer(world: World) -> None:
    case = world.allocated()
    for edge in ("confirm_transfer_out", "end_transfer_out"):
        assert refusal(world, edge, case) == "Nobody in another area has been asked to take this case over."


def test_when_they_do_not_take_it_the_work_goes_on(world: World) -> None:
    case = work(world, "end_transfer_out", asked(world), reason="They say that the family has not arrived.")
    assert (case.state, case.out_asked_at, case.out_receiver) == (Case.ENGAGING, None, "")
    assert clocks(case.id)["transfer_out_answer"] == "met"
    assert browser_of(world.manager).get(f"cases/{case.id}/").json()["moving"] is None
    again = work(world, "transfer_out", case, **ASKED)
    assert again.out_receiver == RECEIVER


def test_a_case_that_comes_back_has_not_moved_away(world: World) -> None:
    case = work(world, "confirm_transfer_out", asked(world))
    assert work(world, "reopen", case, by=world.manager).out_receiver == ""


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_others_of_the_case_and_its_referrer_are_told(world: World) -> None:
    case = work(world, "confirm_transfer_out", asked(world))
    told = list(Outbox.objects.using("owner").filter(root_id=case.id).values_list("message", flat=True))
    assert told.count("case_out_asked") == 2
    assert told.count("case_out_confirmed") == 2


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_whoever_referred_the_child_hears_that_the_family_is_helped_elsewhere() -> None:
    case = allocated(case_of(referral_in("accepted")), to=manager())
    for edge, given in (("transfer_out", ASKED), ("confirm_transfer_out", {})):
        take(edge, case.id, manager(), noun="case", **{**given_for(edge), **given})
    (told,) = Outbox.objects.using("owner").filter(root_id=case.id, message="case_closed_referrer")
    assert told.fields["reason"] == "The family moved to another area"
    assert str(teacher().user_id) in str(told.audience)
