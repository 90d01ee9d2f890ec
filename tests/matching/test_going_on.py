"""What was open in a case that was joined to another goes on there: services, actions, tasks, a question to lead."""

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.queries import relations_to
from backend.access.relations import Relation
from backend.cases.commands import transfer_machine
from backend.cases.commands.going_on import go_on_all
from backend.cases.models import Case, Task, Transfer
from backend.core.errors import Conflict, NotFound
from backend.deadlines.models import Deadline
from backend.interventions import queries as interventions
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.actors import seen
from tests.casework import action_of, task_about
from tests.interventions.made import go, intervention_in, mentor
from tests.matching.two import Two
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def gone_on() -> int:
    with worker_login():
        return go_on_all()


def sees(who: Actor) -> set[object]:
    """The interventions somebody sees, by the code and by the database alike."""
    with acting(who):
        found = set(interventions.visible_to(who).values_list("id", flat=True))
        assert found == seen("interventions_intervention"), who.name
    return found


def handed(owner: Actor, case: Case) -> list[Task]:
    with acting(owner):
        return list(Task.objects.filter(root_id=case.id, kind="case_joined").order_by("made_at"))


def told(message: str) -> list[Outbox]:
    return list(Outbox.objects.using("owner").filter(message=message))


def test_a_service_goes_on_with_who_works_on_the_case_that_goes_on(two: Two) -> None:
    world = two.world
    waiting = intervention_in(Intervention.AGREED, two.second, world.youth_justice_worker)
    assert waiting.id not in sees(world.worker)
    two.joined(two.first)
    for who in (world.worker, two.early_help, mentor(), two.youth_justice, world.youth_justice_worker):
        assert waiting.id in sees(who)
    for who in (world.stranger, world.other_worker, world.teacher):
        assert waiting.id not in sees(who)
    with acting(world.worker):
        assert Relation.WORKER in relations_to(world.worker, waiting.id)
        (shown,) = interventions.of_case(world.worker, two.first.id)
    assert (shown.id, shown.lead_practitioner_id) == (waiting.id, world.worker.user_id)
    go("start", waiting, mentor())
    assert go("stop_sharing", waiting, world.worker, reason="The family wants less.").state == Intervention.STARTED


def test_whoever_worked_on_the_case_that_ended_reads_on_and_acts_no_more(two: Two) -> None:
    waiting = intervention_in(Intervention.AGREED, two.second, two.world.youth_justice_worker)
    two.joined(two.first)
    with acting(two.world.youth_justice_worker):
        assert relations_to(two.world.youth_justice_worker, waiting.id) == frozenset()


def test_its_promises_are_kept_by_the_lead_that_goes_on_and_go_back_with_the_case(two: Two) -> None:
    waiting = intervention_in(Intervention.WAITLISTED, two.second, two.world.youth_justice_worker)
    kept = Deadline.objects.using("owner").filter(root_id=waiting.id, met_at=None, stopped_at=None)
    assert set(kept.values_list("owner_agency_id", flat=True)) == {two.youth_justice.agency_id}
    two.joined(two.first)
    assert set(kept.values_list("owner_agency_id", flat=True)) == {two.early_help.agency_id}
    two.taken_apart()
    assert set(kept.values_list("owner_agency_id", flat=True)) == {two.youth_justice.agency_id}
    assert waiting.id not in sees(two.world.worker)
    with acting(two.world.youth_justice_worker):
        assert Relation.WORKER in relations_to(two.world.youth_justice_worker, waiting.id)


def test_a_case_does_not_close_over_a_service_that_came_with_another(two: Two) -> None:
    waiting = intervention_in(Intervention.AGREED, two.second, two.world.youth_justice_worker)
    two.joined(two.first)
    with acting(two.early_help):
        assert interventions.undecided(two.first.id) == [waiting.service_name]


def test_who_works_on_the_case_that_goes_on_is_given_what_is_open_in_the_other_by_name_and_day(two: Two) -> None:
    worker = two.world.youth_justice_worker
    action = action_of(two.second, worker, worker)
    task_about(two.second, worker, by=worker)
    two.joined(two.first)
    assert gone_on() == 1
    assert gone_on() == 0
    (task,) = handed(two.world.worker, two.first)
    assert (task.owner_id, task.path) == (two.world.worker.user_id, f"/cases/{two.second.id}")
    assert task.next_due_at is not None
    day = f"{action.due_on.day} {action.due_on:%B %Y}"
    assert f"Still to do: Walk with her on Mondays. ({worker.name}, by {day})." in task.text
    assert f"A task of {worker.name} is open there" in task.text
    assert "Planned next there: First visit" in task.text


def test_taken_apart_the_task_is_taken_back_and_joined_again_it_is_given_again(two: Two) -> None:
    two.joined(two.first)
    gone_on()
    two.taken_apart()
    assert gone_on() == 1
    assert [task.state for task in handed(two.world.worker, two.first)] == [Task.CANCELLED]
    two.joined(two.first)
    assert gone_on() == 1
    assert [task.state for task in handed(two.world.worker, two.first)] == [Task.CANCELLED, Task.OPEN]


def test_a_question_to_lead_the_case_that_ends_is_taken_back_and_everybody_is_told(two: Two) -> None:
    transfer = two.transfer_of(two.second, two.youth_justice, to="brightwater")
    two.joined(two.first)
    with acting(two.world.stranger), pytest.raises((Conflict, NotFound)):
        transfer_machine.perform(two.world.stranger, "accept", transfer.id, version=transfer.version, given={})
    assert gone_on() == 2
    with acting(two.youth_justice):
        ended = Transfer.objects.get(pk=transfer.id)
    assert (ended.state, ended.reason_code) == (Transfer.WITHDRAWN, "case_joined")
    asked = {row.audience.get("agency_id") for row in told("transfer_overtaken")}
    assert {str(two.youth_justice.agency_id), str(two.world.stranger.agency_id)} <= asked
    two.taken_apart()
    assert two.now(two.youth_justice, two.second).state in Case.OPEN
    two.transfer_of(two.second, two.youth_justice, to="brightwater")
