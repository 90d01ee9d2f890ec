"""Clocks of records that are nothing else, for tests of what the worker does with them."""

from uuid import UUID

from backend.agencies.models import Agency
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines import commands
from tests.deadlines.test_calendar import london


def start(door: Agency, *kinds: str, urgent: bool = False, child_id: UUID | None = None) -> UUID:
    """Clocks of a new record, started on Monday at ten."""
    root_id = uuid7()
    with clock.at(london("2026-11-23 10:00")):
        commands.start_all(
            kinds,
            root_id=root_id,
            child_id=child_id,
            owner_agency_id=door.pk,
            partnership_id=door.partnership_id,
            urgent=urgent,
        )
    return root_id
