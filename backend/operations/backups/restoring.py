"""Brings a backup to life where no database is yet, as it was when it was made or at any moment after."""

import os
import shlex
import tarfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from backend.operations.backups import places
from backend.operations.backups.making import SECRETS
from backend.operations.postgres.binaries import CannotRun, find_binaries
from backend.operations.postgres.cluster import Cluster
from backend.operations.postgres.unprivileged import Place, place_for
from backend.operations.processes import write_private

RECOVERY_SECONDS = 24 * 3600
REACHED_THE_END = "recovery ended before configured recovery target was reached"


def restore(
    cluster: Cluster,
    backup: Path,
    *,
    beside: Mapping[str, Path],
    until: datetime | None,
    say: Callable[[str], None],
) -> None:
    """Make a server of `cluster` from a backup and, with `until`, from the changes after it; leave it running.

    Nothing is overwritten. Raise CannotRun where something is in the way, where the backup is damaged, or where it
    does not reach that moment.
    """
    said, place = places.about(backup), place_for(cluster.folder, find_binaries())
    wal = backup.parent / places.WAL
    _refuse(backup, said, place, [place.data, *beside.values()], wal, until)
    say("Unpacking the database …")
    _unpack_database(backup, place)
    if any(wal.glob("*")):
        _follow_changes(place, wal, until)
    for name, folder in beside.items():
        say(f"Unpacking {name} …")
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(backup / f"{name}.tar.gz", folder)
    cluster.folder.mkdir(parents=True, exist_ok=True)
    write_private(cluster.folder / SECRETS, (backup / SECRETS).read_text())
    say("Following what happened after the backup …")
    try:
        _start_and_follow(cluster)
    except (CannotRun, psycopg.OperationalError):
        if until is None or REACHED_THE_END not in (cluster.folder / "server.log").read_text(errors="replace"):
            raise
        # All there is happened before that moment. It may have answered already before it ended by that.
        cluster.stop()
        _follow_changes(place, wal, None)
        _start_and_follow(cluster)


def _refuse(
    backup: Path, said: places.About, place: Place, wanted: list[Path], wal: Path, until: datetime | None
) -> None:
    for folder in wanted:
        if folder.is_dir() and any(folder.iterdir()):
            raise CannotRun(f"There is something in {folder} already: move it away first. Nothing is overwritten.")
    if said.major != place.binaries.major:
        raise CannotRun(f"{backup} was made by PostgreSQL {said.major}, but this is {place.binaries.major}.")
    damaged = places.damaged(backup)
    if damaged:
        raise CannotRun(f"{backup} is damaged: {', '.join(damaged)} is not what it was. Choose another one.")
    if until is None:
        return
    if until < said.moment:
        raise CannotRun(f"{backup} is from {said.whole_at}, which is later. Choose an older one.")
    if not any(wal.glob("*")):
        raise CannotRun(f"Nothing in {wal} says what happened after the backup: leave out --until.")


def _unpack_database(backup: Path, place: Place) -> None:
    staging = place.data.with_name(f"restoring-{os.getpid()}")
    staging.parent.mkdir(parents=True, exist_ok=True)
    staging.mkdir(mode=0o700)
    _unpack(backup / "base.tar.gz", staging)
    _unpack(backup / "pg_wal.tar.gz", staging / "pg_wal")
    for path in (staging, *staging.rglob("*")):
        place.own(path)
    staging.rename(place.data)


def _unpack(packed: Path, folder: Path) -> None:
    with tarfile.open(packed, "r:gz") as archive:
        archive.extractall(folder, filter="data")


def _follow_changes(place: Place, wal: Path, until: datetime | None) -> None:
    """Ask PostgreSQL to apply the changes after the backup, up to that moment or all there are."""
    # It is the server that reads them, by whichever account it runs here.
    for path in (wal, *wal.iterdir()):
        place.own(path)
    found = shlex.quote(f"{wal.resolve()}/") + "%f"
    settings = {"restore_command": f"cp {found} %p", "recovery_target_action": "promote"}
    settings["recovery_target_time"] = until.astimezone(UTC).isoformat() if until else ""
    lines = "".join("{} = '{}'\n".format(name, value.replace("'", "''")) for name, value in settings.items())
    for path, text in ((place.data / "postgresql.auto.conf", lines), (place.data / "recovery.signal", "")):
        path.write_text(text, encoding="utf-8")
        place.own(path)


def _start_and_follow(cluster: Cluster) -> None:
    cluster.start()
    deadline = time.monotonic() + RECOVERY_SECONDS
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        while (row := server.execute("SELECT pg_is_in_recovery()").fetchone()) and row[0]:
            if time.monotonic() > deadline:
                raise CannotRun("The database still follows what happened after the backup.")
            time.sleep(0.2)
        server.execute("ALTER SYSTEM RESET ALL")
