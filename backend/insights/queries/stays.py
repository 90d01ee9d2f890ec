"""How long referrals and cases stand where they stand: from the event that brought each there to the one that ended it.

Built from events alone (docs/adr/0057): whatever changed a state wrote one, with where it came from and where it went.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DurationField, ExpressionWrapper, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, TruncDate

from backend.access.actors import Actor
from backend.audit.models import Event
from backend.cases.models import Case
from backend.deadlines.calendar import LONDON
from backend.insights.queries.figures import GROUP, WHOLE, Figure, in_order
from backend.insights.queries.flow import DAY_OF_NOW, Percentile, Period, Records
from backend.insights.queries.whose import countable
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

_BY_STATE = """SELECT noun || '.' || state, count(*),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY app.as_told(ended_at - began_at)),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY app.as_told(ended_at - began_at))
  FROM app.stays_ended(%s, %s) GROUP BY 1"""
_IDS = "SELECT id FROM app.stays_ended(%s, %s) WHERE noun = %s AND state = %s"
_BEGAN = "SELECT id, began_at FROM app.stays_ended(%s, %s) WHERE id = ANY (%s)"


def left(actor: Actor, period: Period) -> Records:
    """Return the events that ended a stay in a period, each with how long it was, told apart by state.

    For the worker. Whom row security asks about each event is answered by a function of the database's instead.
    """
    since, until = period.bounds
    noun = Func(F("verb"), Value("."), Value(1), function="split_part", output_field=CharField())
    events = Event.objects.annotate(noun=noun).exclude(from_state=F("to_state"))
    came = events.filter(root_id=OuterRef("root_id"), noun=OuterRef("noun"), to_state=OuterRef("from_state"))
    before = came.filter(version__lt=OuterRef("version")).order_by("-version").values("at")[:1]
    stayed = ExpressionWrapper(F("at") - F("began"), output_field=DurationField())
    ended = events.filter(_of_whom(actor), at__gte=since, at__lt=until).annotate(began=Subquery(before))
    found: Records = ended.filter(began__isnull=False).annotate(
        stayed=stayed, group=Concat("noun", Value("."), "from_state", output_field=CharField())
    )
    return found


def _of_whom(actor: Actor) -> Q:
    """Return the events by which the agency's own records left a state; what was entered in error never stood."""
    sent = Referral.objects.filter(holder_id=actor.agency_id).exclude(state=Referral.ENTERED_IN_ERROR)
    led = Case.objects.filter(lead_agency_id=actor.agency_id)
    own = {noun: countable(actor, records).values("id") for noun, records in ((REFERRAL, sent), (CASE, led))}
    of_each = [Q(root_id__in=ids, noun=noun, from_state__in=STATES[noun]) for noun, ids in own.items()]
    # Said of both at once too: behind an OR no index of the events would be used.
    return Q(root_id__in=own[REFERRAL].union(own[CASE])) & reduce(or_, of_each)


class _Stays(Figure):
    """Stays by state, which the database counts for a person, who it finds out itself."""

    def split(self, actor: Actor, period: Period) -> Sequence[Mapping[str, Any]]:
        """Return how many ended, and how long half and nine in ten of them took at most."""
        with connection.cursor() as cursor:
            cursor.execute(_BY_STATE, period.bounds)
            rows = [dict(zip((GROUP, WHOLE, *self.more), row, strict=True)) for row in cursor.fetchall()]
        return in_order(rows)


STAYS = _Stays(
    left,
    {},
    ("-at", "-id"),
    {
        "median": Percentile("stayed", fraction=0.5),
        "ninetieth": Percentile("stayed", fraction=0.9),
    },
    TruncDate("at", tzinfo=LONDON),
)


def behind(actor: Actor, period: Period, *, figure: str, noun: str, state: str) -> Records:
    """Return the very records that are in a state now, the oldest first; or the events by which one was left."""
    if figure == NOW:
        return STANDS[noun].behind(actor, period, "", state)
    ids = RawSQL(_IDS, (*period.bounds, noun, state))  # noqa: S611 # a text of ours, with its values apart
    return Event.objects.filter(id__in=ids).order_by("-at", "-id")


def _open(actor: Actor, noun: str) -> Records:
    """Return the open records of one kind that the agency has now, told apart by their state."""
    sent = Referral.objects.filter(holder_id=actor.agency_id, submitted_at__isnull=False)
    own: Mapping[str, Any] = {REFERRAL: sent, CASE: Case.objects.filter(lead_agency_id=actor.agency_id)}
    waiting = countable(actor, own[noun].filter(state__in=STATES[noun]))
    found: Records = waiting.annotate(group=F("state"))
    return found


# How many records of each kind are in each state now.
STANDS: Mapping[str, Figure] = {
    REFERRAL: Figure(lambda actor, _now: _open(actor, REFERRAL), {}, ("submitted_at", "id"), day=DAY_OF_NOW),
    CASE: Figure(lambda actor, _now: _open(actor, CASE), {}, ("opened_at", "id"), day=DAY_OF_NOW),
}


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
