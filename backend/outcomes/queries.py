"""Reads of scores: all of a record in the order they were taken."""

from uuid import UUID

from django.db.models import QuerySet

from backend.outcomes.models import Score


def scores_of(root_id: UUID) -> QuerySet[Score]:
    """Return the scores of a record that count, the earliest first; who sees the record has been asked already."""
    return (
        Score.objects.filter(root_id=root_id, state=Score.STANDS)
        .select_related("agency")
        .order_by("taken_on", "at", "id")
    )


def is_scored(subject_id: UUID) -> bool:
    """Say whether this subject has a number already: the reason why there is none is nothing to measure change by."""
    return Score.objects.filter(subject_id=subject_id, state=Score.STANDS, value__isnull=False).exists()
