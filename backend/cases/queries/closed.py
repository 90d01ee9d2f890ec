"""The closed cases of one's agency, from which help begins again: reopened, or referred again."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.cases import queries
from backend.cases.models import Case
from backend.deadlines.calendar import at_local


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; nothing of a child, since it stands in an address."""

    reference: str = ""
    reason: str = ""
    since: date | None = None
    until: date | None = None


def closed(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    """Return the closed cases that the actor sees and their agency led, those closed last at the top."""
    found = queries.visible_to(actor).filter(lead_agency_id=actor.agency_id, state=Case.CLOSED)
    if wanted.reference:
        found = found.filter(reference=wanted.reference.upper())
    if wanted.reason:
        found = found.filter(closing_reason=wanted.reason)
    if wanted.since:
        found = found.filter(closed_at__gte=at_local(wanted.since, time.min))
    if wanted.until:
        found = found.filter(closed_at__lt=at_local(wanted.until + timedelta(days=1), time.min))
    return found.order_by("-closed_at", "-id")
