"""What is typed while a session is planned, or into a group's register: its author's alone, and gone once sent."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.core import clock
from backend.interventions.models import Session
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.interventions.made import grouped, intervention_in, just_now, mentor

pytestmark = pytest.mark.django_db


def types(who: Actor, path: str, **answers: Any) -> int:
    """Type into a form, as autosave does."""
    changes = {name: {"value": value, "base_rev": 0} for name, value in answers.items()}
    return browser_of(who).patch(path, {"answers": changes}).status_code


def reads(who: Actor, path: str) -> dict[str, Any]:
    """What somebody finds when they open the form, whatever device they sit at."""
    answer = browser_of(who).get(path)
    assert answer.status_code == 200, answer.content
    return {name: one["value"] for name, one in answer.json()["answers"].items()}


def of_row(session: Session, **answers: Any) -> dict[str, Any]:
    """Answers about one child of a group as they are kept."""
    return {f"r{session.id.hex}_{name}": value for name, value in answers.items()}


def test_planning_a_session_keeps_what_is_typed_for_its_author_until_it_is_planned(world: World) -> None:
    target = intervention_in("started", world.allocated(), world.worker)
    path = f"interventions/{target.id}/plan/draft/"
    assert types(mentor(), path, planned_at="friday", worked_on="Bus passes") == 200
    assert reads(mentor(), path) == {"planned_at": "friday", "worked_on": "Bus passes"}
    assert reads(mentor(Role.MANAGER), path) == {}
    assert types(world.stranger, path, worked_on="Bus passes") == 404
    options = browser_of(mentor()).get(f"interventions/{target.id}/").json()["options"]
    assert [one["draft_url"] for one in options if one["name"] == "plan_session"] == [f"/api/v1/{path}"]
    body = {"planned_at": (clock.now() + timedelta(days=2)).isoformat(), "mode": "school", "worked_on": "Bus passes"}
    assert browser_of(mentor()).post(f"interventions/{target.id}/plan/", body).status_code == 201
    assert reads(mentor(), path) == {}


def test_planning_for_several_children_keeps_what_is_typed_for_its_author_in_each_agency(world: World) -> None:
    target = intervention_in("started", world.allocated(), world.worker)
    path = f"group-sessions/plan/{mentor().agency_id}/draft/"
    typed = {"interventions": [str(target.id)], "planned_at": "friday", "worked_on": "Bus passes"}
    assert types(mentor(), path, **typed) == 200
    assert reads(mentor(), path) == typed
    assert reads(mentor(Role.MANAGER), path) == {}
    assert types(world.stranger, path, worked_on="Bus passes") == 404
    key, _sessions = grouped([target], mentor())
    assert reads(mentor(), path) == {}
    assert types(mentor(), path, worked_on="Another day") == 200
    other = intervention_in("started", world.allocated(), world.worker)
    joins = {"interventions": [str(other.id)]}
    assert browser_of(mentor()).post(f"group-sessions/{key}/add/", joins).status_code == 200
    assert reads(mentor(), path) == {"worked_on": "Another day"}


def test_a_register_keeps_what_is_typed_of_each_child_until_it_is_kept(world: World) -> None:
    target = intervention_in("started", world.allocated(), world.worker)
    key, [session] = grouped([target], mentor())
    path = f"group-sessions/{key}/register/draft/"
    typed = of_row(session, outcome="attended", child_feedback="It was fun.")
    assert types(mentor(), path, **typed) == 200
    assert reads(mentor(), path) == typed
    assert reads(mentor(Role.MANAGER), path) == {}
    assert types(world.stranger, path, **typed) == 404
    assert types(mentor(), path, **of_row(session, state="recorded")) == 400
    row = {"session": str(session.id), "version": session.version, "outcome": "attended", **just_now()}
    assert browser_of(mentor()).post(f"group-sessions/{key}/register/", {"rows": [row]}).status_code == 200
    assert reads(mentor(), path) == {}
