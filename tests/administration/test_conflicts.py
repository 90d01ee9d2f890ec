"""A conflict of interest: in force from the moment it is declared, and what the person had is somebody else's."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.actors import Actor
from backend.access.binding import acting, bind
from backend.access.models import Conflict as Barred
from backend.access.models import Involvement, Named
from backend.administration.commands import conflicts
from backend.administration.commands.leaving import end_membership
from backend.administration.models import Declaration
from backend.agencies.roles import Role
from backend.cases.models import Case, Task
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from backend.moments.commands.recording import record_moment
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from backend.workflow.models import Confirmation
from tests.actors import actor, browser_of, seen
from tests.administration.leading import as_system, led_by, manager, worker
from tests.casework import task_about
from tests.edges import take
from tests.factories import agency_id, officer, referral_in, second_manager, submitted, teacher
from tests.factories import manager as door_manager
from tests.referrals.answers import complete_answers
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LINK = {"kind": "family", "note": "She is my niece."}


def declared(who: Actor, noun: str, record_id: Any) -> Declaration:
    with acting(who):
        return conflicts.declare_about(who, noun, record_id, uuid7(), LINK)


def described(who: Actor, **child: Any) -> Declaration:
    given = {"given_name": "Nobody", "family_name": "Known", "date_of_birth": None, **LINK, **child}
    with acting(who):
        return conflicts.declare(who, uuid7(), given)


def the_worker_looks() -> None:
    with worker_login():
        conflicts.find_children()


def known(referral: Referral) -> dict[str, Any]:
    answers = complete_answers()
    with acting(officer()):
        child = Referral.objects.select_related("child").get(pk=referral.id).about
    return {
        "given_name": child.given_name,
        "family_name": child.family_name,
        "date_of_birth": date.fromisoformat(str(answers["child_date_of_birth"])),
    }


def test_a_lead_practitioner_who_declares_one_is_out_at_once_and_a_manager_minds_the_case() -> None:
    who = worker()
    case = led_by(who)
    task = task_about(case, who, by=manager())
    browser = browser_of(who)
    offered = [one["name"] for one in browser.get(f"cases/{case.id}/").json()["options"]]
    assert "declare_conflict" in offered
    answer = browser.post(f"cases/{case.id}/declare-conflict/", LINK, key="a-key-of-mine")
    assert (answer.status_code, answer.json()["state"]) == (201, "in_force"), answer.content
    again = browser.post(f"cases/{case.id}/declare-conflict/", LINK, key="a-key-of-mine")
    assert (again.status_code, again.json()["id"]) == (201, answer.json()["id"]), "a replay answers all the same"
    gone, never = browser.get(f"cases/{case.id}/"), browser.get(f"cases/{uuid7()}/")
    assert gone.status_code == never.status_code == 404
    assert gone.content == never.content, "as if it had never been there"
    with acting(who):
        assert case.id not in seen("cases_case")
    [case] = as_system(Case, id=case.id)
    assert (case.lead_practitioner_id, case.minded_for_id) == (manager().user_id, who.user_id)
    running = {one.kind for one in as_system(Deadline, root_id=case.id, met_at=None, stopped_at=None)}
    assert "allocate" in running
    workers = Involvement.objects.filter(root_id=case.id, relation="WORKER", ends_at=None)
    assert list(workers.values_list("user_id", flat=True)) == [manager().user_id]
    [task] = as_system(Task, id=task.id)
    assert task.owner_id == manager().user_id
    [told] = as_system(Outbox, message="work_in_conflict")
    assert (told.audience, told.fields["amount"]) == ({"user_id": str(manager().user_id)}, "1 case, 1 task")
    assert len(as_system(Outbox, message="conflict_declared")) == 1
    assert browser_of(manager()).get(f"cases/{case.id}/").json()["is_minded"] is True


def test_other_work_of_the_person_stays_with_them() -> None:
    who = worker()
    one, other = led_by(who), led_by(who)
    declared(who, "case", one.id)
    [kept] = as_system(Case, id=other.id)
    assert kept.lead_practitioner_id == who.user_id
    assert browser_of(who).get(f"cases/{other.id}/").status_code == 200


def test_the_officer_who_decides_is_out_at_once_and_so_is_their_question_to_a_second_person() -> None:
    who = officer()
    referral = referral_in("triage")
    take("decline", referral.id, who, reason_code="threshold_not_met", level_of_need="complex")
    declared(who, "referral", referral.id)
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 404
    [held] = as_system(Referral, id=referral.id)
    minds = next(one for one in (door_manager(), second_manager()) if one.user_id == held.triage_officer_id)
    [question] = as_system(Confirmation, root_id=referral.id)
    assert (question.passed_to_id, question.state) == (minds.user_id, "asked")
    assert browser_of(minds).get(f"referrals/{referral.id}/").status_code == 200


def test_a_manager_with_one_of_their_own_gives_the_case_to_another() -> None:
    case = led_by(manager())
    declared(manager(), "case", case.id)
    [case] = as_system(Case, id=case.id)
    assert case.lead_practitioner_id == manager(1).user_id


def test_nobody_declares_one_about_a_record_they_do_not_see() -> None:
    case = led_by(worker())
    for who, noun in ((worker(1), "case"), (teacher(), "case"), (actor("kite-street", Role.MANAGER), "case")):
        with pytest.raises(NotFound):
            declared(who, noun, case.id)
    with pytest.raises(NotFound):
        declared(worker(), "case", uuid7())


def test_a_described_one_is_an_alert_until_a_manager_confirms_it_and_nobody_learns_whether_it_met_anybody() -> None:
    referral = referral_in("triage")
    stranger = referral_in("triage")
    who = officer()
    one, other = described(who, **known(referral)), described(who)
    shown = [browser_of(who).get(f"conflicts/{pk}/").json() for pk in (one.id, other.id)]
    assert sorted(shown[0]) == sorted(shown[1])
    assert {body["state"] for body in shown} == {"waiting"}
    the_worker_looks()
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 200, "an alert bars nobody"
    boss = door_manager()
    for declaration in (one, other):
        with acting(boss):
            conflicts.confirm(boss, declaration.id, version=0)
    the_worker_looks()
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 404
    assert browser_of(who).get(f"referrals/{stranger.id}/").status_code == 200
    [held] = as_system(Referral, id=referral.id)
    assert held.triage_officer_id != who.user_id
    for reader in (who, boss):
        bodies = [browser_of(reader).get(f"conflicts/{pk}/").json() for pk in (one.id, other.id)]
        said = [tuple(body[name] for name in ("state", "state_label", "reason")) for body in bodies]
        assert said[0] == said[1]


def test_a_child_who_becomes_known_later_is_barred_from_then_on() -> None:
    who, boss = officer(), door_manager()
    child = {"given_name": "Zelda", "family_name": "Quillfeather", "date_of_birth": date(2012, 3, 4)}
    one = described(who, **child)
    with acting(boss):
        conflicts.confirm(boss, one.id, version=0)
    the_worker_looks()
    referral = submitted(child_given_name="Zelda", child_family_name="Quillfeather", child_date_of_birth="2012-03-04")
    take("start_triage", referral.id, who)
    the_worker_looks()
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 404
    [held] = as_system(Referral, id=referral.id)
    assert held.triage_officer_id in {boss.user_id, actor("front-door", Role.MANAGER, nth=1).user_id}


def test_it_never_stops_anybody_from_referring_or_from_reporting_a_critical_moment() -> None:
    who = teacher()
    first = referral_in("declined", by=who)
    child = known(first)
    declared(who, "referral", first.id)
    again = submitted(
        who,
        child_given_name=child["given_name"],
        child_family_name=child["family_name"],
        child_date_of_birth=str(child["date_of_birth"]),
    )
    assert again.state == Referral.SUBMITTED
    with acting(who):
        told = {"kind": "arrest", "happened_at": again.submitted_at, "text": "Held with an older cousin."}
        record_moment(who, uuid7(), {**child, **told})


def test_a_manager_ends_it_and_the_person_sees_what_their_role_sees() -> None:
    who = officer()
    referral = referral_in("triage")
    one = declared(who, "referral", referral.id)
    boss = door_manager()
    with acting(boss), pytest.raises(Conflict) as stale:
        conflicts.end(boss, one.id, version=7, reason="They moved away.")
    assert stale.value.code == "stale"
    with acting(boss):
        conflicts.end(boss, one.id, version=0, reason="They moved away.")
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 200
    with acting(boss), pytest.raises(Conflict, match="ended"):
        conflicts.end(boss, one.id, version=1, reason="Again.")


def test_two_about_one_child_hold_until_both_are_over() -> None:
    who, boss = officer(), door_manager()
    referral = referral_in("triage")
    one = described(who, **known(referral))
    with acting(boss):
        conflicts.confirm(boss, one.id, version=0)
    other = declared(who, "referral", referral.id)
    the_worker_looks()
    with acting(boss):
        conflicts.end(boss, other.id, version=0, reason="Keyed twice.")
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 404
    with acting(boss):
        conflicts.end(boss, one.id, version=1, reason="Over.")
    assert browser_of(who).get(f"referrals/{referral.id}/").status_code == 200


def test_only_another_manager_of_the_agency_answers() -> None:
    one = described(manager())
    with acting(manager()), pytest.raises(Forbidden, match="another manager"):
        conflicts.confirm(manager(), one.id, version=0)
    with acting(worker()), pytest.raises(NotFound):
        conflicts.confirm(worker(), one.id, version=0)
    with acting(door_manager()), pytest.raises(NotFound):
        conflicts.confirm(door_manager(), one.id, version=0)
    with acting(manager(1)):
        assert conflicts.confirm(manager(1), one.id, version=0).state == Declaration.IN_FORCE
    with acting(manager()), pytest.raises(Conflict):
        conflicts.withdraw(manager(), one.id, version=1)


def test_where_nobody_else_manages_the_agency_the_front_door_answers() -> None:
    alone = actor("youth-justice", Role.MANAGER)
    one = described(alone)
    assert str(one.answering_agency_id) == agency_id("front-door")
    with acting(door_manager()):
        conflicts.refuse(door_manager(), one.id, version=0, reason="A namesake.")
    with acting(alone):
        assert [row.state for row in Declaration.objects.all()] == [Declaration.REFUSED]


def test_a_manager_who_must_not_know_of_the_child_learns_nothing_from_it() -> None:
    who = officer()
    referral = referral_in("triage")
    for named in (who, actor("front-door", Role.MANAGER, nth=1)):
        Named.objects.using("owner").create(id=uuid7(), user_id=named.user_id, child_id=referral.child_id)
    one = declared(who, "referral", referral.id)
    path = f"conflicts/{one.id}/"
    assert (
        browser_of(door_manager()).get(path).content == browser_of(door_manager()).get(f"conflicts/{uuid7()}/").content
    )
    assert browser_of(door_manager()).get("conflicts/?view=agency").json()["results"] == []
    assert browser_of(actor("front-door", Role.MANAGER, nth=1)).get(path).status_code == 200


def test_it_outlives_the_role_in_which_it_was_declared() -> None:
    who = worker()
    case = led_by(who)
    declared(who, "case", case.id)
    with acting(manager()):
        end_membership(manager(), who.membership_id)
    assert Barred.objects.filter(user_id=who.user_id, child_id=case.child_id, ended_at=None).exists()


def test_the_database_takes_no_declaration_in_anothers_name_nor_one_that_confirms_itself() -> None:
    who, victim = actor("kite-street", Role.PRACTITIONER), worker()
    case = led_by(victim)
    one = described(who)
    row = """INSERT INTO administration_declaration (id, person_id, person_name, agency_id, answering_agency_id,
               partnership_id, kind, note, declared_at, reference, given_name, family_name, child_ids, version, state,
               confirmed_by_name, ended_by_name, reason)
             VALUES (%s, %s, 'X', %s, %s, %s, 'family', '', now(), 'R', '', '', ARRAY[%s]::uuid[], 0, 'in_force',
               '', '', '')"""
    for person, child in ((victim.user_id, case.child_id), (who.user_id, case.child_id)):
        with transaction.atomic(), connection.cursor() as cursor:
            bind(who.membership_id)
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(row, [uuid7(), person, who.agency_id, who.agency_id, who.partnership_id, child])
            with pytest.raises(DatabaseError, match="another person"), transaction.atomic():
                cursor.execute("UPDATE administration_declaration SET state = 'in_force' WHERE id = %s", [one.id])
            cursor.execute("SELECT app.begin_conflict(%s)", [one.id])
            assert cursor.fetchone() == (False,)
    assert not Barred.objects.filter(child_id=case.child_id).exists()
