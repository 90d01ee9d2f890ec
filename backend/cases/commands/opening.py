"""Opening a case for a child, or joining the one that is open: at most one, whoever races."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases import queries
from backend.cases.commands.allocating import ALLOCATE, to_allocate, wait_for_turn
from backend.cases.commands.reopening import Shared, reopen_as_decided
from backend.cases.models import Case
from backend.cases.queries import KnownCase
from backend.cases.text_fields import case_fields
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Conflict
from backend.core.ids import new_reference, uuid7
from backend.deadlines.calendar import local
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles, Audience, Person

# What the triage officer chooses when the child had a case in the last twelve months; nothing is preselected.
NEW, REOPEN = "new", "reopen"


@dataclass(frozen=True, slots=True)
class CaseInHand:
    """The case a referral led to. `joined`: it was there before, its lead is settled; else `case` was opened here."""

    id: UUID
    reference: str
    state: str
    lead_agency_id: UUID
    joined: bool
    case: Case | None = None


def open_or_join(
    actor: Actor,
    child: Child,
    *,
    holder: Agency,
    theme: str,
    priority: str,
    primary_need: str = "",
    choice: str = "",
    shared: Shared | None = None,
) -> CaseInHand:
    """Join the child's open case, or open one led by `holder`; called under the lock of the referral.

    `choice` is NEW or REOPEN and is needed when a case of the child closed within twelve months; `shared` is what the
    agency that led that case learns when it is opened again. Raises Conflict.
    """
    canonical_id = wait_for_turn(child.id)
    known = queries.cases_known(child.id, [canonical_id])
    for case in known:
        if case.is_open:
            return _join(case)
    problem = choice_problem(known, choice)
    if problem:
        raise Conflict(problem, code="not_ready")
    if choice == REOPEN and known:
        return _reopen(actor, known[0], holder, shared)
    return _open(actor, canonical_id, holder, theme=theme, priority=priority, primary_need=primary_need)


def choice_problem(known: list[KnownCase], choice: str) -> str:
    """Return what is missing before a case can be opened for a child with these cases, as a sentence; else nothing."""
    closed = next((case for case in known if not case.is_open), None)
    if closed is None or closed.closed_at is None or choice in (NEW, REOPEN):
        return ""
    day = local(closed.closed_at)
    return (
        f"This child had case {closed.reference}, which closed on {day.day} {day:%B %Y}. "
        "Say whether to open it again or to open a new one."
    )


def _join(known: KnownCase) -> CaseInHand:
    """Tell who is responsible; the case is not the actor's to change, and its lead and state stay as they are."""
    audience: Audience = AgencyRoles(known.lead_agency_id, (Role.MANAGER.value,), known.child_id)
    if known.lead_practitioner_id is not None:
        audience = Person(known.lead_practitioner_id)
    notifications.tell(
        event_id=None,
        root_id=known.id,
        audience=audience,
        message="case_joined",
        fields={"reference": known.reference},
        path=f"/cases/{known.id}",
        urgent=True,
    )
    return CaseInHand(known.id, known.reference, known.state, known.lead_agency_id, joined=True)


def _reopen(actor: Actor, known: KnownCase, holder: Agency, shared: Shared | None) -> CaseInHand:
    """Give it back to the agency that led it; where that one is gone, to the front door."""
    front_door = holder.partnership.front_door
    case = reopen_as_decided(actor, known.id, front_door=front_door, shared=shared)
    return CaseInHand(case.id, case.reference, case.state, case.lead_agency_id, joined=True)


def _open(actor: Actor, child_id: UUID, holder: Agency, *, theme: str, priority: str, primary_need: str) -> CaseInHand:
    case_id = uuid7()
    allocate = to_allocate(case_id, child_id=child_id, agency=holder)
    case = Case(
        id=case_id,
        partnership_id=holder.partnership_id,
        reference=new_reference("C"),
        child_id=child_id,
        lead_agency=holder,
        opened_as_id=actor.membership_id,
        primary_need=primary_need,
        theme=theme,
        priority=priority,
        opened_at=clock.now(),
        next_action=ALLOCATE,
        next_action_on=local(allocate.due_at).date(),
        next_due_at=allocate.due_at,
    )
    managers = AgencyRoles(holder.id, (Role.MANAGER.value,))
    opened = notifications.Notice(managers, "case_opened", case_fields(case), f"/cases/{case_id}")

    def beside(event: Event) -> Sequence[Model]:
        return [allocate, *notifications.outbox_rows([opened], event_id=event.id, root_id=case_id)]

    record(actor, "case.open", case, root_id=case_id, child_id=child_id, beside=beside)
    return CaseInHand(case_id, case.reference, case.state, holder.id, joined=False, case=case)
