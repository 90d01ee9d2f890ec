"""What a folder of backups looks like: one folder for each, and the database's own log of changes between them.

2026-11-28T03-00-00-123456Z/  a whole backup: the database, what lies beside it, and about.json, written last
wal/                          every change of the database since the oldest backup, a file at most a minute old
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from backend.operations.postgres.binaries import CannotRun
from backend.operations.processes import write_private

WAL, ABOUT, UNFINISHED = "wal", "about.json", "making-"
NAMED = "%Y-%m-%dT%H-%M-%S-%fZ"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class About:
    """What a backup says of itself: when it was whole, by which PostgreSQL, and what each of its files hashes to."""

    whole_at: str
    major: int
    first_wal: str
    sha256: dict[str, str]

    @property
    def moment(self) -> datetime:
        """The first moment to which one can go back with it."""
        return datetime.fromisoformat(self.whole_at)


def whole(folder: Path) -> list[Path]:
    """Return the backups of a folder that were finished, the oldest first."""
    return sorted(one.parent for one in folder.glob(f"*/{ABOUT}") if not one.parent.name.startswith(UNFINISHED))


def about(backup: Path) -> About:
    """Return what a backup says of itself; raise CannotRun where it was never finished."""
    try:
        return About(**json.loads((backup / ABOUT).read_text()))
    except (OSError, TypeError, ValueError) as error:
        raise CannotRun(f"{backup} is no finished backup: {ABOUT} is missing or damaged.") from error


def write_about(backup: Path, *, whole_at: datetime, major: int, first_wal: str) -> None:
    """Say what it is, with what each file hashes to."""
    hashed = {one.name: sha256(one) for one in sorted(backup.iterdir())}
    said = About(whole_at.astimezone(UTC).isoformat(), major, first_wal, hashed)
    write_private(backup / ABOUT, json.dumps(asdict(said), indent=1))


def damaged(backup: Path) -> list[str]:
    """Return the names of its files that are missing or are not what they were."""
    return [
        name
        for name, expected in about(backup).sha256.items()
        if not (backup / name).is_file() or sha256(backup / name) != expected
    ]


def sha256(path: Path) -> str:
    """Return what a file hashes to, however large it is."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_CHUNK):
            digest.update(part)
    return digest.hexdigest()
