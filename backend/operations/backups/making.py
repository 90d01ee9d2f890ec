"""Makes a backup while people work: the database as it is at one moment, then the files that it speaks of."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from backend.operations.backups import places
from backend.operations.postgres.binaries import Binaries, CannotRun, find_binaries
from backend.operations.postgres.cluster import Cluster

SECRETS = "secrets.json"
# Before, a backup that is packed could not be checked without unpacking it.
VERIFIES_PACKED = 18
# A name of the database's log of changes has its timeline and which of the pieces of 16 MB it is.
_PIECE = 16 * 1024 * 1024
_OF_ONE_LOG = 0x100000000 // _PIECE


def back_up(
    cluster: Cluster, folder: Path, *, beside: Mapping[str, Path], keep: int, say: Callable[[str], None]
) -> Path:
    """Make a whole backup of a running server and of the folders `beside` it; return where it is.

    One that is stopped half-way leaves nothing that looks like a backup. With more than `keep` of them the oldest
    are deleted, and the changes that only those needed; raise CannotRun where it could not be made.
    """
    began, binaries = _now(cluster), find_binaries()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{places.UNFINISHED}*"):
        shutil.rmtree(left)
    staging = folder / f"{places.UNFINISHED}{began:{places.NAMED}}"
    staging.mkdir(mode=0o700)
    say("Copying the database …")
    _copy_database(cluster, binaries, staging)
    whole_at = _now(cluster)
    # After the database: whatever it speaks of is there.
    for name, place in beside.items():
        say(f"Copying {name} …")
        _pack(place, staging / f"{name}.tar.gz")
    # The logins of the database are in it, and only these words open them.
    shutil.copy2(cluster.folder / SECRETS, staging / SECRETS)
    places.write_about(staging, whole_at=whole_at, major=binaries.major, first_wal=_first_wal(staging))
    if not keeps_changes(cluster):
        say("The server keeps no changes between backups: it was started without BACKUP_FOLDER.")
    made = staging.rename(folder / staging.name.removeprefix(places.UNFINISHED))
    _forget(folder, binaries, keep=keep)
    return made


def keeps_changes(cluster: Cluster) -> bool:
    """Say whether one can go back to a moment between two backups."""
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        return server.execute("SHOW archive_mode").fetchone() == ("on",)


def _now(cluster: Cluster) -> datetime:
    """Return the moment by the database's own clock, which says when each change was made."""
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        row = server.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None, "one row, always"
    moment: datetime = row[0]
    return moment.astimezone(UTC)


def _copy_database(cluster: Cluster, binaries: Binaries, staging: Path) -> None:
    address = urlsplit(cluster.url())
    surroundings = {"PGPASSWORD": address.password or "", "PATH": "/usr/bin:/bin"}
    options = [
        f"--host={address.hostname}",
        f"--port={address.port}",
        f"--username={address.username}",
        "--no-password",
    ]
    how = ["--format=tar", "--gzip", "--wal-method=stream", "--checkpoint=fast"]
    _run([binaries["pg_basebackup"], *options, *how, f"--pgdata={staging}"], surroundings, "copied")
    if binaries.major >= VERIFIES_PACKED:
        _run([binaries["pg_verifybackup"], "--no-parse-wal", "--quiet", str(staging)], surroundings, "checked")


def _run(command: list[str], surroundings: Mapping[str, str], done: str) -> None:
    ended = subprocess.run(command, env=dict(surroundings), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise CannotRun(f"The database could not be {done}: {ended.stderr.strip()[-300:]}")


def _pack(place: Path, packed: Path) -> None:
    with tarfile.open(packed, "w:gz") as archive:
        if place.is_dir():
            archive.add(place, arcname=".")


def _first_wal(staging: Path) -> str:
    """Return the name of the first piece of the log that the way on from this backup needs."""
    needed = json.loads((staging / "backup_manifest").read_text())["WAL-Ranges"][0]
    high, low = (int(part, 16) for part in needed["Start-LSN"].split("/"))
    piece = ((high << 32) + low) // _PIECE
    return f"{needed['Timeline']:08X}{piece // _OF_ONE_LOG:08X}{piece % _OF_ONE_LOG:08X}"


def _forget(folder: Path, binaries: Binaries, *, keep: int) -> None:
    kept = places.whole(folder)
    for old in kept[:-keep]:
        # First what makes it a backup: one that is half deleted must not look whole.
        (old / places.ABOUT).unlink()
        shutil.rmtree(old)
    wal, first = folder / places.WAL, places.about(kept[-keep:][0]).first_wal
    if wal.is_dir():
        command = [binaries["pg_archivecleanup"], str(wal), first]
        subprocess.run(command, capture_output=True, check=True)
