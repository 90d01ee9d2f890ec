"""Reads of the links by which somebody without an account sees how their referral stands."""

from uuid import UUID

from django.db.models import QuerySet

from backend.core import clock
from backend.notifications.models import PENDING
from backend.referrals.models import StatusLink


def open_links(root_id: UUID) -> QuerySet[StatusLink]:
    """Return the link of a referral that is neither used nor taken back, perhaps run out."""
    return StatusLink.objects.filter(root_id=root_id, used_at__isnull=True, ended_at__isnull=True)


def to_send() -> QuerySet[StatusLink]:
    """Return the links that wait to be sent by email, the longest waiting first."""
    now = clock.now()
    waiting = StatusLink.objects.filter(PENDING, is_emailed=True, ended_at__isnull=True, expires_at__gt=now)
    return waiting.filter(next_try_at__lte=now).order_by("next_try_at", "id")
