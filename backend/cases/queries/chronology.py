"""The chronology of a case: what happened by itself, and what people wrote down, merged as far as one page shows."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access.actors import Actor
from backend.audit.models import Event
from backend.cases.models import Note
from backend.cases.queries import events_of
from backend.cases.queries.noting import notes_of

Entry: TypeAlias = Event | Note
# Where a page ended: when its last entry happened, and which it was.
Place: TypeAlias = tuple[datetime, UUID]
# The note that was written stands there itself, when it happened and not when it was written.
_TOLD_BY_NOTES = ("note.write", "note.significant")


class Kind(StrEnum):
    """What of a chronology somebody wants to read."""

    ALL = "all"
    SIGNIFICANT = "significant"
    NOTES = "notes"
    AUTOMATIC = "automatic"


def chronology(actor: Actor, case_id: UUID, kind: Kind, *, after: Place | None, most: int) -> list[Entry]:
    """Return at most `most` entries of a case, the latest first, that come `after` the last one of another page.

    Each table gives no more than a page, whatever the length of the chronology: two statements at most, and one for
    what puts notes right.
    """
    found = [list(_further(rows, column, after)[:most]) for rows, column in _parts(actor, case_id, kind)]
    return list(islice(merge(*found, key=place_of, reverse=True), most))


def place_of(entry: Entry) -> Place:
    """Return where an entry stands in the chronology."""
    return (entry.happened_at if isinstance(entry, Note) else entry.at), entry.id


def _parts(actor: Actor, case_id: UUID, kind: Kind) -> Iterator[tuple["QuerySet[Any]", str]]:
    if kind in (Kind.ALL, Kind.AUTOMATIC):
        yield events_of(actor, case_id).exclude(verb__in=_TOLD_BY_NOTES), "at"
    if kind in (Kind.ALL, Kind.NOTES):
        yield notes_of(actor, case_id), "happened_at"
    if kind is Kind.SIGNIFICANT:
        yield notes_of(actor, case_id).exclude(analysis=""), "happened_at"


def _further(rows: "QuerySet[Any]", column: str, after: Place | None) -> "QuerySet[Any]":
    if after is None:
        return rows
    at, pk = after
    # The first half bounds the reading of the index, the second tells apart what happened at one instant.
    return rows.filter(Q(**{f"{column}__lte": at}) & (Q(**{f"{column}__lt": at}) | Q(id__lt=pk)))
