"""A case that waits for a lead practitioner: its clock, what happens next, and whose turn it is to open one."""

from uuid import UUID

from django.db import connection

from backend.agencies.models import Agency
from backend.deadlines import commands as deadlines
from backend.deadlines.models import Deadline

ALLOCATE = "Allocate a lead practitioner"
CLOCK = "allocate"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def wait_for_turn(canonical_id: UUID) -> None:
    """Let one transaction at a time look for a child's case and open one; released when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"case of child {canonical_id}"])


def start_allocating(case_id: UUID, *, child_id: UUID, agency: Agency) -> Deadline:
    """Start the clock by which the agency must have found a lead practitioner."""
    return deadlines.start(
        CLOCK,
        root_id=case_id,
        child_id=child_id,
        owner_agency_id=agency.id,
        partnership_id=agency.partnership_id,
    )
