"""Who has how much of what an agency leads, and how much of it is overdue: each number is the length of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Case as Placed
from django.db.models import F, When

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases import queries as cases
from backend.cases.models import Case
from backend.cases.queries.caseloads import caseload_of, load_kind, nearest
from backend.cases.rules import Caseload
from backend.core import clock
from backend.deadlines.calendar import local
from backend.deadlines.kinds import NEVER_NEXT
from backend.worklists.rules import TURNING_DAYS

# Whoever leads a case here without working here; the tables and a daily check forbid it, and a count must add up.
_GONE = "Works here no more"
# The same cases as the caseload lists, and the same instant at which each of them is late.
_COUNTED = """WITH led (id, holder, name, kind) AS MATERIALIZED ({cases})
  SELECT led.holder, min(led.name), led.kind, count(*), count(*) FILTER (WHERE coming.due_at < %s)
    FROM led LEFT JOIN app.coming_in(ARRAY(SELECT id FROM led), %s, %s, %s) coming ON coming.case_id = led.id
   GROUP BY led.holder, led.kind"""


@dataclass(slots=True)
class _Counted:
    """What was counted of one holder."""

    name: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class InHand:
    """What one person has in hand; `membership_id` opens the page that gives it to others."""

    user_id: UUID
    name: str
    role: str
    team: str
    team_id: UUID | None
    membership_id: UUID | None
    caseload: Caseload
    overdue: int


@dataclass(frozen=True, slots=True)
class Loads:
    """Everything that an agency leads: with whom it is, and what waits for somebody."""

    people: Sequence[InHand]
    unallocated: Caseload
    unallocated_overdue: int


def loads(actor: Actor) -> Loads:
    """Return what each person has in hand of what the actor's agency leads, in two statements."""
    counted = _counted(actor)
    waiting = counted.pop(None, _Counted())
    people = [
        InHand(
            one.user_id,
            one.user.name,
            Role(one.role).label,
            one.team.name if one.team else "",
            one.team_id,
            one.id,
            caseload_of(theirs.counts),
            theirs.overdue,
        )
        for one in nearest(actor.agency_id)
        for theirs in [counted.pop(one.user_id, _Counted())]
    ]
    gone = [
        InHand(pk, one.name, _GONE, "", None, None, caseload_of(one.counts), one.overdue)
        for pk, one in counted.items()
        if pk is not None
    ]
    return Loads([*people, *gone], caseload_of(waiting.counts), waiting.overdue)


def _counted(actor: Actor) -> dict[UUID | None, _Counted]:
    holder = Placed(When(state=Case.UNALLOCATED, then=None), default=F("lead_practitioner_id"))
    led = cases.led(actor).select_related(None).order_by().annotate(holder=holder, kind=load_kind())
    inner, given = led.values_list("id", "holder", "lead_practitioner__name", "kind").query.sql_with_params()
    now = clock.now()
    found: dict[UUID | None, _Counted] = {}
    with connection.cursor() as cursor:
        today = local(now).date()
        cursor.execute(_COUNTED.format(cases=inner), [*given, now, today, TURNING_DAYS, list(NEVER_NEXT)])
        for pk, name, kind, number, overdue in cursor.fetchall():
            one = found.setdefault(pk, _Counted(name or ""))
            one.counts[kind] = number
            one.overdue += overdue
    return found


def totals(found: Loads) -> Mapping[str, int]:
    """Return what all of it comes to."""
    each = [one.caseload for one in found.people] + [found.unallocated]
    return {
        "cases": sum(one.cases for one in each),
        "weight": sum(one.weight for one in each),
        "overdue": sum(one.overdue for one in found.people) + found.unallocated_overdue,
    }
