"""A child has died: two people record it, everything stops at once, few may look, and all of it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Action, Case, Goal, Task
from backend.children.models import Child, Death
from backend.core.errors import Conflict, Forbidden
from backend.deadlines.models import Deadline
from backend.notifications import texts
from backend.notifications.models import Outbox
from tests import casework
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, today, work
from tests.clocks import clocks
from tests.factories import open_confirmation

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
TOLD_BY = "Dr Hall, children’s ward, by telephone at 9am"
ERROR = "Another child of the same name. Her mother rang."


def second(world: World) -> Actor:
    """Another manager of the agency that leads."""
    return actor("city-early-help", Role.MANAGER)


def given(**values: Any) -> dict[str, Any]:
    """What a manager writes down."""
    return {"died_on": today().isoformat(), "how_known": "health", "told_by": TOLD_BY, **values}


def confirmed(world: World, case: Case, by: Actor | None = None) -> Any:
    """A second person agrees to what waits about a case."""
    who = by or second(world)
    waiting = open_confirmation(case.id, who)
    return browser_of(who).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})


def died(world: World, case: Case) -> Case:
    """A case whose child two managers have recorded as dead."""
    work(world, "record_death", case, by=world.manager, **given())
    answer = confirmed(world, case)
    assert answer.status_code == 200, answer.content
    return stored(case)


def taken_back(world: World, case: Case) -> Case:
    """The same, taken back by two."""
    work(world, "take_back_death", case, by=world.manager, reason=ERROR)
    answer = confirmed(world, case)
    assert answer.status_code == 200, answer.content
    return stored(case)


def stored(case: Case) -> Case:
    """The case as it is stored."""
    return Case.objects.using("owner").get(pk=case.id)


@committed
def test_nothing_happens_before_a_second_person_agrees(world: World) -> None:
    case = assessing(world)
    work(world, "record_death", case, by=world.manager, **given())
    assert stored(case).state == Case.ASSESSING
    assert clocks(case.id, using="owner")["assessment"] == "running"
    assert not Death.objects.using("owner").exists()
    assert confirmed(world, case, by=world.manager).status_code == 403
    answer = confirmed(world, case)
    assert answer.status_code == 200, answer.content
    assert (stored(case).state, stored(case).closing_reason) == (Case.CLOSED, Case.DIED)


@committed
def test_it_is_offered_apart_from_everyday_work_after_what_is_recorded_more_often(world: World) -> None:
    case = assessing(world)
    options = browser_of(world.manager).get(f"cases/{case.id}/").json()["options"]
    kinds = {one["name"]: one["kind"] for one in options}
    assert kinds["record_death"] == kinds["change_priority"] == "command"
    offered = list(kinds)
    assert all(offered.index(name) < offered.index("record_death") for name in ("change_priority", "transfer_out"))


def test_only_managers_of_the_lead_record_it(world: World) -> None:
    case = assessing(world)
    with pytest.raises(Forbidden):
        work(world, "record_death", case, by=world.worker, **given())


@committed
@pytest.mark.parametrize(
    ("days", "sentence"),
    [(1, "in the future"), (-20000, "before the child was born"), (-3, "A note says that the child was seen")],
)
def test_nothing_of_the_record_is_dated_after_it(world: World, days: int, sentence: str) -> None:
    day = today() + timedelta(days=days)
    with pytest.raises(Conflict, match=sentence):
        work(world, "record_death", assessing(world), by=world.manager, **given(died_on=day.isoformat()))


@committed
def test_every_clock_about_the_child_stops_and_nothing_starts(world: World) -> None:
    case = assessing(world)
    casework.goal_of(case, world.worker)
    action = casework.action_of(case, world.worker, owner=world.teacher)
    task = casework.task_about(case, world.worker, by=world.manager)
    case = died(world, case)
    running = Deadline.objects.using("owner").filter(child_id=case.child_id, met_at=None, stopped_at=None)
    assert list(running.values_list("kind", flat=True)) == []
    assert "sustained_check" not in clocks(case.id, using="owner")
    assert case.next_due_at is None
    goal = Goal.objects.using("owner").get(root_id=case.id)
    assert (goal.state, goal.outcome, goal.outcome_note) == (Goal.ENDED, "not_possible", "The child has died.")
    assert Action.objects.using("owner").get(pk=action.id).state == Action.CANCELLED
    assert Task.objects.using("owner").get(pk=task.id).state == Task.CANCELLED


@committed
def test_only_those_who_are_named_see_it_from_then_on(world: World) -> None:
    case = assessing(world)
    assert browser_of(world.front_door_manager).get("children/").status_code in (200, 404)
    case = died(world, case)
    named = set(
        Named.objects.using("owner").filter(child_id=case.child_id, ended_at=None).values_list("user_id", flat=True)
    )
    assert {world.manager.user_id, second(world).user_id, world.worker.user_id} <= named
    assert browser_of(world.worker).get(f"cases/{case.id}/").status_code == 200
    for shut in (world.other_worker, world.teacher, world.stranger):
        assert shut.user_id not in named
        assert browser_of(shut).get(f"cases/{case.id}/").status_code == 404
        assert browser_of(shut).get("today/").status_code in (200, 403, 404)
        with acting(shut):
            assert not Child.objects.filter(pk=case.child_id).exists()


@committed
def test_what_was_said_of_it_stands_on_the_case_and_what_no_longer_fits_is_not_offered(world: World) -> None:
    case = died(world, assessing(world))
    page = browser_of(world.manager).get(f"cases/{case.id}/").json()
    offered = {one["name"] for one in page["options"]}
    assert "take_back_death" in offered
    assert not offered & {"reopen", "record_sustained", "record_death", "record_follow_up"}
    notes = browser_of(world.worker).get(f"cases/{case.id}/notes/").json()["results"]
    assert any(TOLD_BY in note["text"] for note in notes)
    with acting(world.manager):
        assert Child.objects.get(pk=case.child_id).died_on == today()


@committed
def test_whoever_had_something_planned_is_asked_to_stop_in_words_that_tell_nothing(world: World) -> None:
    case = assessing(world)
    casework.action_of(case, world.worker, owner=world.teacher)
    case = died(world, case)
    rows = Outbox.objects.using("owner").filter(root_id=case.id, message="case_rests")
    told = {row.audience.get("user_id") for row in rows}
    assert {str(world.worker.user_id), str(world.teacher.user_id)} <= told
    assert all(row.urgent for row in rows)
    for code in ("case_rests", "case_kept_for_review"):
        words = f"{texts.text(code).subject} {texts.text(code).body}".lower()
        assert not {"died", "dead", "death"} & set(words.split()), "a person says it, not a message"


@committed
def test_everything_goes_on_as_it_stood_when_two_people_take_it_back(world: World) -> None:
    case = assessing(world)
    casework.goal_of(case, world.worker)
    action = casework.action_of(case, world.worker, owner=world.teacher)
    before, running = stored(case), clocks(case.id, using="owner")
    case = taken_back(world, died(world, case))
    assert (case.state, case.closing_reason, case.died_from) == (Case.ASSESSING, "", "")
    assert (case.next_action, case.next_action_on) == (before.next_action, before.next_action_on)
    assert clocks(case.id, using="owner")["assessment"] == running["assessment"] == "running"
    assert case.next_due_at is not None
    assert Goal.objects.using("owner").get(root_id=case.id).state == Goal.OPEN
    assert Action.objects.using("owner").get(pk=action.id).state == Action.OPEN
    assert clocks(action.id, using="owner")["plan_action"] == "running"
    assert not Named.objects.using("owner").filter(child_id=case.child_id, ended_at=None).exists()
    assert Child.objects.using("owner").get(pk=case.child_id).died_on is None
    death = Death.objects.using("owner").get()
    assert (death.taken_back_at is not None, death.taken_back_reason) == (True, ERROR), "what was recorded is kept"
    assert browser_of(world.teacher).get(f"actions/{action.id}/").status_code == 200


@committed
def test_it_can_be_recorded_again_after_it_was_taken_back(world: World) -> None:
    case = taken_back(world, died(world, assessing(world)))
    assert died(world, case).closing_reason == Case.DIED
    assert Death.objects.using("owner").filter(taken_back_at=None).count() == 1


@committed
def test_after_a_case_was_closed_its_checks_stop_and_come_back(world: World) -> None:
    case = work(world, "close", assessing(world), goes_on="Nobody needs to.")
    reason = stored(case).closing_reason
    case = died(world, case)
    assert (case.state, case.closing_reason) == (Case.CLOSED, reason)
    assert clocks(case.id, using="owner")["sustained_check"] == "stopped"
    case = taken_back(world, case)
    assert (case.state, case.closing_reason) == (Case.CLOSED, reason)
    assert clocks(case.id, using="owner")["sustained_check"] == "running"


@committed
def test_a_child_who_was_sealed_before_keeps_the_seal_it_had(world: World) -> None:
    case = assessing(world)
    for who in (world.manager, second(world)):
        Named.objects.using("owner").create(user_id=who.user_id, child_id=case.child_id)
    case = died(world, case)
    named = Named.objects.using("owner").filter(child_id=case.child_id, ended_at=None)
    assert set(named.values_list("user_id", flat=True)) == {world.manager.user_id, second(world).user_id}
    taken_back(world, case)
    assert named.count() == 2, "nor does taking it back open what was closed for another reason"


@committed
@pytest.mark.parametrize("table", ["cases_case", "children_child"])
def test_what_was_written_is_kept(world: World, table: str) -> None:
    case = died(world, assessing(world))
    pk = case.id if table == "cases_case" else case.child_id
    with (
        pytest.raises(DatabaseError, match="kept for review"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])


@committed
def test_the_database_takes_it_from_two_managers_only(world: World) -> None:
    case = assessing(world)
    values = {
        "root_id": case.id,
        "child_id": case.child_id,
        "died_on": today(),
        "how_known": "health",
        "told_by": TOLD_BY,
        "asked_by_name": "A",
        "recorded_by_name": "B",
    }
    for who, asked in ((world.manager, world.worker), (world.worker, world.manager)):
        with pytest.raises(DatabaseError), acting(who):
            Death.objects.create(**values, asked_by_id=asked.user_id, recorded_by_id=who.user_id)
    case = died(world, case)
    with pytest.raises(DatabaseError), acting(world.manager):
        Death.objects.update(taken_back_reason="Nobody asked.")


@committed
def test_the_timeline_names_both(world: World) -> None:
    case = died(world, assessing(world))
    event = Event.objects.using("owner").get(root_id=case.id, verb="case.record_death")
    assert event.actor_user_id == second(world).user_id
    death = Death.objects.using("owner").get()
    assert (death.asked_by_id, death.recorded_by_id) == (world.manager.user_id, second(world).user_id)
