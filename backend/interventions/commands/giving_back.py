"""What goes back to the lead practitioner as a task: still needed?, a provider that has gone, a concern of a session.

Done as the worker: who writes a concern down need not see the case, and learns nothing of it.
"""

from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.audit.commands import record
from backend.cases.commands import About, give_task, owner_of
from backend.cases.models import Case
from backend.core import clock, vocabulary
from backend.core.errors import Conflict
from backend.deadlines.calendar import in_words
from backend.interventions import queries
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import sessions as session_queries
from backend.workflow.changing import Change
from backend.workflow.machine import Given

JOB = "interventions.give_back"
_BATCH = 100
_WHAT_FOLLOWS = {
    "provider_gone": "{organisation} no longer offers {service_name}. Decide with the family what follows.",
    "provider_changed": "{organisation} gives {service_name} from now on. Ask the family whether they want that.",
}
log = structlog.get_logger(__name__)


def ask_whether_still_needed(change: Change[Intervention], given: Given) -> None:
    """Give the lead practitioner the question whether the family still wants to wait."""
    target = change.target
    text = f"{target.service_name}, {target.organisation}: ask the family whether they still want it, and record it."
    _give(change.actor, target, kind="still_needed", text=text, event_id=change.event.id if change.event else None)


def ask_what_follows(actor: Actor, target: Intervention) -> None:
    """Give whoever is responsible the decision about a service whose provider may no longer read of the child."""
    text = f"{target.service_name}, {target.organisation}: decide with the family what follows, and record it."
    _give(actor, target, kind="sharing_ended", text=text, event_id=None)


def give_back_all() -> int:
    """Give every waiting concern, and every question about a provider that has gone, to who is responsible."""
    with acting_as_system(job=JOB):
        concerns = list(session_queries.concerns_waiting().values_list("id", flat=True)[:_BATCH])
        left = list(queries.without_provider().values_list("id", flat=True)[:_BATCH])
    return sum([_each(_concern, pk) for pk in concerns] + [_each(_left, pk) for pk in left])


def _each(give: Callable[[Actor, UUID], bool], pk: UUID) -> bool:
    try:
        with acting_as_system(job=JOB) as actor:
            return give(actor, pk)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One must not keep the others waiting; it is tried again in a minute.
        log.error("not given back", key=str(pk), error=type(error).__name__)
        return False


def _concern(actor: Actor, session_id: UUID) -> bool:
    waiting = session_queries.concerns_waiting().select_for_update(skip_locked=True, no_key=True, of=("self",))
    session = waiting.select_related("agency").filter(pk=session_id).first()
    target = Intervention.objects.filter(pk=session.root_id).first() if session else None
    if session is None or target is None:
        return False
    session.passed_on_at = clock.now()
    root, child, state = target.id, target.child_id, session.state
    event = record(actor, "session.pass_on", session, root_id=root, child_id=child, from_state=state)
    words = concern_in_full(session, target)
    _give(actor, target, kind="session_concern", text=words, event_id=event.id, urgent=True)
    return True


def _left(actor: Actor, intervention_id: UUID) -> bool:
    waiting = queries.without_provider().select_for_update(skip_locked=True, no_key=True, of=("self",))
    target = waiting.select_related("provider_agency").filter(pk=intervention_id).first()
    if target is None:
        return False
    provider = target.provider_agency
    if provider is not None and provider.ended_at is not None:
        let_go(target)
    target.asked_to_decide_at = clock.now()
    root, child, state = target.id, target.child_id, target.state
    event = record(actor, "intervention.ask_to_decide", target, root_id=root, child_id=child, from_state=state)
    kind = "provider_changed" if target.left_at and target.provider_agency_id else "provider_gone"
    _give(actor, target, kind=kind, text=_WHAT_FOLLOWS[kind].format_map(vars(target)), event_id=event.id)
    return True


def let_go(target: Intervention) -> None:
    """Nobody of another agency gives it from here on; its state, its sessions and its place in a queue stay."""
    target.provider_agency, target.worker, target.provider_until, target.left_at = None, None, None, clock.now()
    target.minded_for_id = None


def concern_in_full(session: Session, target: Intervention) -> str:
    """Return all that the lead practitioner needs of a concern, line by line."""
    when = in_words(session.happened_at) if session.happened_at else ""
    lines = (
        f"{vocabulary.get('session_concerns').label(session.concern)}. {target.service_name}, {when}.",
        session.concern_text,
        f"What the child said: {session.child_feedback}" if session.child_feedback else "",
        f"Written by {session.written_by_name}, {session.agency.name}, {in_words(session.written_at)}.",
    )
    return "\n".join(line for line in lines if line)


def _give(
    actor: Actor, target: Intervention, *, kind: str, text: str, event_id: UUID | None, urgent: bool = False
) -> None:
    """Raise Conflict, so that all of it waits, when nobody at all could be asked."""
    case = Case.objects.select_related("lead_agency").get(pk=queries.goes_on_in(target))
    owner = owner_of(case)
    if owner is None:
        raise Conflict("Nobody is there who could be asked.", code="not_ready")
    about = About(case.id, case.child_id, case.partnership_id, case.reference, f"/interventions/{target.id}")
    moment = clock.now() if urgent else None
    give_task(actor, owner, about, kind=kind, text=text, happened_at=moment, event_id=event_id, urgent=urgent)
