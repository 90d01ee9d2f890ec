"""Brings a database to where serving can begin, and skips what a fingerprint says was done before."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command, get_commands
from django.db import connections

from backend.operations.postgres.binaries import CannotRun
from backend.operations.processes import write_atomically
from backend.operations.surroundings import ROOT
from backend.operations.tables import refuse_newer

Say = Callable[[str], None]
# What tables, policies and reference data are made from.
SOURCES = (("backend", "*.py"), ("backend", "*.sql"), ("fixtures", "*"))


def fingerprint(sources: Sequence[tuple[str, str]] = SOURCES) -> str:
    """One word for the packages and these (folder, pattern): by default all that the prepared database depends on."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for folder, pattern in sources:
        for path in sorted((ROOT / folder).rglob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def step(say: Say, what: str) -> Iterator[None]:
    """Announce a step and say how long it took."""
    say(f"{what} …")
    started = time.monotonic()
    yield
    seconds = time.monotonic() - started
    if seconds > 1:
        say(f"  done in {seconds:.1f} s")


def is_prepared(folder: Path | None) -> bool:
    """Whether the note beside an embedded database says that this very code prepared it."""
    note = folder / "prepared" if folder else None
    return note is not None and note.exists() and note.read_text() == fingerprint()


def prepare(say: Say, *, demo: bool, folder: Path | None) -> None:
    """Tables, row-level security, reference data, demo city; notes of it go into an embedded database's `folder`."""
    django.setup()
    refuse_newer(connections["owner"])
    with step(say, "Making the tables"):
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    with step(say, "Setting who may see which rows"):
        call_command("secure_tables", stdout=StringIO())
    with step(say, "Loading reference data"):
        call_command("load_reference", stdout=StringIO())
        call_command("load_configuration", stdout=StringIO())
    connections.close_all()
    if demo:
        _make_demo_city(say)
    if folder:
        write_atomically(folder / "people", _people() if demo else "")
        write_atomically(folder / "prepared", fingerprint())


def _make_demo_city(say: Say) -> None:
    """Fill an empty database with the demo city, in a process of its own: it draws its own progress."""
    if "demo_city" not in get_commands():
        return
    with step(say, "Making the demo city"):
        made = subprocess.run([sys.executable, "manage.py", "demo_city"], cwd=ROOT, check=False)
    if made.returncode:
        raise CannotRun("The demo city could not be made; the lines above say why.")


def _people() -> str:
    """Whom one can sign in as, in words."""
    if "demo_people" not in get_commands():
        return ""
    text = StringIO()
    call_command("demo_people", stdout=text)
    connections.close_all()
    return text.getvalue().strip()
