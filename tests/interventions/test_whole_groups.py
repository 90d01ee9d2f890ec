"""A group session moved, called off or joined as a whole: each child's row keeps its own record and its reason."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case
from backend.core import clock
from backend.interventions.models import Intervention, Session
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.interventions.made import go, grouped, intervention_in, mentor, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(world: World) -> list[Intervention]:
    """The same service under way for three children."""
    of = service()
    return [
        intervention_in(Intervention.STARTED, _case(world, name), world.worker, of) for name in ("Ada", "Bea", "Cy")
    ]


def _case(world: World, name: str) -> Case:
    child = world.referred(world.agency("city-early-help"), given_name=name)
    in_hand = world.opened(child, led_by="city-early-help")
    return world.allocate(in_hand.id, world.manager, world.worker)


def read(who: Actor, key: UUID) -> dict[str, Any]:
    found: dict[str, Any] = browser_of(who).get(f"group-sessions/{key}/").json()
    return found


def do(who: Actor, key: UUID, act: str, **given: Any) -> Any:
    """Do something with a group as somebody sees it now."""
    version = {} if act == "add" else {"version": read(mentor(), key)["version"]}
    return browser_of(who).post(f"group-sessions/{key}/{act}/", {**version, **given})


def states(key: UUID) -> list[tuple[str, str, str]]:
    with acting(mentor()):
        rows = Session.objects.filter(group_id=key).order_by("id")
        return sorted((one.state, one.move_reason, one.not_held_why) for one in rows)


def next_week() -> str:
    return (clock.now() + timedelta(days=7)).isoformat()


def test_a_group_is_moved_in_one_act_and_stays_one_group(three: list[Intervention]) -> None:
    key, _sessions = grouped(three[:2], mentor())
    at = next_week()
    answer = do(mentor(), key, "move", planned_at=at, moved_by="provider", reason="The hall is closed")
    assert answer.status_code == 200, answer.content
    assert answer.json()["done"] == ["2 children. Each stands in their own record."]
    assert len(answer.json()["rows"]) == 2
    moved, planned = ("moved", "The hall is closed", ""), ("planned", "", "")
    assert states(key) == [moved, moved, planned, planned]
    with acting(mentor()):
        for target in three[:2]:
            old = Session.objects.get(root_id=target.id, state=Session.MOVED)
            new = Session.objects.get(root_id=target.id, state=Session.PLANNED)
            assert (new.instead_of_id, new.group_id, new.worked_on) == (old.id, key, old.worked_on)
            assert new.planned_at is not None
            assert new.planned_at.isoformat() == at


def test_a_group_is_called_off_with_a_reason_in_each_childs_own_record(world: World, three: list[Intervention]) -> None:
    key, _sessions = grouped(three, mentor())
    answer = do(mentor(), key, "call-off", outcome="cancelled_by_service", not_held_why="no_place")
    assert answer.json()["done"][0].startswith("3 children.")
    assert states(key) == [("recorded", "", "no_place")] * 3
    with acting(world.worker):
        verbs = Event.objects.filter(root_id=three[0].id, verb="session.call_off")
        assert verbs.count() == 1
    assert read(mentor(), key)["options"] == []


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("move", {"moved_by": "provider"}),
        ("call-off", {"outcome": "cancelled_by_service", "not_held_why": "giver_away"}),
    ],
)
def test_a_child_for_whom_it_is_refused_is_named_and_the_others_go_on(
    three: list[Intervention], act: str, given: dict[str, str]
) -> None:
    key, _sessions = grouped(three[:2], mentor())
    with acting(mentor()):
        # As a service that ended before its sessions were called off with it.
        Intervention.objects.filter(pk=three[0].id).update(state=Intervention.COMPLETED, ended_at=clock.now())
    more = {"planned_at": next_week()} if act == "move" else {}
    done = do(mentor(), key, act, **given, **more).json()["done"]
    assert done == [
        "1 child. Each stands in their own record.",
        "Not for Ada Example: This service is not under way. Start it first.",
    ]


def test_where_it_is_possible_for_nobody_nothing_happens(three: list[Intervention]) -> None:
    key, _sessions = grouped(three[:2], mentor())
    past = (clock.now() - timedelta(days=1)).isoformat()
    answer = do(mentor(), key, "move", planned_at=past, moved_by="provider")
    assert answer.status_code == 409
    assert answer.json()["reasons"] == ["Choose a time that is still to come, or record what happened."]
    assert states(key) == [("planned", "", "")] * 2
    with clock.at(clock.now() + timedelta(days=4)):
        off = do(mentor(), key, "call-off", outcome="cancelled_by_family", not_held_why="not_known")
        assert off.status_code == 409


def test_somebody_who_looked_at_it_before_it_was_changed_looks_again(three: list[Intervention]) -> None:
    key, _sessions = grouped(three[:2], mentor())
    seen = read(mentor(), key)["version"]
    do(mentor(), key, "add", interventions=[str(three[2].id)])
    body = {"version": seen, "planned_at": next_week(), "moved_by": "provider"}
    answer = browser_of(mentor()).post(f"group-sessions/{key}/move/", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_a_child_joins_a_group_that_is_ahead_and_nobody_twice(three: list[Intervention]) -> None:
    key, [session, _other] = grouped(three[:2], mentor())
    [form] = [one for one in read(mentor(), key)["options"] if one["name"] == "add"]
    assert [one["value"] for one in form["input"][0]["choices"]] == [str(three[2].id)]
    assert do(mentor(), key, "add", interventions=[]).status_code == 400
    answer = do(mentor(), key, "add", interventions=[str(three[2].id)])
    assert [row["child_name"] for row in answer.json()["rows"]] == ["Ada Example", "Bea Example", "Cy Example"]
    with acting(mentor()):
        joined = Session.objects.get(root_id=three[2].id)
        assert (joined.planned_at, joined.mode, joined.worked_on) == (session.planned_at, session.mode, "Trust")
    assert do(mentor(), key, "add", interventions=[str(three[2].id)]).status_code == 409
    with clock.at(clock.now() + timedelta(days=4)):
        assert do(mentor(), key, "add", interventions=[str(three[2].id)]).status_code == 409


def test_nobody_joins_whose_service_is_not_the_agencys_or_not_under_way(
    world: World, three: list[Intervention]
) -> None:
    key, _sessions = grouped(three[:2], mentor())
    go("complete", three[2], mentor())
    for strange in (three[2].id, intervention_in(Intervention.WAITLISTED, _case(world, "Di"), world.worker).id):
        assert do(mentor(), key, "add", interventions=[str(strange)]).status_code == 404


def test_nobody_but_who_gives_it_changes_a_group(world: World, three: list[Intervention]) -> None:
    key, _sessions = grouped(three[:2], mentor())
    said = {"outcome": "cancelled_by_family", "not_held_why": "forgot"}
    for who in (world.worker, world.stranger, world.teacher):
        assert do(who, key, "call-off", **said).status_code == 404
        assert do(who, key, "add", interventions=[str(three[2].id)]).status_code == 404
        assert do(who, key, "move", planned_at=next_week(), moved_by="family").status_code == 404
    assert states(key) == [("planned", "", "")] * 2
