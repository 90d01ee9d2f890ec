"""A case that waits for a lead practitioner: its clock, what happens next, and whose turn it is to open one."""

from uuid import UUID

from django.db import connection

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.cases.models import Case
from backend.cases.queries.naming import NAMING
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.deadlines.calendar import local
from backend.deadlines.models import Deadline

ALLOCATE = "Allocate a lead practitioner"
CLOCK = "allocate"
FOLLOW_UP = "transfer_follow_up"
_TURN = """SELECT child_id, pg_advisory_xact_lock(hashtextextended('case of child ' || child_id, 0))
             FROM (SELECT coalesce(app.canonical_child(%s), %s) AS child_id OFFSET 0) known"""


def wait_for_turn(child_id: UUID) -> UUID:
    """Let one transaction at a time look for a child's case and open one; released when the transaction ends.

    Return the record that stands for the child.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [child_id, child_id])
        canonical_id: UUID = cursor.fetchone()[0]
    return canonical_id


def to_allocate(case_id: UUID, *, child_id: UUID, agency: Agency) -> Deadline:
    """Return the clock of a case that is being opened, to be written with it; see `start_allocating`."""
    (its_clock,) = deadlines.new_clocks(
        [CLOCK],
        root_id=case_id,
        child_id=child_id,
        owner_agency_id=agency.id,
        partnership_id=agency.partnership_id,
    )
    return its_clock


def start_allocating(case_id: UUID, *, child_id: UUID, agency: Agency) -> Deadline:
    """Start the clock by which the agency must have found a lead practitioner."""
    return deadlines.start(
        CLOCK,
        root_id=case_id,
        child_id=child_id,
        owner_agency_id=agency.id,
        partnership_id=agency.partnership_id,
    )


def change_lead(actor: Actor, case: Case, to_agency: Agency, *, handover_note: str) -> None:
    """Let another agency lead a locked case, with its clocks; who worked on it stays responsible until it is allocated.

    The caller records it.
    """
    deadlines.meet(case.id, (FOLLOW_UP, NAMING))
    deadlines.move_owner(case.id, to_agency.id)
    # A case still waiting at the former lead starts its two days anew: it was not this agency that let them pass.
    running = [clock.kind for clock in deadline_queries.running(case.id)]
    deadlines.stop_all(case.id, keep=[kind for kind in running if kind != CLOCK])
    allocate = start_allocating(case.id, child_id=case.child_id, agency=to_agency)
    case.change_lead(
        actor,
        {
            "lead_agency_id": to_agency.id,
            "handover_note": handover_note,
            "next_action": ALLOCATE,
            "next_action_on": local(allocate.due_at).date(),
        },
    )
    case.next_due_at = deadline_queries.next_due(case.id)
