"""Takes the edges of a case that is worked, each with an input that its form would take."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.commands import case_machine
from backend.cases.commands.notes import write_note
from backend.cases.models import Case, Note
from backend.core import clock
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from tests import edges
from tests.cases.conftest import World
from tests.factories import every_role_in

BY_MANAGER = ("allocate", "reallocate", "record_sustained", "correct_sustained", "confirm_transfer_out")


def today() -> Any:
    """The day in England."""
    return local(clock.now()).date()


def given_for(edge: str) -> dict[str, Any]:
    """What a drawn form would not know."""
    ahead = {"next_action_on": (today() + timedelta(days=3)).isoformat()}
    said = {"agreed_on": today().isoformat()}
    return {
        "agree_plan": {**ahead, "review_on": (today() + timedelta(weeks=6)).isoformat()},
        "pause": {"look_again_on": (today() + timedelta(weeks=2)).isoformat()},
        "resume": ahead,
        "record_agreement": {**ahead, **said},
        "renew_agreement": said,
        "record_refusal": said,
        "withdraw_agreement": said,
        "close": {"risk_remains": False, "reason_code": "outcomes_met"},
        "transfer_out": {"told_at": clock.now().isoformat()},
        "confirm_transfer_out": {"accepted_on": today().isoformat()},
        "step_up": {"told_at": clock.now().isoformat()},
        "record_follow_up": {"received_at": clock.now().isoformat()},
    }.get(edge, {})


def led_by_police(world: World) -> tuple[Case, dict[Role, Actor]]:
    """A case that the police lead and one of their officers works on."""
    people = every_role_in("city-police")
    case = world.opened(led_by="city-police")
    return world.allocate(case.id, people[Role.MANAGER], people[Role.CASE_WORKER]), people


def work(world: World, edge: str, case: Case, *, by: Actor | None = None, **given: Any) -> Case:
    """Take one edge of a case as its worker, or as the manager where only they may."""
    who = by or (world.manager if edge in BY_MANAGER else world.worker)
    done: Case = edges.take(edge, case.id, who, noun="case", **{**given_for(edge), **given})
    return done


def refusal(world: World, edge: str, case: Case, **given: object) -> str:
    """The one reason why an edge cannot be taken."""
    with pytest.raises(Conflict) as refused:
        work(world, edge, case, **given)
    assert len(refused.value.reasons) == 1, refused.value.reasons
    return refused.value.reasons[0]


def visited(world: World, case: Case, *, by: Actor | None = None, **values: Any) -> Note:
    """A home visit at which the child and a parent were seen, an hour ago."""
    given = {
        "kind": "home_visit",
        "happened_at": clock.now() - timedelta(hours=1),
        "people": ["parent"],
        "child_seen": "with_others",
        "text": "Amina showed her drawings.",
        "meant_for": [],
        "next_action": "",
        "next_action_on": None,
    }
    who = by or world.worker
    with acting(who):
        return write_note(who, case.id, {**given, **values}, note_id=uuid7())


def assessing(world: World) -> Case:
    """A case whose family was visited and agreed."""
    case = world.allocated()
    visited(world, case)
    return work(world, "record_agreement", case)


def now(world: World, case: Case) -> Case:
    """The case as it is stored."""
    with acting(world.manager):
        return Case.objects.get(pk=case.id)


def machine_state(world: World, case: Case) -> str:
    """The state the machine reads."""
    return case_machine.state_of(now(world, case))
