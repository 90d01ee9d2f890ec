"""What the edges of interventions and sessions may cost: their rows of the table, and the records they are taken of."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.interventions.models import Intervention
from tests.actors import actor
from tests.api.costs.row import WORKER, Given, Row
from tests.cases.conftest import World as OfCases
from tests.interventions import made
from tests.world import World


def _mentor(_world: World) -> Actor:
    return actor(made.PROVIDER, Role.PRACTITIONER)


def _in(state: str) -> Callable[[World], UUID]:
    """Another intervention of the world's case, in this state."""

    def found(world: World) -> UUID:
        worker = WORKER(world)
        with acting(worker):
            case = Case.objects.get(pk=world.records["case"])
        return made.intervention_in(state, case, worker).id

    return found


def _stopped(world: World) -> UUID:
    """One whose provider reads no more and is still to answer."""
    pk, worker = _in(Intervention.OFFERED)(world), WORKER(world)
    with acting(worker):
        target = Intervention.objects.get(pk=pk)
    return made.go("stop_sharing", target, worker).id


def waiting() -> Intervention:
    """An intervention that waits for a place, outside the world: for the worker's own login."""
    world = OfCases()
    return made.intervention_in(Intervention.WAITLISTED, world.allocated(), world.worker)


def _for(edge: str) -> Callable[[World, UUID], Given]:
    return lambda _world, _pk: made.given_for(edge)


def _session(name: str) -> Callable[[World], UUID]:
    return lambda world: world.records[name]


def _with_next(_world: World, _pk: UUID) -> Given:
    return {**made.just_now(), "next_at": (clock.now() + timedelta(days=7)).isoformat()}


def _with_goal(world: World, _pk: UUID) -> Given:
    return {"goals": [str(world.records["goal"])]}


def _later(_world: World, _pk: UUID) -> Given:
    return {"planned_at": (clock.now() + timedelta(days=9)).isoformat()}


def _just_held(world: World) -> UUID:
    pk = world.records["intervention"]
    with acting(_mentor(world)):
        target = Intervention.objects.get(pk=pk)
    return made.held(target, _mentor(world)).id


ROWS: Mapping[str, Row] = {
    "intervention.name_worker": Row(_in(Intervention.STARTED), _mentor, _for("name_worker")),
    "intervention.offer": Row(_in(Intervention.RECOMMENDED), WORKER),
    "intervention.provider_accept": Row(_in(Intervention.OFFERED), _mentor),
    "intervention.provider_decline": Row(_in(Intervention.OFFERED), _mentor),
    "intervention.agree": Row(_in(Intervention.PROVIDER_ACCEPTED), WORKER, _for("agree")),
    "intervention.refuse": Row(_in(Intervention.PROVIDER_ACCEPTED), WORKER),
    "intervention.waitlist": Row(_in(Intervention.AGREED), _mentor),
    "intervention.confirm_still_needed": Row(_in(Intervention.WAITLISTED), WORKER),
    "intervention.start": Row(_in(Intervention.WAITLISTED), _mentor, _for("start")),
    "intervention.complete": Row(_in(Intervention.STARTED), _mentor),
    "intervention.end_early": Row(_in(Intervention.STARTED), _mentor),
    "intervention.cancel": Row(_in(Intervention.WAITLISTED), WORKER),
    "intervention.say_who_goes_on": Row(_in(Intervention.STARTED), WORKER),
    "intervention.stop_sharing": Row(_in(Intervention.STARTED), WORKER),
    "intervention.share_again": Row(_stopped, WORKER),
    # More words of the plan are a share with who gives it.
    "intervention.tie_goals": Row(_in(Intervention.STARTED), WORKER, _with_goal),
    "session.record": Row(_session("session"), _mentor, _with_next),
    "session.move": Row(_session("session"), _mentor, _later),
    "session.call_off": Row(_session("session"), _mentor),
    "session.correct": Row(_session("session over"), _mentor),
    "session.undo": Row(_just_held, _mentor),
}
