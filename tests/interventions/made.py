"""Interventions that reached their state by the real edges, and the people who take them there."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.directory.models import Service
from backend.interventions.commands import recommend
from backend.interventions.commands.groups import plan_group
from backend.interventions.commands.sessions import add_session, plan_session
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.sessions import codes_not_held
from backend.interventions.serializers.session_inputs import AddSessionInput, PlanGroupInput, PlanSessionInput
from backend.workflow.views import validated
from tests.actors import actor
from tests.directory import entries
from tests.edges import take

PROVIDER = "lantern-mentoring"
GOAL = "Somebody to talk to on Fridays."
# Who takes which edge: the worker on the case unless it is here.
BY_PROVIDER = ("provider_accept", "provider_decline", "waitlist", "start", "complete", "end_early", "name_worker")
WAYS = {
    Intervention.RECOMMENDED: (),
    Intervention.OFFERED: ("offer",),
    Intervention.PROVIDER_ACCEPTED: ("offer", "provider_accept"),
    Intervention.PROVIDER_DECLINED: ("offer", "provider_decline"),
    Intervention.AGREED: ("offer", "provider_accept", "agree"),
    Intervention.REFUSED: ("offer", "provider_accept", "refuse"),
    Intervention.WAITLISTED: ("offer", "provider_accept", "agree", "waitlist"),
    Intervention.STARTED: ("offer", "provider_accept", "agree", "start"),
    Intervention.COMPLETED: ("offer", "provider_accept", "agree", "start", "complete"),
    Intervention.ENDED_EARLY: ("offer", "provider_accept", "agree", "start", "end_early"),
    Intervention.CANCELLED: ("cancel",),
}


def mentor(role: Role = Role.PRACTITIONER) -> Actor:
    """Somebody of the agency that provides the service."""
    return actor(PROVIDER, role)


def service(slug: str = PROVIDER, **given: Any) -> Service:
    """A service that an agency of the reference data provides."""
    return entries.service(entries.keeper(slug), **{"name": f"Mentoring {uuid7().hex[-6:]}", **given})


def recommended(case: Case, worker: Actor, of: Service | None = None) -> Intervention:
    """A service recommended by whoever works on the case."""
    of = of or service()
    with acting(worker):
        return recommend(worker, case.id, {"service_id": of.id, "goal": GOAL}, intervention_id=uuid7())


def today() -> str:
    """The day in England, as JSON has it."""
    return local(clock.now()).date().isoformat()


def given_for(edge: str) -> dict[str, Any]:
    """What a drawn form would not know."""
    if edge == "name_worker":
        return {"worker_id": str(mentor().user_id)}
    return {"agree": {"agreed_on": today()}, "start": {"started_on": today(), "planned_sessions": 12}}.get(edge, {})


def go(edge: str, target: Intervention, who: Actor, **given: Any) -> Intervention:
    """Take one edge of an intervention."""
    done: Intervention = take(edge, target.id, who, noun="intervention", **{**given_for(edge), **given})
    return done


def intervention_in(state: str, case: Case, worker: Actor, of: Service | None = None) -> Intervention:
    """An intervention of this case in a state, each step taken by who takes it."""
    target = recommended(case, worker, of)
    for edge in WAYS[state]:
        target = go(edge, target, mentor() if edge in BY_PROVIDER else worker)
    return target


def just_now() -> dict[str, str]:
    """What a form says of a session that was held before the time for which it was planned."""
    return {"happened_at": clock.now().isoformat()}


def held(target: Intervention, who: Actor, **given: Any) -> Session:
    """A session that is over."""
    values = {"outcome": "attended", "mode": "school", "people": ["child"], **given}
    if values["outcome"] in codes_not_held():
        values = {"not_held_why": "not_known", **values}
    with acting(who):
        return add_session(who, target.id, validated(AddSessionInput, values), session_id=uuid7())


def ahead(target: Intervention, who: Actor, *, days: int = 3) -> Session:
    """A session that is planned."""
    values = {"planned_at": (clock.now() + timedelta(days=days)).isoformat(), "mode": "school"}
    with acting(who):
        return plan_session(who, target.id, validated(PlanSessionInput, values), session_id=uuid7())


def grouped(targets: list[Intervention], who: Actor, *, days: int = 3) -> tuple[UUID, list[Session]]:
    """A group session ahead for several children, and its key."""
    values = {
        "planned_at": (clock.now() + timedelta(days=days)).isoformat(),
        "mode": "community",
        "worked_on": "Trust",
        "interventions": [str(one.id) for one in targets],
    }
    key = uuid7()
    with acting(who):
        return key, plan_group(who, validated(PlanGroupInput, values), group_id=key)
