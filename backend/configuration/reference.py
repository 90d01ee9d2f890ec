"""The first version of each kind, from what the product came with; a partnership that has one keeps its own."""

from datetime import UTC, datetime
from uuid import UUID

from backend.access.actors import SYSTEM
from backend.agencies.models import Partnership
from backend.audit.commands import who
from backend.audit.history import row_of
from backend.audit.models import Event
from backend.configuration.kinds import Kind, kinds
from backend.configuration.models import Version
from backend.core import clock

BY = "Alongside, as it came"
# Before anything that anybody recorded: what was made before there were versions was made by this one.
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)


def load(using: str) -> int:
    """Write what is missing on connection `using` (the owner's), in the caller's transaction; return how many."""
    written = 0
    there = set(Version.objects.using(using).values_list("partnership_id", "kind"))
    ready = Partnership.objects.using(using).filter(front_door__isnull=False)
    for partnership_id, front_door_id in ready.values_list("id", "front_door_id"):
        for kind in kinds().values():
            if (partnership_id, kind.code) not in there:
                _write(using, _first(partnership_id, front_door_id, kind))
                written += 1
    return written


def _first(partnership_id: UUID, front_door_id: UUID, kind: Kind) -> Version:
    note, entries = kind.shipped()
    version = Version(
        version=1,
        partnership_id=partnership_id,
        kept_by_id=front_door_id,
        kind=kind.code,
        number=1,
        entries=entries,
        started_by_name=BY,
        started_at=_FIRST,
    )
    with clock.at(_FIRST):
        version.publish(
            SYSTEM, {"from_day": _FIRST.date(), "note": note, "proposed_by_id": None, "proposed_by_name": ""}
        )
    # Nobody of the partnership has agreed to it: it is what the product came with.
    version.published_by_id, version.published_by_name = None, BY
    return version


def _write(using: str, version: Version) -> None:
    """Write it as `record` would, on the owner's connection: what is now, its event, and its first history row."""
    verb, state = "configuration.begin", version.state
    event = Event(root_id=version.id, verb=verb, at=_FIRST, version=1, to_state=state, **who(SYSTEM))
    version.skip_history_when_saving = True  # type: ignore[attr-defined] # as audit.commands says
    version.save(using=using, force_insert=True)
    event.save(using=using, force_insert=True)
    row_of(version, event, is_new=True).save(using=using, force_insert=True)
