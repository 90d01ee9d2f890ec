"""Opening a case for a child, or joining the one that is open: at most one, whoever races."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases import queries
from backend.cases.models import Case
from backend.cases.queries import KnownCase
from backend.cases.texts import case_fields
from backend.children.models import Child
from backend.children.queries import canonical_of
from backend.core import clock
from backend.core.errors import Conflict
from backend.core.ids import new_reference, uuid7
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import local
from backend.deadlines.models import Deadline
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles, Audience, Person

# What the triage officer chooses when the child had a case in the last twelve months; nothing is preselected.
NEW, REOPEN = "new", "reopen"
ALLOCATE = "Allocate a lead practitioner"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class CaseInHand:
    """The case a referral led to. One that was joined belongs to others: `case` is there only if it was opened here."""

    id: UUID
    reference: str
    state: str
    lead_agency_id: UUID
    joined: bool
    case: Case | None = None


def open_or_join(
    actor: Actor, child: Child, *, holder: Agency, theme: str, priority: str, choice: str = ""
) -> CaseInHand:
    """Join the child's open case, or open one led by `holder`; called under the lock of the referral.

    `choice` is NEW or REOPEN and is needed when a case of the child closed within twelve months. Raises Conflict.
    """
    canonical_id = canonical_of(child.id)
    _wait_for_turn(canonical_id)
    known = queries.cases_known(child.id, [canonical_id])
    for case in known:
        if case.is_open:
            return _join(case)
    problem = choice_problem(known, choice)
    if problem:
        raise Conflict(problem, code="not_ready")
    return _open(actor, canonical_id, holder, theme=theme, priority=priority)


def choice_problem(known: list[KnownCase], choice: str) -> str:
    """Return what is missing before a case can be opened for a child with these cases, as a sentence; else nothing."""
    closed = next((case for case in known if not case.is_open), None)
    if closed is None or closed.closed_at is None or any(case.is_open for case in known) or choice == NEW:
        return ""
    if choice == REOPEN:
        return (
            f"Case {closed.reference} cannot be opened again from a referral. Choose to open a new case, and ask the "
            "agency that led the earlier one what it knows."
        )
    day = local(closed.closed_at)
    return (
        f"This child had case {closed.reference}, which closed on {day.day} {day:%B %Y}. "
        "Say whether to open it again or to open a new one."
    )


def _wait_for_turn(canonical_id: UUID) -> None:
    """Let one transaction at a time look for a child's case and open one; released when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"case of child {canonical_id}"])


def _join(known: KnownCase) -> CaseInHand:
    """Tell who is responsible; the case is not the actor's to change, and its lead and state stay as they are."""
    audience: Audience = AgencyRoles(known.lead_agency_id, (Role.MANAGER.value,))
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


def _open(actor: Actor, child_id: UUID, holder: Agency, *, theme: str, priority: str) -> CaseInHand:
    case_id = uuid7()
    allocate = start_allocating(case_id, child_id=child_id, agency=holder)
    case = Case(
        id=case_id,
        partnership_id=holder.partnership_id,
        reference=new_reference("C"),
        child_id=child_id,
        lead_agency=holder,
        opened_as_id=actor.membership_id,
        theme=theme,
        priority=priority,
        opened_at=clock.now(),
        next_action=ALLOCATE,
        next_action_on=local(allocate.due_at).date(),
        next_due_at=allocate.due_at,
    )
    event = record(actor, "case.open", case, root_id=case_id, child_id=child_id)
    notifications.tell(
        event_id=event.id,
        root_id=case_id,
        audience=AgencyRoles(holder.id, (Role.MANAGER.value,)),
        message="case_opened",
        fields=case_fields(case),
        path=f"/cases/{case_id}",
    )
    return CaseInHand(case_id, case.reference, case.state, holder.id, joined=False, case=case)


def start_allocating(case_id: UUID, *, child_id: UUID, agency: Agency) -> Deadline:
    """Start the clock by which the agency must have found a lead practitioner."""
    return deadlines.start(
        "allocate",
        root_id=case_id,
        child_id=child_id,
        owner_agency_id=agency.id,
        partnership_id=agency.partnership_id,
    )
