"""Brings a database to where serving can begin, and skips what a fingerprint says was done before."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command, get_commands
from django.db import connections

from backend.operations.processes import write_atomically
from backend.operations.surroundings import ROOT

Say = Callable[[str], None]
# What tables, policies and reference data are made from.
SOURCES = (("backend", "*.py"), ("backend", "*.sql"), ("fixtures", "*"))


def fingerprint() -> str:
    """One word for everything the prepared database depends on."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for folder, pattern in SOURCES:
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


def prepare(say: Say, *, note: Path | None) -> None:
    """Tables, row-level security and reference data, made by the owner."""
    now = fingerprint()
    if note and note.exists() and note.read_text() == now:
        return
    with step(say, "Making the tables"):
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    with step(say, "Setting who may see which rows"):
        call_command("secure_tables")
    with step(say, "Loading reference data"):
        call_command("load_reference")
    connections.close_all()
    if note:
        write_atomically(note, now)


def make_demo_city(say: Say) -> None:
    """Fill an empty database with the demo city, in a process of its own: it draws its own progress."""
    if "demo_city" not in get_commands():
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM referrals_referral)")
        row = cursor.fetchone()
    connections.close_all()
    if row and row[0]:
        return
    with step(say, "Making the demo city"):
        subprocess.run([sys.executable, "manage.py", "demo_city"], cwd=ROOT, check=True)
