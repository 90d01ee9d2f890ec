"""Somebody leaves: never refused, and in the same transaction nothing of theirs is nobody's."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from backend.access.binding import acting, bind
from backend.access.models import Conflict, Involvement
from backend.administration.commands.leaving import end_membership
from backend.agencies.models import Change, Membership
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case, Task, Transfer
from backend.core.errors import Conflict as ConflictRefusal
from backend.core.errors import Forbidden, NotFound
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from backend.drafts.models import Draft
from backend.notifications.audience import Person, recipients
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.actors import actor, browser_of, membership_of, seen
from tests.administration.leading import administrator, as_system, led_by, manager, worker
from tests.casework import task_about
from tests.edges import take
from tests.factories import MembershipFactory, agency_id, draft, officer, questions, referral_in, teacher

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def ended(actor_, who, **more):
    with acting(actor_):
        return end_membership(actor_, who.membership_id, **more)


def test_each_case_is_minded_by_the_teams_manager_and_the_clock_to_choose_somebody_starts() -> None:
    who = worker()
    case, task = led_by(who), None
    task = task_about(case, who, by=manager())
    row = ended(manager(1), who)
    assert row.ended_at is not None
    [case] = as_system(Case, id=case.id)
    duty = manager()
    assert (case.lead_practitioner_id, case.minded_for_id, case.state) == (duty.user_id, who.user_id, "engaging")
    assert case.practitioner_agency_id == who.agency_id
    running = {one.kind for one in as_system(Deadline, root_id=case.id, met_at=None, stopped_at=None)}
    assert "allocate" in running
    workers = Involvement.objects.filter(root_id=case.id, relation="WORKER", ends_at=None)
    assert list(workers.values_list("user_id", flat=True)) == [duty.user_id]
    [task] = as_system(Task, id=task.id)
    assert task.owner_id == duty.user_id
    [told] = as_system(Outbox, message="work_passed_on")
    assert told.audience == {"user_id": str(duty.user_id)}
    assert told.fields["amount"] == "1 case, 1 task"
    assert [one.verb for one in as_system(Event, root_id=case.id)][-2:] == ["case.mind", "task.pass_on"]
    shown = browser_of(duty).get(f"cases/{case.id}/").json()
    assert shown["is_minded"] is True
    assert {"reallocate"} <= {option["name"] for option in shown["options"]}


def test_the_next_request_of_who_left_is_refused() -> None:
    who = worker()
    browser = browser_of(who)
    assert browser.get("cases/").status_code == 200
    ended(manager(), who)
    assert browser.get("cases/").status_code == 403
    assert browser.get("cases/").json()["code"] == "no_membership"


def test_an_administrator_who_sees_no_case_passes_everything_on_all_the_same() -> None:
    """A person of the front door with a draft, a referral in hand and a case; nothing of it is shown to who ends it."""
    who = officer()
    begun, in_hand = draft(who), referral_in("triage")
    assert in_hand.triage_officer_id == who.user_id
    ended(administrator(), who)
    duty = actor("front-door", Role.MANAGER)
    [begun], [in_hand] = as_system(Referral, id=begun.id), as_system(Referral, id=in_hand.id)
    assert begun.created_by_id in {duty.user_id, actor("front-door", Role.MANAGER, nth=1).user_id}
    assert in_hand.triage_officer_id == begun.created_by_id
    [typed] = as_system(Draft, root_id=begun.id)
    assert typed.author_id == begun.created_by_id
    minds = next(one for one in (duty, actor("front-door", Role.MANAGER, nth=1)) if one.user_id == typed.author_id)
    assert browser_of(minds).get(f"referrals/{begun.id}/draft/").status_code == 200
    with acting(administrator()):
        for table in ("referrals_referral", "cases_case", "cases_task", "referrals_statement"):
            assert seen(table) == set()


def test_a_manager_with_a_conflict_passes_the_case_on_to_another_and_never_sees_it() -> None:
    who = worker()
    case = led_by(who)
    Conflict.objects.using("owner").create(id=uuid7(), user_id=manager().user_id, child_id=case.child_id)
    ended(manager(), who)
    [case] = as_system(Case, id=case.id)
    assert case.lead_practitioner_id == manager(1).user_id
    assert browser_of(manager()).get(f"cases/{case.id}/").status_code == 404


def test_whoever_keeps_another_role_in_the_agency_keeps_their_cases() -> None:
    who = worker()
    case = led_by(who)
    MembershipFactory(user_id=who.user_id, agency_id=who.agency_id, role=Role.PRACTITIONER)
    ended(manager(), who)
    [case] = as_system(Case, id=case.id)
    assert (case.lead_practitioner_id, case.minded_for_id) == (who.user_id, None)


def test_a_case_on_its_way_to_another_agency_stays_with_the_former_lead_agencys_manager() -> None:
    who = worker()
    case = led_by(who)
    take("propose_transfer", case.id, manager(), noun="case", to_agency_id=agency_id("youth-justice"))
    answering = actor("youth-justice", Role.MANAGER)
    with acting(answering):
        offer = Transfer.objects.get(case_id=case.id, state="proposed")
    take("accept", offer.id, answering, noun="transfer")
    ended(manager(1), who)
    [case] = as_system(Case, id=case.id)
    assert (case.state, case.lead_agency_id) == ("unallocated", answering.agency_id)
    assert (case.lead_practitioner_id, case.practitioner_agency_id) == (manager().user_id, who.agency_id)


def test_a_manager_may_leave_by_themself_when_another_stays() -> None:
    who = manager()
    case = led_by(who)
    mine = draft(who)
    ended(who, who)
    [case], [mine] = as_system(Case, id=case.id), as_system(Referral, id=mine.id)
    assert case.lead_practitioner_id == mine.created_by_id == manager().user_id != who.user_id


def test_the_last_manager_needs_a_successor_or_the_front_door() -> None:
    last = actor("youth-justice", Role.MANAGER)
    with pytest.raises(ConflictRefusal, match="last manager"):
        ended(last, last)
    with pytest.raises(ConflictRefusal, match="works for this agency"):
        ended(last, last, successor_id=worker().membership_id)
    colleague = actor("youth-justice", Role.CASE_WORKER)
    ended(last, last, successor_id=colleague.membership_id)
    assert actor("youth-justice", Role.MANAGER).user_id == colleague.user_id


def test_the_front_door_minds_an_agency_that_nobody_manages() -> None:
    last = actor("kite-street", Role.MANAGER)
    ended(last, last, front_door_minds=True)
    minds = actor("kite-street", Role.MANAGER)
    assert membership_of(minds).job_title == "Caretaker"
    managers = {actor("front-door", Role.MANAGER, nth=nth).user_id for nth in (0, 1)}
    assert minds.user_id in managers


def test_losing_the_last_triage_officer_moves_the_queue_to_the_front_door() -> None:
    first, second = (actor("youth-justice", Role.TRIAGE_OFFICER, nth=nth) for nth in (0, 1))
    referral = referral_in("triage")
    take("redirect", referral.id, officer(), to_agency=agency_id("youth-justice"))
    take("take", referral.id, first)
    take("request_information", referral.id, first, **questions("school-nursing"))
    boss = actor("youth-justice", Role.MANAGER)
    ended(boss, first)
    [held] = as_system(Referral, id=referral.id)
    assert (held.holder_id, held.triage_officer_id) == (boss.agency_id, boss.user_id)
    assert as_system(Outbox, message="queue_moved") == []
    ended(boss, second)
    [held] = as_system(Referral, id=referral.id)
    assert (str(held.holder_id), held.triage_officer_id) == (agency_id("front-door"), None)
    assert held.state == "information_requested"
    holders = Involvement.objects.filter(root_id=referral.id, relation="HOLDER", ends_at=None)
    assert [str(one) for one in holders.values_list("agency_id", flat=True)] == [agency_id("front-door")]
    assert len(as_system(Outbox, message="queue_moved")) == 2
    running = as_system(Deadline, root_id=referral.id, met_at=None, stopped_at=None)
    assert {str(one.owner_agency_id) for one in running} == {agency_id("front-door")}
    assert browser_of(officer()).get(f"referrals/{referral.id}/").status_code == 200


def test_messages_for_who_left_go_to_the_agencys_managers() -> None:
    who = teacher()
    boss = actor("oakfield-school", Role.MANAGER)
    ended(boss, who)
    assert [one.id for one in recipients(Person(who.user_id))] == [boss.user_id]


def test_who_has_left_cannot_be_ended_again_and_others_people_cannot_be_ended_at_all() -> None:
    who = worker()
    ended(manager(), who)
    with pytest.raises(ConflictRefusal, match="ended already"):
        ended(manager(), who)
    for stranger in (actor("front-door", Role.MANAGER), administrator()):
        with pytest.raises(NotFound):
            ended(stranger, worker())
    for nobody in (worker(), officer(), actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        with pytest.raises(Forbidden):
            ended(nobody, worker(1))


def test_every_change_leaves_a_line_with_who_made_it() -> None:
    who = worker()
    ended(manager(), who)
    lines = list(Change.objects.filter(of="membership", row_id=who.membership_id))
    [last] = [line for line in lines if line.after["ended_at"]]
    assert last.before["ended_at"] is None
    assert last.made_as_id == manager().membership_id
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_change")


def test_nobody_looks_into_an_agencys_work_under_the_pretext_of_a_departure() -> None:
    """Begun but not ended: the database refuses to commit, and what was begun elsewhere opens nothing."""
    case = led_by(worker())
    boss = manager()

    def begin() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            bind(boss.membership_id)
            cursor.execute("SELECT app.begin_leaving(%s)", [worker().membership_id])

    with pytest.raises(DatabaseError, match="begun to be ended"):
        begin()
    with transaction.atomic(), connection.cursor() as cursor:
        bind(actor("brightwater", Role.MANAGER).membership_id)
        cursor.execute("SELECT app.begin_leaving(%s)", [worker().membership_id])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT app.end_membership(%s)", [worker().membership_id])
        assert cursor.fetchone() == (False,)
        assert case.id not in seen("cases_case")
    assert Membership.objects.get(pk=worker().membership_id).ended_at is None


def test_the_tables_still_refuse_a_case_in_nobodys_hands() -> None:
    case = led_by(worker())
    nobody = "UPDATE cases_case SET lead_practitioner_id = NULL, practitioner_agency_id = NULL WHERE id = %s"
    with (
        pytest.raises(DatabaseError, match="case_has_lead_practitioner"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(nobody, [case.id])


def test_who_referred_has_left_and_the_outcome_reaches_somebody_of_the_same_agency_who_may_read_it() -> None:
    who, boss = teacher(), actor("oakfield-school", Role.MANAGER)
    referral = referral_in("triage")
    assert referral.created_by_id == who.user_id
    ended(boss, who)
    take("signpost", referral.id, officer())
    [outcome] = [one for one in as_system(Outbox, root_id=referral.id) if one.message == "referral_decided"]
    told = recipients(Person(UUID(outcome.audience["user_id"])))
    assert {one.id for one in told} == {boss.user_id}, "owed to the agency that referred, not to who is gone"
    shown = browser_of(boss).get(f"referrals/{referral.id}/")
    assert shown.status_code == 200
    assert shown.json()["state"] == "signposted"
