"""Who hears of what: the provider's managers, the lead practitioner; and what the worker gives back as a task."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.cases.models import Task
from backend.core import clock
from backend.deadlines.jobs import expire, remind
from backend.deadlines.models import Deadline
from backend.interventions.commands.giving_back import give_back_all
from backend.interventions.models import Intervention, Session
from backend.notifications.models import Outbox
from backend.workflow.undo import UNDO_WITHIN
from tests import casework
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.directory import entries
from tests.edges import take
from tests.interventions.made import PROVIDER, ahead, go, held, intervention_in, mentor, recommended, service
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def told(message: str) -> list[Outbox]:
    """What was sent in these words."""
    return list(Outbox.objects.using("owner").filter(message=message))


def tasks(world: World) -> list[Task]:
    """What the lead practitioner has to do."""
    with acting(world.worker):
        return list(Task.objects.filter(owner_id=world.worker.user_id).order_by("id"))


def test_the_providers_managers_hear_of_an_offer_and_the_lead_of_the_answer(world: World) -> None:
    target = intervention_in(Intervention.OFFERED, world.allocated(), world.worker)
    [offer] = told("intervention_offered")
    assert offer.audience == {"agency_id": str(mentor().agency_id), "roles": ["manager"]}
    assert offer.path == f"/interventions/{target.id}"
    go("provider_decline", target, mentor(), reason_code="no_room")
    [answer] = told("intervention_declined")
    assert answer.audience == {"user_id": str(world.worker.user_id)}
    assert answer.fields["reason"] == "no room within a time that helps"


def test_nobody_is_told_of_what_they_have_done_themselves(world: World) -> None:
    outside = service(organisation="Corner House Boxing Club")
    target = go("offer", recommended(world.allocated(), world.worker, outside), world.worker)
    go("provider_accept", target, world.worker)
    assert told("intervention_accepted") == []


def test_the_lead_hears_how_many_sessions_are_called_off_with_a_service_that_ends(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    ahead(target, mentor(), days=3)
    ahead(target, mentor(), days=10)
    go("complete", target, mentor())
    [to_lead] = told("intervention_over")
    assert to_lead.audience == {"user_id": str(world.worker.user_id)}
    assert to_lead.fields["amount"] == "2"


def test_whoever_gives_it_hears_that_the_lead_has_ended_it(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    go("name_worker", target, mentor())
    go("end_early", target, world.worker)
    [to_giver] = told("intervention_over")
    assert to_giver.audience == {"user_id": str(mentor().user_id)}
    assert to_giver.fields["amount"] == "none"


def test_a_provider_that_was_never_asked_is_not_told_that_it_is_not_needed(world: World) -> None:
    go("cancel", recommended(world.allocated(), world.worker), world.worker)
    assert told("intervention_not_needed") == []


def test_whoever_gives_it_hears_that_it_works_towards_other_goals(world: World) -> None:
    case = found_out(world)
    goals = [str(casework.goal_of(case, world.worker).id)]
    never_asked = recommended(case, world.worker)
    go("tie_goals", never_asked, world.worker, goals=goals)
    assert told("intervention_goals_changed") == []
    target = intervention_in(Intervention.STARTED, case, world.worker)
    go("tie_goals", target, world.worker, goals=goals)
    go("name_worker", target, mentor())
    go("tie_goals", target, world.worker, goals=[])
    to_managers, to_giver = told("intervention_goals_changed")
    assert to_managers.audience == {"agency_id": str(mentor().agency_id), "roles": ["manager"]}
    assert to_giver.audience == {"user_id": str(mentor().user_id)}
    assert to_giver.path == f"/interventions/{target.id}"


def test_whoever_gives_it_hears_once_it_cannot_be_undone_that_a_goal_has_other_words_or_an_end(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    for state in (Intervention.RECOMMENDED, Intervention.STARTED):
        target = intervention_in(state, case, world.worker)
        go("tie_goals", target, world.worker, goals=[str(goal.id)])
    go("name_worker", target, mentor())

    def changed(edge: str, message: str, **given: object) -> None:
        take(edge, goal.id, world.worker, noun="goal", **given)
        [said] = told(message)
        assert said.audience == {"user_id": str(mentor().user_id)}
        assert said.path == f"/interventions/{target.id}"
        assert said.next_try_at - said.created_at >= UNDO_WITHIN - timedelta(seconds=5)
        assert set(said.fields) == {"label", "reference"}

    take("correct", goal.id, world.worker, noun="goal", words=goal.words, whose="parent")
    assert told("intervention_goal_reworded") == []
    changed("revise", "intervention_goal_reworded", words="Walk to school on three days.")
    changed("end", "intervention_goal_ended")
    changed("reopen", "intervention_goal_reopened")


def test_nobody_hears_of_a_goal_that_their_service_does_not_work_towards_or_may_not_read(world: World) -> None:
    case = found_out(world)
    goal, other = casework.goal_of(case, world.worker), casework.goal_of(case, world.worker, words="Sleep at night.")
    target = intervention_in(Intervention.STARTED, case, world.worker)
    go("tie_goals", target, world.worker, goals=[str(other.id)])
    take("end", goal.id, world.worker, noun="goal")
    go("stop_sharing", target, world.worker)
    take("end", other.id, world.worker, noun="goal")
    assert told("intervention_goal_ended") == []


def test_reminders_of_an_offer_go_to_the_provider_and_of_a_wait_to_the_lead(world: World) -> None:
    target = intervention_in(Intervention.OFFERED, world.allocated(), world.worker)
    with acting(world.worker):
        answer = Deadline.objects.get(root_id=target.id)
    with worker_login(), clock.at(answer.due_at):
        remind()
    [reminder] = [row for row in told("deadline_at") if row.root_id == target.id]
    assert reminder.audience["agency_id"] == str(mentor().agency_id)
    assert reminder.path == f"/interventions/{target.id}"


def test_after_four_weeks_of_waiting_the_lead_is_asked_and_again_four_weeks_later(world: World) -> None:
    intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker)
    for weeks, number in ((5, 1), (10, 2)):
        with worker_login(), clock.at(clock.now() + timedelta(weeks=weeks)):
            expire()
        asked = [task for task in tasks(world) if task.kind == "still_needed"]
        assert len(asked) == number


def test_a_concern_becomes_a_task_of_the_lead_the_same_day_and_once(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    session = held(
        target, mentor(), concern="risk_up", concern_text="He carries a knife.", child_feedback="I am scared."
    )
    with worker_login():
        assert give_back_all() == 1
        assert give_back_all() == 0
    [task] = tasks(world)
    assert task.kind == "session_concern"
    assert task.text.splitlines()[1:3] == ["He carries a knife.", "What the child said: I am scared."]
    assert task.reference == target.case_reference
    with acting(mentor()):
        assert Session.objects.get(pk=session.id).passed_on_at is not None
        assert not Task.objects.exists(), "who wrote it learns nothing of what follows"


def test_a_session_without_a_concern_is_nobodys_task(world: World) -> None:
    target = intervention_in(Intervention.STARTED, world.allocated(), world.worker)
    held(target, mentor(), concern="none")
    with worker_login():
        assert give_back_all() == 0


def test_a_service_that_has_gone_is_asked_about_once(world: World) -> None:
    of = service()
    target = intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker, of)
    take("end", of.id, entries.keeper(PROVIDER), noun="service", reason="No money.")
    with worker_login():
        assert give_back_all() == 1
        assert give_back_all() == 0
    [task] = tasks(world)
    assert task.kind == "provider_gone"
    with acting(world.worker):
        assert Intervention.objects.get(pk=target.id).asked_to_decide_at is not None
