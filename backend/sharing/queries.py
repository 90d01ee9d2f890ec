"""Reads of agreements: what the family last said about being helped."""

from uuid import UUID

from django.db.models import QuerySet

from backend.sharing.models import Agreement


def agreements_of(root_id: UUID) -> QuerySet[Agreement]:
    """Return what was said about being helped in one record, the last answer first."""
    return Agreement.objects.filter(root_id=root_id).order_by("-recorded_at", "-id")


def agreement_state(root_id: UUID) -> str:
    """Return how the last answer stands; empty when nobody has answered."""
    return agreements_of(root_id).values_list("state", flat=True).first() or ""
