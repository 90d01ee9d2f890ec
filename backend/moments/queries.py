"""What the worker asks to pass a report on: which child it is, beyond doubt, and who has that child's case."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from backend.cases.models import Case
from backend.children.match_keys import Described, keys_to_ask
from backend.children.models import Child, Death
from backend.matching.comparing import ready
from backend.matching.weighing import Weighed, weigh, weights
from backend.moments.models import CriticalMoment

# Odds of about 60 to 1 that it is this child and no stranger, and no brother or sister: no officer looks at it before
# it reaches somebody's worker. What is less sure goes to the front door, where one does.
_SURE = 6.0
_SHARING = "SELECT * FROM app.job_candidates(%s, %s)"
_RECORDS = "SELECT DISTINCT r FROM unnest(%s::uuid[]) AS c (id), app.child_records(c.id) AS r"


def waiting() -> QuerySet[CriticalMoment]:
    """Return the reports that nobody has yet, the oldest first."""
    return CriticalMoment.objects.filter(state=CriticalMoment.RECEIVED).order_by("id")


def open_case(moment: CriticalMoment) -> Case | None:
    """Return the open case of the child a report is about; None when it is not certain whose it is."""
    sure = sure_children(moment.described, moment.partnership_id)
    if not sure:
        return None
    cases = Case.objects.select_related("lead_agency", "lead_practitioner", "partnership")
    found = list(cases.filter(child_id__in=_records(sure), state__in=Case.OPEN).order_by("id")[:2])
    return found[0] if len(found) == 1 else None


def death_of(moment: CriticalMoment) -> Death | None:
    """Return what stands recorded of the death of the child a report is about, where it is certain whose it is."""
    records = _records(sure_children(moment.described, moment.partnership_id))
    return Death.objects.filter(child_id__in=records, taken_back_at=None).order_by("recorded_at").first()


def sure_children(described: Described, partnership_id: UUID) -> list[UUID]:
    """Return the records, of a whole partnership, that are this child beyond doubt; only the worker sees them all."""
    by, mine = weights(), ready(described)
    near = Child.objects.filter(pk__in=_sharing_a_key(keys_to_ask(described), partnership_id)).order_by("id")
    return [child.id for child in near if _is_sure(weigh(mine, ready(child.described), by))]


def _is_sure(weighed: Weighed) -> bool:
    return weighed.against_strangers >= _SURE and weighed.against_siblings >= _SURE


def _sharing_a_key(keys: list[str], partnership_id: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, [keys, partnership_id])
        return [row[0] for row in cursor.fetchall()]


def _records(children: Iterable[UUID]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, [list(children)])
        return [row[0] for row in cursor.fetchall()]
