"""The chronology of a case: what happened by itself, and what people wrote down, merged as far as one page shows."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Whether
from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Link
from backend.agencies.models import Agency, User
from backend.audit.models import Event
from backend.cases.models import Note, TeamMember, Transfer
from backend.cases.queries import events_of
from backend.cases.queries.noting import notes_of
from backend.core.among import among

Entry: TypeAlias = Event | Note
# Where a page ended: when its last entry happened, and which it was.
Place: TypeAlias = tuple[datetime, UUID]
# The note that was written stands there itself, when it happened and not when it was written.
_TOLD_BY_NOTES = ("note.write", "note.significant")
# Told once, by what was done to the note or the document itself.
_GOES_WITH_IT = ("note.relabel_correction", "document.relabel_version")
_AN_ID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
# What is told of records of their own under a case, which whoever reads the case reads: by the apps that have them.
_told_of_others: set[str] = set()


def tell_of_others(*verbs: str) -> None:
    """Tell these events of records under a case in its chronology; called in the ready() of the app that has them."""
    _told_of_others.update(verbs)


def told_of_others() -> frozenset[str]:
    """Return which events of records under a case its chronology tells."""
    return frozenset(_told_of_others)


class Kind(StrEnum):
    """What of a chronology somebody wants to read."""

    ALL = "all"
    SIGNIFICANT = "significant"
    NOTES = "notes"
    AUTOMATIC = "automatic"


def chronology(actor: Actor, case_id: UUID, kind: Kind, *, after: Place | None, most: int) -> list[Entry]:
    """Return at most `most` entries of a case, the latest first, that come `after` the last one of another page.

    Each table gives no more than a page, whatever the length of the chronology: three statements at most, and one for
    what puts notes right.
    """
    found = [list(_further(rows, column, after)[:most]) for rows, column in _parts(actor, case_id, kind)]
    return list(islice(merge(*found, key=place_of, reverse=True), most))


def place_of(entry: Entry) -> Place:
    """Return where an entry stands in the chronology."""
    return (entry.happened_at if isinstance(entry, Note) else entry.at), entry.id


def _parts(actor: Actor, case_id: UUID, kind: Kind) -> Iterator[tuple["QuerySet[Any]", str]]:
    if kind in (Kind.ALL, Kind.AUTOMATIC):
        yield _with_names(events_of(actor, case_id).exclude(verb__in=(*_TOLD_BY_NOTES, *_GOES_WITH_IT))), "at"
        yield _with_names(_events_under(actor, case_id)), "at"
    if kind in (Kind.ALL, Kind.NOTES):
        yield notes_of(actor, case_id), "happened_at"
    if kind is Kind.SIGNIFICANT:
        yield notes_of(actor, case_id).exclude(analysis=""), "happened_at"


def _events_under(actor: Actor, case_id: UUID) -> "QuerySet[Event]":
    under = among("root_id", ArraySubquery(Link.objects.filter(parent_id=case_id).values("root_id")))
    told = Event.objects.filter(access.marked(actor), under, verb__in=_told_of_others)
    return told.order_by("-at", "-id")


def _further(rows: "QuerySet[Any]", column: str, after: Place | None) -> "QuerySet[Any]":
    if after is None:
        return rows
    at, pk = after
    # The first half bounds the reading of the index, the second tells apart what happened at one instant.
    return rows.filter(Q(**{f"{column}__lte": at}) & (Q(**{f"{column}__lt": at}) | Q(id__lt=pk)))


def _with_names(events: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return them with the names behind the ids they hold, from whom and to whom something went, in their statement.

    Who is on the team, and who was asked to lead, whoever reads those: the row policies of their tables say.
    """
    ids = {
        "old_person_id": _id_in("former_practitioner_id", "former_owner_id"),
        "new_person_id": _id_in("lead_practitioner_id", "owner_id"),
        "agency_id": _id_in("agency"),
        "member_id": _id_in("member_id"),
        "transfer_id": _id_in("transfer_id"),
    }
    member = _of(TeamMember, "member_id")
    asked = _of(Transfer, "transfer_id")
    named: QuerySet[Any] = events.annotate(**ids).annotate(
        from_person=Subquery(_of(User, "old_person_id").values("name")),
        to_person=Coalesce(
            Subquery(_of(User, "new_person_id").values("name")), Subquery(member.values("person__name"))
        ),
        from_agency=Subquery(asked.values("from_agency__name")),
        to_agency=Coalesce(
            Subquery(_of(Agency, "agency_id").values("name")),
            Subquery(asked.values("to_agency__name")),
            Subquery(member.values("person_agency__name")),
        ),
    )
    return named


def _of(model: Any, column: str) -> "QuerySet[Any]":
    found: QuerySet[Any] = model.objects.order_by().filter(pk=OuterRef(column))
    return found


def _id_in(*names: str) -> Any:
    """Return the id that an event holds under one of these names; some hold the name of somebody without account."""
    found = [
        Whether(When(**{f"data__{name}__regex": _AN_ID}, then=Cast(KT(f"data__{name}"), UUIDField()))) for name in names
    ]
    return found[0] if len(found) == 1 else Coalesce(*found)
