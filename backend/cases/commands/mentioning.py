"""Naming colleagues in a note: only those who may read it, told by name, and counted until they say they have."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.marks import Mark
from backend.cases.models import Note, TeamMember
from backend.cases.queries.readers import Reader, readers_of
from backend.core import clock
from backend.core.errors import Invalid
from backend.notifications.audience import Person
from backend.notifications.commands import Notice
from backend.workflow.changing import Change

_MAY_NOT_READ = (
    "We could not name everybody you chose, because somebody among them may not read this note. Choose from the list."
)
MESSAGE = "case_note_names_you"


def named_in(note: Note, actor: Actor, chosen: Collection[UUID]) -> list[Reader]:
    """Write into a note whom it names, of those who may read it as it is; raise Invalid where somebody may not."""
    if not chosen:
        return []
    readers = readers_of(note.root_id, note.child_id, mark=Mark(note.mark), is_shared=note.is_shared, but=actor.user_id)
    if not set(chosen) <= readers.keys():
        raise Invalid(_MAY_NOT_READ, fields={"named": [_MAY_NOT_READ]})
    # Somebody who has two roles is named once.
    named = {readers[pk].user_id: readers[pk] for pk in chosen}
    note.named = [
        {"user_id": str(one.user_id), "agency_id": str(one.agency_id), "name": one.name, "read_at": None}
        for one in named.values()
    ]
    return list(named.values())


def to_named(
    note: Note, named: Sequence[Reader], fields: Mapping[str, str], *, message: str = MESSAGE
) -> Iterator[Notice]:
    """Yield what tells each of them, and leads to where they read it: the case, or their place on the team."""
    partners = [one.user_id for one in named if not one.reads_case]
    places = TeamMember.objects.filter(root_id=note.root_id, state=TeamMember.ON, person_id__in=partners)
    place_of = dict(places.values_list("person_id", "id")) if partners else {}
    for one in named:
        path = f"/cases/{note.root_id}" if one.reads_case else f"/team-members/{place_of[one.user_id]}"
        yield Notice(Person(one.user_id), message, fields, path)


def said_read(change: Change[Note], given: dict[str, Any]) -> None:
    """Whoever is named says that they have read it: it is no work of theirs any more, and its writer sees it."""
    note, actor = change.target, change.actor
    change.data = {"note_id": str(note.id), "kind": note.kind}
    read_at = clock.now().isoformat()
    note.named = [
        {**one, "read_at": read_at} if one["user_id"] == str(actor.user_id) and one["read_at"] is None else one
        for one in note.named
    ]
