"""Reads of agreements and of the ledger: what the family last said about being helped, and what was shown to whom."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from backend.access.models import Involvement
from backend.access.relations import Relation
from backend.core import clock
from backend.sharing.models import Agreement, Disclosure, Withdrawal
from backend.sharing.rules import CONSENT, Sharer, first_day_open


def agreements_of(root_id: UUID) -> QuerySet[Agreement]:
    """Return what was said about being helped in one record, the last answer first."""
    return Agreement.objects.filter(root_id=root_id).order_by("-recorded_at", "-id")


def agreed_until(root: OuterRef) -> QuerySet[Agreement, Any]:
    """Return, as a subquery for the records `root`, until which day the family's last answer holds, if it has one."""
    return Agreement.objects.filter(root_id=root).order_by("-recorded_at", "-id").values("agreed_until")[:1]


def agreement_state(root_id: UUID) -> str:
    """Return how the last answer stands; empty when nobody has answered."""
    return agreements_of(root_id).values_list("state", flat=True).first() or ""


def ledger(root_ids: Iterable[UUID]) -> QuerySet[Disclosure]:
    """Return the shares of these records, the latest first."""
    taken_back = Withdrawal.objects.filter(disclosure_id=OuterRef("pk"))
    shares = Disclosure.objects.filter(root_id__in=list(root_ids)).select_related("from_agency", "to_agency")
    shares = shares.annotate(
        withdrawn_at=Subquery(taken_back.values("at")[:1]),
        withdrawn_by=Subquery(taken_back.values("said_by")[:1]),
        renewed_at=Subquery(_renewals().values("at")[:1]),
    )
    return shares.order_by("-at", "-id")


def resting_on_consent(root_id: UUID) -> QuerySet[Disclosure]:
    """Return the shares of a record that rest on a consent which holds: not taken back, not run out; oldest first."""
    return _still_open().filter(root_id=root_id, article6=CONSENT).order_by("at", "id")


def ends_of(root: OuterRef) -> QuerySet[Disclosure, Any]:
    """Return, as a subquery for the records `root`, on which day the first of their shares ends by itself."""
    return _still_open().filter(root_id=root, expires_on__isnull=False).order_by("expires_on").values("expires_on")[:1]


def shared_again(share: Disclosure) -> QuerySet[Disclosure]:
    """Return the later shares, which hold, of the very thing that `share` opened to its agency."""
    same = _still_open().filter(root_id=share.root_id, opens_id=share.opens_id, to_agency_id=share.to_agency_id)
    return same.filter(opens_id__isnull=False, at__gt=share.at)


def renewable(root_id: UUID, sharer: Sharer) -> QuerySet[Disclosure]:
    """Return the shares of a record with a last day to come, by which somebody still reads, that `sharer` may renew.

    The projection says who reads by what a share opened; who is responsible for a record, and who is outside, is not
    asked about.
    """
    now = clock.now()
    reads = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=clock.begun())
    reads = reads.filter(source_id=OuterRef("opens_id"), agency_id=OuterRef("to_agency_id"))
    goes_on = Q(to_agency=None) | Q(opens_id=F("root_id")) | Exists(reads.exclude(relation=Relation.FORMER))
    shares = _still_open().filter(goes_on, root_id=root_id, expires_on__isnull=False)
    # Nobody shares with themselves: what is theirs by now needs no renewal.
    shares = shares.filter(Q(to_agency=None) | ~Q(to_agency_id=sharer.agency_id))
    shares = shares if sharer.is_responsible else shares.filter(from_agency_id=sharer.agency_id)
    return shares.select_related("to_agency").order_by("expires_on", "id")


def _still_open() -> QuerySet[Disclosure]:
    """Return the shares that hold: whoever took one back, and whatever carries it on, has ended it."""
    taken_back = Withdrawal.objects.filter(disclosure_id=OuterRef("pk"))
    holds = Q(expires_on=None) | Q(expires_on__gte=first_day_open())
    return Disclosure.objects.filter(holds, ~Exists(taken_back), ~Exists(_renewals()))


def _renewals() -> QuerySet[Disclosure]:
    """Return, for a subquery, what carries a share of the same record on."""
    return Disclosure.objects.filter(root_id=OuterRef("root_id"), renews_id=OuterRef("pk"))
