"""How long referrals and cases stand where they stand: from the event that brought each there to the one that ended it.

Built from events alone (docs/adr/0057): whatever changed a state wrote one, with where it came from and where it went.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F
from django.db.models.expressions import RawSQL

from backend.access import queries as access
from backend.access.actors import Actor
from backend.audit.models import Event
from backend.cases.models import Case
from backend.insights.queries.flow import Period, Records
from backend.referrals.models import Referral

REFERRAL, CASE = "referral", "case"
NOW, LEFT = "now", "left"
# The states in which somebody waits for somebody, in the order in which a child meets them.
STATES: Mapping[str, Sequence[str]] = {REFERRAL: Referral.OPEN, CASE: Case.OPEN}
LABELS: Mapping[str, Mapping[str, str]] = {REFERRAL: Referral.LABELS, CASE: Case.LABELS}
# What a list is asked for by: `referral.triage`.
PLACES: Mapping[str, tuple[str, str]] = {
    f"{noun}.{state}": (noun, state) for noun, states in STATES.items() for state in states
}

_BY_STATE = """SELECT noun, state, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY ended_at - began_at),
  percentile_cont(0.9) WITHIN GROUP (ORDER BY ended_at - began_at) FROM app.stays_ended(%s, %s) GROUP BY noun, state"""
_IDS = "SELECT id FROM app.stays_ended(%s, %s) WHERE noun = %s AND state = %s"
_BEGAN = "SELECT id, began_at FROM app.stays_ended(%s, %s) WHERE id = ANY (%s)"


@dataclass(frozen=True, slots=True)
class Stays:
    """How many stays in one state ended within some days, and how long half and nine in ten of them took at most."""

    count: int
    median: timedelta
    ninetieth: timedelta


def ended(period: Period) -> Mapping[tuple[str, str], Stays]:
    """Return the stays that ended in a period by record and state; whose they are, the database asks itself."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_STATE, period.bounds)
        return {(noun, state): Stays(*told) for noun, state, *told in cursor.fetchall()}


def standing(actor: Actor) -> Mapping[tuple[str, str], int]:
    """Return how many records of the actor's agency are in each state now, in a statement for each kind of record."""
    found: dict[tuple[str, str], int] = {}
    for noun, states in STATES.items():
        rows = _open(actor, noun).filter(state__in=states).values("state").annotate(number=Count("id")).order_by()
        found |= {(noun, row["state"]): row["number"] for row in rows}
    return found


def behind(actor: Actor, period: Period, *, figure: str, noun: str, state: str) -> Records:
    """Return the very records that are in a state now, the oldest first; or the events by which one was left."""
    if figure == NOW:
        return (
            _open(actor, noun).filter(state=state).order_by("submitted_at" if noun == REFERRAL else "opened_at", "id")
        )
    ids = RawSQL(_IDS, (*period.bounds, noun, state))  # noqa: S611 # a text of ours, with its values apart
    return Event.objects.filter(id__in=ids).order_by("-at", "-id")


def _open(actor: Actor, noun: str) -> Records:
    if noun == CASE:
        return Case.objects.filter(lead_agency_id=actor.agency_id).exclude(access.barred(actor))
    sent = Referral.objects.filter(holder_id=actor.agency_id, submitted_at__isnull=False)
    return sent.exclude(access.barred(actor))


def began(period: Period, left: Sequence[Event]) -> Mapping[UUID, datetime]:
    """Return when the stays began that these events ended."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGAN, [*period.bounds, [one.id for one in left]])
        return dict(cursor.fetchall())


def since(noun: str, records: Sequence[Any]) -> Mapping[UUID, datetime]:
    """Return since when records are in the state in which they are."""
    changed = Event.objects.filter(root_id__in=[one.id for one in records], verb__startswith=f"{noun}.")
    changed = changed.filter(to_state__in=STATES[noun]).exclude(from_state=F("to_state"))
    return dict(changed.order_by("root_id", "-version").distinct("root_id").values_list("root_id", "at"))
