"""Reads of agreements and disclosures of one record."""

from uuid import UUID

from backend.sharing.models import Agreement, Disclosure


def latest_agreement(root_id: UUID) -> Agreement | None:
    """Return what was last said about agreement on this record; None when nothing was."""
    return Agreement.objects.filter(root_id=root_id).order_by("-recorded_at", "-id").first()


def disclosures(root_id: UUID) -> list[Disclosure]:
    """Return every share of this record, the latest first."""
    return list(
        Disclosure.objects.filter(root_id=root_id).select_related("from_agency", "to_agency").order_by("-at", "-id")
    )
