"""Reads of the notes that name somebody and that they have not said to have read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.access.actors import Actor
from backend.cases.models import Case, Note
from backend.cases.queries.noting import notes_visible_to
from backend.cases.queries.team import places_of
from backend.children.models import Child
from backend.core.among import among, keys_by
from backend.worklists.queries.items import MOST, Item

_LABEL = "Read a note that names you, by {}"


def waiting_notes(actor: Actor) -> "QuerySet[Note]":
    """Return the notes that name the actor and wait for them, of those they may still read."""
    waiting = among("id", keys_by("app.notes_naming_actor"))
    return notes_visible_to(actor).filter(waiting).prefetch_related(None)


def notes_naming(actor: Actor) -> Sequence[Any]:
    """Return them, the oldest first.

    Each with the reference of its case and, where they read it as one of the team, their place there.
    """
    place = places_of(actor).filter(root_id=OuterRef("root_id")).order_by()
    case = Case.objects.filter(pk=OuterRef("root_id"))
    return list(
        waiting_notes(actor)
        .annotate(
            place_id=Subquery(place.values("id")[:1]),
            reference=Coalesce(Subquery(case.values("reference")[:1]), Subquery(place.values("case_reference")[:1])),
        )
        .order_by("written_at", "id")[:MOST]
    )


def to_read(notes: Sequence[Any], children: Mapping[UUID, Child]) -> Iterator[Item]:
    """Yield a line for each note, which leads to where it is read."""
    for note in notes:
        path = f"/team-members/{note.place_id}" if note.place_id else f"/cases/{note.root_id}"
        label = _LABEL.format(note.written_by_name)
        yield Item(
            str(note.id), "mention", label, note.reference, path, note.written_at, child=children.get(note.child_id)
        )
