"""What is still open about a child who has died, and what still rests about one who has not, by any of its records.

For the worker, which sees all; of the last days only, because what follows is done within minutes.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from backend.access import queries
from backend.cases.models import Case
from backend.children.models import Child, Death
from backend.core import clock
from backend.referrals.models import Referral

_LATELY = timedelta(days=7)
Root = tuple[Death, str, UUID]


def roots_to_follow() -> Iterator[Root]:
    """Yield (death, what it is, its id) for each case, referral and record of the child that does not say so yet."""
    since = clock.now() - _LATELY
    lately = Death.objects.filter(Q(taken_back_at__gte=since) | Q(recorded_at__gte=since)).order_by("recorded_at")
    standing = {death.child_id for death in lately if death.taken_back_at is None}
    for death in lately:
        if death.taken_back_at is None:
            yield from _still_open(death)
        elif death.child_id not in standing:
            yield from _still_at_rest(death)


def _still_open(death: Death) -> Iterator[Root]:
    about = queries.about_child(death.child_id)
    for pk in Case.objects.filter(about, state__in=Case.OPEN).values_list("id", flat=True):
        yield death, "case", pk
    for pk in Referral.objects.filter(about, state__in=Referral.OPEN).values_list("id", flat=True):
        yield death, "referral", pk
    records = queries.about_child(death.child_id, column="id")
    for pk in Child.objects.filter(records, died_on=None).values_list("id", flat=True):
        yield death, "child", pk


def _still_at_rest(death: Death) -> Iterator[Root]:
    about = queries.about_child(death.child_id)
    for pk in Case.objects.filter(about).exclude(died_from="").values_list("id", flat=True):
        yield death, "case", pk
    for pk in Referral.objects.filter(about).exclude(died_from="").values_list("id", flat=True):
        yield death, "referral", pk
    records = queries.about_child(death.child_id, column="id")
    for pk in Child.objects.filter(records, died_on__isnull=False).values_list("id", flat=True):
        yield death, "child", pk
