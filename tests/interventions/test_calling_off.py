"""Sessions that are still ahead: called off alone or because their service ends, and never said to have been held."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core import clock
from backend.core.errors import Conflict
from backend.interventions.commands.sessions import plan_session
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.sessions import dosages, sessions_of, to_hold
from backend.interventions.serializers.representing import dosage_data
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.edges import take
from tests.interventions.made import ahead, go, grouped, held, intervention_in, just_now, mentor

pytestmark = pytest.mark.django_db


def started(world: World, **child: object) -> Intervention:
    in_hand = world.opened(world.referred(world.agency("city-early-help"), **child), led_by="city-early-help")
    case = world.allocate(in_hand.id, world.manager, world.worker)
    return intervention_in(Intervention.STARTED, case, world.worker)


def act(edge: str, session: Session, who: Actor, **given: Any) -> Session:
    done: Session = take(edge, session.id, who, noun="session", **given)
    return done


def standing(target: Intervention, who: Actor) -> list[tuple[str, str, str]]:
    """What the list of sessions says of each, whichever is latest first."""
    with acting(who):
        return [(one.state, one.outcome, one.not_held_why) for one in sessions_of(target.id)]


def test_a_session_is_called_off_before_its_time_with_who_and_why(world: World) -> None:
    target = started(world)
    session = ahead(target, mentor())
    said = {"outcome": "cancelled_by_family", "not_held_why": "other_plans", "not_held_text": "A school trip"}
    done = act("call_off", session, mentor(), **said)
    assert (done.state, done.happened_at) == ("recorded", session.planned_at)
    [row] = browser_of(world.worker).get(f"interventions/{target.id}/sessions/").json()["results"]
    assert row["outcome_label"] == "The family cancelled"
    assert row["not_held_words"] == "They had something else on: A school trip"
    with acting(mentor()):
        assert not to_hold(mentor()).exists()


def test_only_a_session_that_is_ahead_is_called_off_and_only_with_a_reason(world: World) -> None:
    target = started(world)
    session = ahead(target, mentor(), days=3)
    path = f"sessions/{session.id}/call-off/"
    body = {"version": session.version, "outcome": "cancelled_by_service"}
    assert browser_of(mentor()).post(path, body).status_code == 400
    assert browser_of(mentor()).post(path, {**body, "not_held_why": "service_ended"}).status_code == 400
    assert browser_of(world.teacher).post(path, {**body, "not_held_why": "giver_away"}).status_code == 404
    with clock.at(clock.now() + timedelta(days=4)), pytest.raises(Conflict) as refused:
        act("call_off", session, mentor())
    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("outcome", ["attended", "partly_attended", "did_not_attend", "refused"])
def test_nobody_says_of_a_session_that_is_ahead_how_it_was(world: World, outcome: str) -> None:
    target = started(world)
    session = ahead(target, mentor())
    why = {} if outcome in ("attended", "partly_attended") else {"not_held_why": "not_known"}
    with pytest.raises(Conflict, match="This session is still ahead"):
        act("record", session, mentor(), outcome=outcome, **why)
    assert act("record", session, mentor(), outcome=outcome, **why, **just_now()).state == "recorded"


def test_a_session_called_off_is_not_corrected_to_held_before_its_time(world: World) -> None:
    target = started(world)
    session = act("call_off", ahead(target, mentor()), mentor())
    with pytest.raises(Conflict, match="This session is still ahead"):
        act("correct", session, mentor(), outcome="attended")
    again = act("correct", session, mentor(), outcome="cancelled_by_service", not_held_why="giver_away")
    assert again.state == "corrected"


@pytest.mark.parametrize("edge", ["complete", "end_early"])
def test_a_service_that_ends_calls_off_what_is_ahead_of_it_and_says_so(world: World, edge: str) -> None:
    target = started(world)
    held(target, mentor())
    sessions = [ahead(target, mentor(), days=days) for days in (3, 10)]
    go(edge, target, mentor())
    off = ("recorded", "cancelled_by_service", "service_ended")
    assert standing(target, world.worker) == [off, off, ("recorded", "attended", "")]
    with acting(world.worker):
        words = dosage_data(target, dosages([target.id])[target.id])["words"]
    assert words == "1 of 12 attended, 2 cancelled by the service (the service has ended 2)"
    with pytest.raises(Conflict, match="because the service has ended"):
        act("undo", sessions[0], mentor())


def test_what_of_a_group_is_ahead_for_another_child_stays(world: World) -> None:
    first = started(world)
    second = started(world, given_name="Bea")
    grouped([first, second], mentor())
    go("complete", first, mentor())
    assert standing(first, world.worker) == [("recorded", "cancelled_by_service", "service_ended")]
    assert standing(second, world.worker) == [("planned", "", "")]


def test_a_session_that_was_due_before_the_end_is_recorded_after_it(world: World) -> None:
    target = started(world)
    session = ahead(target, mentor(), days=3)
    with clock.at(clock.now() + timedelta(days=4)):
        go("complete", target, mentor())
        assert standing(target, mentor()) == [("planned", "", "")]
        with pytest.raises(Conflict, match="so no other session can be planned"):
            act("record", session, mentor(), next_at=(clock.now() + timedelta(days=2)).isoformat())
        for edge in ("move", "call_off"):
            with pytest.raises(Conflict):
                act(edge, session, mentor(), **({"planned_at": "2027-03-01T10:00:00Z"} if edge == "move" else {}))
        assert act("record", session, mentor(), outcome="attended").state == "recorded"


def test_nothing_is_planned_once_it_has_ended(world: World) -> None:
    target = started(world)
    go("complete", target, mentor())
    with acting(mentor()), pytest.raises(Conflict, match="is not under way"):
        plan_session(mentor(), target.id, {}, session_id=target.id)
