"""Making the file of an export: in the worker, in the asker's own name and rights, a few hundred rows at a time.

Each part is read in a transaction of its own that is bound to the asker as they are at that moment, so a seal, a
conflict or the end of their role counts from the next part on; and the page sees how far it has got. Nothing of it can
be read before all of it is kept. A worker that is killed leaves a row that says “running” and gives no more signs:
the next one begins anew, and whoever finishes must be the one who began last.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.actors import Actor, actor_of
from backend.access.binding import acting, acting_as_system
from backend.agencies.models import Membership
from backend.audit import access_log
from backend.core import clock
from backend.core.errors import Forbidden
from backend.core.spreadsheets import Sheet, file_kind, write
from backend.core.spreadsheets.cells import Cell
from backend.deadlines.calendar import in_words
from backend.documents import storing
from backend.exports import queries
from backend.exports.commands.asking import WATCHING, require
from backend.exports.commands.keeping import LIFE, workspace
from backend.exports.lists import LISTS
from backend.exports.lists.listing import Rows
from backend.exports.models import Export, State
from backend.notifications.audience import Person
from backend.notifications.commands import tell

MAKE = "exports.make"
# More is no list that somebody reads, and the worker has other things to do meanwhile.
MOST_ROWS = 20_000
PART = 500
_BATCH = 10
_TRIES = 3
log = structlog.get_logger(__name__)


class NotMade(Exception):
    """An export that will not become one, with the code of why."""


class TakenAway(Exception):
    """Somebody deleted it meanwhile, or another worker has begun it anew: nothing of this attempt is kept."""


def make_all() -> int:
    """Make what waits, each in transactions of its own; return how many were begun."""
    with acting_as_system(job=MAKE):
        ids = list(queries.to_make().values_list("id", flat=True)[:_BATCH])
    return sum(_make(export_id) for export_id in ids)


def _make(export_id: UUID) -> bool:
    export = _begin(export_id)
    if export is None:
        return False
    try:
        if export.attempts > _TRIES:
            raise NotMade("error")
        with workspace() as folder:
            _Making(export).run(folder)
    except (OperationalError, InterfaceError):
        # The database is away: nobody gives a sign at this export, so it is begun again.
        raise
    except TakenAway:
        pass
    except NotMade as reason:
        _fail(export, str(reason))
    except Forbidden:
        _fail(export, "not_allowed")
    except Exception as error:
        # One export must not keep the others waiting; it is tried again when it has been silent for a while.
        log.error("export not made", export=str(export_id), error=type(error).__name__)
    return True


def _begin(export_id: UUID) -> Export | None:
    with acting_as_system(job=MAKE):
        waiting = queries.to_make().filter(pk=export_id)
        export = waiting.select_for_update(skip_locked=True, no_key=True).first()
        if export is None:
            return None
        export.attempts += 1
        begun = {"state": State.RUNNING, "beat_at": clock.now(), "attempts": export.attempts, "rows_done": 0}
        Export.objects.filter(pk=export.pk).update(**begun)
        return export


def _fail(export: Export, why: str) -> None:
    with acting_as_system(job=MAKE):
        values = {"state": State.FAILED, "failure": why, "ended_at": clock.now()}
        if _mine(export).update(**values):
            _tell(export, "export_failed", due="")


def _mine(export: Export) -> Any:
    """Return the row as long as it is this attempt's."""
    return Export.objects.filter(pk=export.pk, state=State.RUNNING, attempts=export.attempts)


def _tell(export: Export, message: str, *, due: str) -> None:
    looked = Export.objects.filter(pk=export.pk).values_list("looked_at", flat=True).get()
    if looked >= clock.now() - WATCHING:
        return
    fields = {"label": LISTS[export.list_code].label, **({"due": due} if due else {})}
    audience = Person(export.user_id)
    tell(event_id=None, root_id=None, audience=audience, message=message, fields=fields, path="/exports")


class _Making:
    """One attempt at one export."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.root_ids: set[UUID] = set()
        self.child_ids: set[UUID] = set()
        self.rows = 0

    def run(self, folder: Path) -> None:
        """Write the file and keep it; raise NotMade or TakenAway."""
        export, listing = self.export, LISTS[self.export.list_code]
        asked = listing.filters(export.filters)
        with self._as_asker() as actor:
            found = [(one, one.keys(actor, asked, MOST_ROWS + 1)) for one in listing.sheets]
            total = sum(len(ids) for _one, ids in found)
            if total > MOST_ROWS:
                raise NotMade("too_long")
            self._beat(rows_total=total)
        sheets = [
            Sheet(one.named(asked), one.columns, self._cells(one, asked, ids), listing.days) for one, ids in found
        ]
        path = folder / "list"
        write(export.file_format, path, sheets)
        self._keep(path, file_kind(export.file_format, sheets=len(sheets)).extension)

    @contextmanager
    def _as_asker(self) -> Iterator[Actor]:
        """Open a transaction in the asker's name, as they are now; raise NotMade or Forbidden when they may not."""
        found = Membership.objects.select_related("user", "agency").get(pk=self.export.membership_id)
        if not (found.user.is_active and found.is_active_at(clock.now())):
            raise NotMade("left")
        with acting(actor_of(found)) as actor:
            require(actor, LISTS[self.export.list_code])
            yield actor

    def _cells(self, listing: Rows, asked: dict[str, Any], ids: list[UUID]) -> Iterator[tuple[Cell, ...]]:
        for at in range(0, len(ids), PART):
            part = ids[at : at + PART]
            with self._as_asker() as actor:
                kept = listing.some(actor, asked, part)
                rows = listing.cells(asked, kept)
                self._note(listing, kept)
                self.rows += len(rows)
                self._beat(rows_done=self.rows)
            yield from rows

    def _note(self, listing: Rows, found: list[Any]) -> None:
        self.root_ids.update(root for root in map(listing.root, found) if root is not None)
        self.child_ids.update(child for child in (getattr(one, "child_id", None) for one in found) if child)

    def _beat(self, **progress: int) -> None:
        """Say how far it is; raise TakenAway when it is nobody's any more."""
        if not _mine(self.export).update(beat_at=clock.now(), **progress):
            raise TakenAway

    def _keep(self, path: Path, extension: str) -> None:
        """Keep the file and say so, with the access row, in one transaction; what nobody names is swept away."""
        name = storing.keep_file(path, storing.EXPORTS)
        now = clock.now()
        made: dict[str, Any] = {
            "state": State.READY,
            "rows_done": self.rows,
            "rows_total": self.rows,
            "ready_at": now,
            "expires_at": now + LIFE,
            "extension": extension,
            "size": path.stat().st_size,
            "sha256": storing.digest_of(path),
            "storage_name": name,
            "root_ids": sorted(self.root_ids),
            "child_ids": sorted(self.child_ids),
        }
        try:
            with self._as_asker() as actor:
                self._say_ready(actor, made)
        except (TakenAway, NotMade, Forbidden):
            storing.forget(name, storing.EXPORTS)
            raise

    def _say_ready(self, actor: Actor, made: dict[str, Any]) -> None:
        if not _mine(self.export).update(**made):
            raise TakenAway
        touched = access_log.Touched("export.make", access_log.DISCLOSURE)
        touched.root_ids, touched.child_ids = {self.export.pk, *self.root_ids}, self.child_ids
        access_log.write_row(touched, actor, 200)
        _tell(self.export, "export_ready", due=in_words(made["expires_at"]))
