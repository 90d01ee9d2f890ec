"""What Alongside stands on, one check each: whether it is well, and in words for an operator what is wrong.

Nothing here names a person or a record. Whoever asks from outside hears less (health.py).
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from backend.core import clock
from backend.notifications import heartbeat
from backend.operations.backups import places
from backend.operations.postgres.binaries import CannotRun
from backend.operations.surroundings import VAR, backup_folder, beside_the_database
from backend.operations.tables import missing

# What is due to be delivered goes within seconds; after this long somebody should look.
LONGEST_DUE = timedelta(minutes=5)
# One a night, and some hours for one that is late.
LONGEST_SINCE_BACKUP = timedelta(hours=26)
# Below either, what is written next may be what is not written.
LEAST_FREE_PART, LEAST_FREE_BYTES = 0.05, 1 << 30
_DUE = "SELECT now() - min(next_try_at) FROM notifications_outbox WHERE state = 'pending'"
_ARCHIVER = """SELECT current_setting('archive_mode'), last_failed_wal,
  last_failed_time > coalesce(last_archived_time, '-infinity') FROM pg_stat_archiver"""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands; `reason` is empty where it is well."""

    name: str
    reason: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.reason


def findings(*, using: str) -> Iterator[Finding]:
    """Check each dependency by the login `using`, the worker's or the owner's, and yield how it stands."""
    connection = connections[using]
    for name, check in _asked_of_the_database(connection).items():
        try:
            yield Finding(name, check())
        except DatabaseError as error:
            connection.close()
            yield Finding(name, f"the database did not say: {type(error).__name__}")
    yield Finding("documents", _writable(beside_the_database()["documents"]))
    yield Finding("disk", _room())
    folder = backup_folder()
    if folder:
        yield Finding("backup", _last_backup(folder))


def _asked_of_the_database(connection: BaseDatabaseWrapper) -> dict[str, Callable[[], str]]:
    return {
        "database": lambda: "" if _one(connection, "SELECT 1") else "it does not answer",
        "migrations": lambda: _migrations(connection),
        "worker": lambda: "" if heartbeat.is_fresh() else "no worker has given a sign of life for half a minute",
        "outbox": lambda: _outbox(connection),
        "archive": lambda: _archive(connection),
    }


def archive_fails(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the last piece of the database's log of changes that was to be copied away could not be."""
    mode, _piece, failed = _one(connection, _ARCHIVER)
    return mode != "off" and bool(failed)


def since_backup(folder: Path) -> timedelta | None:
    """Return how old the last whole backup is; None where there is none that can be read."""
    whole = places.whole(folder)
    try:
        return clock.now() - places.about(whole[-1]).moment if whole else None
    except CannotRun:
        return None


def disks() -> dict[str, Path]:
    """Return the places on which something is written, by name; several may lie on one disk."""
    folder = backup_folder()
    return {"var": VAR, **beside_the_database(), **({"backups": folder} if folder else {})}


def room(path: Path) -> tuple[int, int]:
    """Return how many bytes are free and how many there are on the disk of a path, or of the folder it will be in."""
    while not path.exists():
        path = path.parent
    usage = shutil.disk_usage(path)
    return usage.free, usage.total


def _one(connection: BaseDatabaseWrapper, statement: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[object, ...] = cursor.fetchone()
    return row


def _migrations(connection: BaseDatabaseWrapper) -> str:
    left = missing(connection)
    return f"{len(left)} migrations of this version are not applied" if left else ""


def _outbox(connection: BaseDatabaseWrapper) -> str:
    (due,) = _one(connection, _DUE)
    if isinstance(due, timedelta) and due > LONGEST_DUE:
        return f"what is to be delivered has been due for {due.total_seconds() // 60:.0f} minutes"
    return ""


def _archive(connection: BaseDatabaseWrapper) -> str:
    if not archive_fails(connection):
        return ""
    return "the database cannot copy its log of changes away: it keeps it, and its disk fills"


def _writable(folder: Path) -> str:
    """Try to write a file; a folder that is made with the first document counts as well."""
    if not folder.exists():
        return "" if os.access(next(one for one in folder.parents if one.exists()), os.W_OK) else "nobody may make it"
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return f"nothing can be written there: {os.strerror(error.errno or 0)}"
    return ""


def _room() -> str:
    full = [
        name
        for name, path in disks().items()
        for free, total in [room(path)]
        if free < LEAST_FREE_BYTES or free < total * LEAST_FREE_PART
    ]
    return f"there is hardly any room left for: {', '.join(full)}" if full else ""


def _last_backup(folder: Path) -> str:
    since = since_backup(folder)
    if since is None:
        return "there is no whole backup yet"
    if since > LONGEST_SINCE_BACKUP:
        return f"the last whole backup is {since.total_seconds() / 3600:.0f} hours old"
    return ""
