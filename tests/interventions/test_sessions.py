"""Sessions: planned, recorded, moved, corrected, taken back; alone and in groups; and how much of it was taken up."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.access.binding import acting
from backend.core import clock
from backend.core.errors import Conflict, NotFound
from backend.interventions.commands import session_machine
from backend.interventions.commands.groups import register_group
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.sessions import dosages, outcomes_by_kind, sessions_of
from backend.interventions.serializers.representing import dosage_data
from tests.cases.conftest import World
from tests.edges import take
from tests.interventions.made import ahead, grouped, held, intervention_in, mentor, service


def started(world: World, **child: object) -> Intervention:
    """A service under way for a child of their own."""
    in_hand = world.opened(world.referred(world.agency("city-early-help"), **child), led_by="city-early-help")
    case = world.allocate(in_hand.id, world.manager, world.worker)
    return intervention_in(Intervention.STARTED, case, world.worker)


def act(edge: str, session: Session, who: object, **given: object) -> Session:
    """Take one edge of a session."""
    done: Session = take(edge, session.id, who, noun="session", **given)  # type: ignore[arg-type]
    return done


def shown(target: Intervention, who: object) -> list[Session]:
    """What the page of an intervention lists."""
    with acting(who):  # type: ignore[arg-type]
        return list(sessions_of(target.id))


@pytest.mark.parametrize("state", list(Session.LABELS))
def test_every_state_of_a_session_lets_go_by_its_own_edges(world: World, state: str) -> None:
    target = started(world)
    ways = {
        Session.PLANNED: lambda: ahead(target, mentor()),
        Session.RECORDED: lambda: held(target, mentor()),
        Session.MOVED: lambda: act("move", ahead(target, mentor()), mentor(), planned_at=_in(days=9)),
        Session.CORRECTED: lambda: act("correct", held(target, mentor()), mentor(), outcome="partly_attended"),
        Session.TAKEN_BACK: lambda: act("undo", held(target, mentor()), mentor()),
    }
    session = ways[state]()
    assert session.state == state
    for edge in session_machine.edges:
        if state not in session_machine.sources(edge):
            with pytest.raises(Conflict) as refused:
                act(edge, session, mentor(), **({"planned_at": _in(days=9)} if edge == "move" else {}))
            assert refused.value.code == "wrong_state"


def _in(*, days: int) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()


def test_a_session_needs_two_answers_and_may_plan_the_next(world: World) -> None:
    target = started(world)
    held(target, mentor(), people=[], next_at=_in(days=7))
    planned, recorded = shown(target, mentor())
    assert (planned.state, planned.mode) == ("planned", "school")
    assert (recorded.outcome, recorded.people) == ("attended", [])


def test_nothing_is_recorded_of_a_service_that_is_not_under_way(world: World) -> None:
    target = intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker)
    with pytest.raises(Conflict, match=r"is not under way\. Start it first\."):
        held(target, mentor())


def test_who_has_no_part_in_it_records_nothing(world: World) -> None:
    target = started(world)
    for who in (world.stranger, world.teacher, world.youth_justice_worker):
        with pytest.raises(NotFound):
            held(target, who)


def test_a_moved_session_stays_and_the_new_one_names_it(world: World) -> None:
    target = started(world)
    old = act("move", ahead(target, mentor()), mentor(), planned_at=_in(days=9), moved_by="family", reason="A trip")
    new, kept = shown(target, world.worker)
    assert (kept.id, kept.state, kept.moved_by, kept.move_reason) == (old.id, "moved", "family", "A trip")
    assert (new.state, new.instead_of_id) == ("planned", old.id)


def test_a_correction_is_another_record_and_keeps_what_it_does_not_change(world: World) -> None:
    target = started(world)
    old = held(target, mentor(), child_feedback="Fun.", minutes=45)
    act("correct", old, mentor(), reason="Another boy.", outcome="partly_attended")
    [now] = shown(target, world.worker)
    assert (now.corrects_id, now.outcome, now.child_feedback, now.minutes) == (old.id, "partly_attended", "Fun.", 45)
    with acting(mentor()):
        kept = Session.objects.get(pk=old.id)
    assert (kept.state, kept.outcome) == ("corrected", "attended")


def test_what_was_just_written_can_be_taken_back_for_ten_minutes_by_who_wrote_it(world: World) -> None:
    target = started(world)
    planned = act("call_off", ahead(target, mentor()), mentor())
    assert act("undo", planned, mentor()).state == "planned"
    alone = held(target, mentor())
    with pytest.raises(Conflict, match="Only the person who wrote this"):
        act("undo", alone, world.worker)
    with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Conflict, match="More than 10 minutes"):
        act("undo", alone, mentor())
    assert act("undo", alone, mentor()).state == "taken_back"
    assert [one.state for one in shown(target, mentor())] == ["planned"]


def test_a_concern_that_was_passed_on_is_corrected_and_not_taken_back(world: World) -> None:
    target = started(world)
    session = held(target, mentor(), concern="worried", concern_text="She is afraid to go home.")
    with acting(mentor()):
        session.passed_on_at = clock.now()
        Session.objects.filter(pk=session.id).update(passed_on_at=session.passed_on_at)
    with pytest.raises(Conflict, match="The lead practitioner has been told"):
        act("undo", session, mentor())


# --- Dosage ----------------------------------------------------------------------------------------------------------


def test_dosage_is_what_was_attended_of_what_was_planned(world: World) -> None:
    target = started(world)
    outcomes = ("attended", "attended", "partly_attended", "did_not_attend", "cancelled_by_service")
    for outcome, minutes in zip(outcomes, (45, None, 20, 60, 60), strict=True):
        held(target, mentor(), outcome=outcome, minutes=minutes)
    ahead(target, mentor())
    taken_back = held(target, mentor())
    act("undo", taken_back, mentor())
    with acting(world.worker):
        found = dosages([target.id])[target.id]
        said = dosage_data(target, found)
    assert (found.attended, found.partly, found.missed, found.not_held, found.planned) == (2, 1, 1, 1, 1)
    rest = "1 in part, 1 missed (not known 1), 1 cancelled by the service (not known 1), 65 minutes in all"
    assert said["words"] == f"2 of 12 attended, {rest}"
    target.planned_sessions = None
    assert dosage_data(target, found)["words"] == f"2 of 6 attended, {rest}"


def test_every_code_of_attendance_counts_as_something_known() -> None:
    assert set(outcomes_by_kind()) == {"attended", "partly", "missed", "not_held"}


# --- Groups ----------------------------------------------------------------------------------------------------------


def _two(world: World) -> tuple[Intervention, Intervention]:
    """The same service for two children, each of whom has a worker of their own."""
    of = service()
    first = intervention_in(Intervention.STARTED, world.allocated(), world.worker, of)
    in_hand = world.opened(world.referred(given_name="Bea"), led_by="front-door")
    case = world.allocate(in_hand.id, world.front_door_manager, world.front_door_manager)
    return first, intervention_in(Intervention.STARTED, case, world.front_door_manager, of)


def _row(session: Session, **given: object) -> dict[str, object]:
    empty = {"people": [], "child_feedback": "", "goals": [], "worked_on": "", "text": ""}
    empty |= {"not_held_why": "", "not_held_text": ""}
    said = {
        "outcome": "attended",
        "mode": "",
        "minutes": None,
        "happened_at": clock.now(),
        "concern": "",
        "concern_text": "",
    }
    return {"session": session.id, "version": session.version, **empty, **said, **given}


def test_a_group_is_registered_child_by_child_and_each_sees_only_their_own(world: World) -> None:
    first, second = _two(world)
    key, sessions = grouped([first, second], mentor())
    outcomes = {first.id: "attended", second.id: "did_not_attend"}
    why = {first.id: "", second.id: "forgot"}
    with acting(mentor()):
        rows = [_row(one, outcome=outcomes[one.root_id], not_held_why=why[one.root_id]) for one in sessions]
        register_group(mentor(), key, rows)
    for who, target in ((world.worker, first), (world.front_door_manager, second)):
        with acting(who):
            [seen] = Session.objects.filter(group_id=key)
            assert (seen.root_id, seen.outcome, seen.mode) == (target.id, outcomes[target.id], "community")
            assert seen.not_held_why == why[target.id]


def test_a_group_is_planned_only_from_what_ones_own_agency_gives(world: World) -> None:
    first, second = _two(world)
    with pytest.raises(NotFound):
        grouped([first, second], world.worker)
    with pytest.raises(NotFound):
        grouped([first, second], world.stranger)


def test_a_row_of_another_group_is_refused_with_all_the_others(world: World) -> None:
    first, second = _two(world)
    key, [mine] = grouped([first], mentor())
    _other, [strange] = grouped([second], mentor())
    with acting(mentor()), pytest.raises(NotFound):
        register_group(mentor(), key, [_row(mine), _row(strange)])
    with acting(world.worker), pytest.raises(NotFound):
        register_group(world.worker, key, [_row(mine)])
    with acting(mentor()):
        assert set(Session.objects.filter(group_id=key).values_list("state", flat=True)) == {"planned"}


def test_a_group_has_no_key_that_opens_anything_to_the_workers_of_its_children(world: World) -> None:
    first, second = _two(world)
    key, _sessions = grouped([first, second], mentor())
    assert isinstance(key, UUID)
    with acting(world.worker):
        assert {one.root_id for one in Session.objects.all()} == {first.id}
