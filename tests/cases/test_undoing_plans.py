"""What was just done to a goal or an action is undone at once by who did it; afterwards corrected, with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Action, Case, Goal
from backend.core import clock
from backend.core.errors import Conflict, Forbidden
from backend.deadlines.queries import running
from backend.notifications.delivery import drain
from backend.notifications.models import Message, Outbox
from backend.sharing.models import Disclosure
from tests import casework, edges
from tests.actors import browser_of, membership_of
from tests.cases.conftest import World
from tests.cases.planning import ahead, found_out
from tests.cases.working import today, work
from tests.worker import worker_login

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LATER = timedelta(minutes=11)
WORDS = "Walk to school without being afraid."


def goal_in(world: World) -> tuple[Case, Goal]:
    case = found_out(world)
    return case, casework.goal_of(case, world.worker)


def action_in(world: World, owner: Actor | None = None) -> tuple[Case, Action]:
    case = found_out(world)
    return case, casework.action_of(case, world.worker, owner or world.worker)


def act(name: str, which: Goal | Action, who: Actor, **given: Any) -> Any:
    """Take one edge of a goal or of an action."""
    return edges.take(name, which.id, who, noun=type(which).__name__.lower(), **given)


def offered(which: Goal | Action, who: Actor) -> dict[str, Any]:
    """What somebody may do about it now, by name."""
    body = browser_of(who).get(f"{type(which).__name__.lower()}s/{which.id}/").json()
    return {one["name"]: one for one in body["options"]}


def told(case: Case) -> set[str]:
    """What somebody has a message of."""
    rows = Outbox.objects.using("owner").filter(root_id=case.id).values_list("pk", flat=True)
    texts = Outbox.objects.using("owner").filter(
        pk__in=Message.objects.using("owner").filter(outbox_id__in=list(rows)).values("outbox_id")
    )
    return set(texts.values_list("message", flat=True))


def deliver(after: timedelta = timedelta(0)) -> None:
    """The worker delivers what may go by then."""
    with worker_login(), clock.at(clock.now() + after):
        while drain():
            pass


# --- Goals -----------------------------------------------------------------------------------------------------------


def test_other_words_are_undone_at_once_and_the_ones_before_stand_again(world: World) -> None:
    case, goal = goal_in(world)
    act("revise", goal, world.worker, words="Something else.", whose="parent")
    undo = offered(goal, world.worker)["undo"]
    assert (undo["input"], undo["obstacles"], undo["until"] > clock.now().isoformat()) == ([], [], True)
    done = act("undo", goal, world.worker)
    assert (done.words, done.whose, done.state) == (WORDS, "child", "open")
    with acting(world.worker):
        events = {one.verb: one for one in Event.objects.filter(root_id=case.id, verb__startswith="goal.")}
    assert events["goal.undo"].corrects_id == events["goal.revise"].id
    # What was undone is not undone once more.
    assert "undo" not in offered(goal, world.worker)


def test_an_end_by_mistake_is_undone_with_its_last_score(world: World) -> None:
    _case, goal = goal_in(world)
    act("end", goal, world.worker, score=9, outcome="reached", note="The wrong goal.")
    done = act("undo", goal, world.worker)
    assert (done.state, done.outcome, done.outcome_note, done.ended_at) == ("open", "", "", None)
    left = casework.score_of(goal, world.worker)
    assert (left.stage, left.value) == ("baseline", 3)


def test_a_score_of_a_goal_is_undone_at_the_goal_too(world: World) -> None:
    _case, goal = goal_in(world)
    act("score", goal, world.worker, score=9)
    act("undo", goal, world.worker)
    assert casework.score_of(goal, world.worker).value == 3


@pytest.mark.parametrize(
    ("wait", "by", "reason"),
    [(timedelta(0), "manager", "Only the person who did this can undo it"), (LATER, "worker", "More than 10 minutes")],
)
def test_a_goal_is_undone_at_once_by_who_changed_it_or_never(
    world: World, wait: timedelta, by: str, reason: str
) -> None:
    _case, goal = goal_in(world)
    act("revise", goal, world.worker, words="Something else.")
    with clock.at(clock.now() + wait):
        assert "undo" not in offered(goal, getattr(world, by))
        with pytest.raises(Conflict, match=reason):
            act("undo", goal, getattr(world, by))


def test_what_was_agreed_since_stays(world: World) -> None:
    case, goal = goal_in(world)
    act("revise", goal, world.worker, words="Something else.")
    work(world, "agree_plan", case, **ahead())
    with pytest.raises(Conflict, match="The plan was agreed or reviewed since"):
        act("undo", goal, world.worker)


def test_words_and_an_end_are_corrected_later_with_a_reason(world: World) -> None:
    case, goal = goal_in(world)
    work(world, "agree_plan", case, **ahead())
    act("end", goal, world.worker, score=9, outcome="reached")
    with clock.at(clock.now() + LATER):
        opened = act("reopen", goal, world.manager, reason="It was another family’s goal.")
        assert (opened.state, opened.outcome) == ("open", "")
        assert casework.score_of(goal, world.worker).stage == "review"
        put_right = act("correct", goal, world.worker, words="Walk home.", whose="child", reason="I misheard.")
    assert put_right.words == "Walk home."
    with acting(world.worker):
        reasons = dict(Event.objects.filter(root_id=case.id, verb__startswith="goal.").values_list("verb", "reason"))
    assert (reasons["goal.reopen"], reasons["goal.correct"]) == ("It was another family’s goal.", "I misheard.")
    # As it was agreed, it stands in the version of that day.
    versions = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()["versions"]
    assert versions[0]["lines"] == [f"{WORDS} (3 of 10)"]


# --- Actions ---------------------------------------------------------------------------------------------------------


@committed
def test_done_by_mistake_is_undone_its_clock_runs_on_and_nobody_hears_of_it(world: World) -> None:
    case, action = action_in(world, world.teacher)
    act("complete", action, world.teacher, outcome="The wrong one.")
    with acting(world.worker):
        assert not running(action.id).exists()
    deliver()
    done = act("undo", action, world.teacher)
    assert (done.state, done.outcome, done.next_due_at) == ("open", "", action.next_due_at)
    with acting(world.worker):
        assert [one.due_at for one in running(action.id)] == [action.next_due_at]
    deliver(LATER)
    assert "action_done" not in told(case)


@committed
def test_what_is_not_undone_is_told_after_ten_minutes(world: World) -> None:
    case, action = action_in(world, world.teacher)
    act("complete", action, world.teacher, outcome="We walked.")
    deliver()
    assert "action_done" not in told(case)
    deliver(LATER)
    assert "action_done" in told(case)


def test_cancelled_moved_and_given_to_a_colleague_are_undone(world: World) -> None:
    _case, action = action_in(world)
    act("cancel", action, world.worker, reason_code="not_needed")
    assert act("undo", action, world.worker).state == "open"
    act("move", action, world.worker, due_on=(today() + timedelta(days=30)).isoformat())
    assert act("undo", action, world.worker).due_on == action.due_on
    act("reassign", action, world.worker, owner=str(membership_of(world.manager).id))
    assert act("undo", action, world.worker).owner_id == world.worker.user_id


@committed
def test_giving_it_to_another_agency_was_a_share_and_is_not_undone(world: World) -> None:
    case, action = action_in(world)
    owner = str(membership_of(world.teacher).id)
    act("reassign", action, world.worker, owner=owner, **edges.BASIS)
    with pytest.raises(Conflict, match="a share is not undone: it stands in the record of what was shared"):
        act("undo", action, world.worker)
    assert "undo" not in offered(action, world.worker)
    assert Disclosure.objects.using("owner").filter(opens_id=action.id).count() == 1
    # Nor is taking it back from there, which would share it once more.
    act("reassign", action, world.worker, owner=str(membership_of(world.worker).id))
    with pytest.raises(Conflict, match="would share it with another agency again"):
        act("undo", action, world.worker)
    assert Disclosure.objects.using("owner").filter(root_id=case.id, opens_id=action.id).count() == 1


@committed
def test_a_done_action_is_opened_again_with_a_reason_and_its_clock_runs(world: World) -> None:
    case, action = action_in(world)
    act("complete", action, world.worker, outcome="We walked.")
    day = today() + timedelta(days=9)
    with clock.at(clock.now() + LATER):
        opened = act("reopen", action, world.manager, reason="It was another street.", due_on=day.isoformat())
    assert (opened.state, opened.outcome, opened.due_on) == ("open", "", day)
    with acting(world.worker):
        assert [one.due_at for one in running(action.id)] == [opened.next_due_at]
        assert Event.objects.get(root_id=case.id, verb="action.reopen").reason == "It was another street."
    deliver(3 * LATER)
    assert {"action_done", "action_reopened"} <= told(case)


def test_what_another_agency_did_is_asked_for_anew_and_whoever_did_it_opens_nothing(world: World) -> None:
    _case, action = action_in(world, world.teacher)
    act("complete", action, world.teacher, outcome="We walked.")
    again = {"reason": "Not there.", "due_on": today().isoformat()}
    with pytest.raises(Conflict, match="Ask them in a new action instead"):
        act("reopen", action, world.worker, **again)
    with pytest.raises(Forbidden):
        act("reopen", action, world.teacher, **again)


def test_the_words_of_an_action_are_corrected_with_a_reason(world: World) -> None:
    _case, action = action_in(world)
    put_right = act("correct", action, world.worker, text="Ring the school.", reason="I wrote the wrong school.")
    assert put_right.text == "Ring the school."
    assert act("undo", action, world.worker).text == action.text


def test_nothing_is_undone_or_opened_in_a_plan_that_nobody_works_on(world: World) -> None:
    case, action = action_in(world)
    act("complete", action, world.worker, outcome="We walked.")
    work(world, "close", case, goes_on="Nobody needs to.")
    with pytest.raises(Conflict, match="Nobody works on this case now"):
        act("undo", action, world.worker)
