"""How long a file is kept, where it is put together, and what takes both away."""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.documents import storing
from backend.exports import queries
from backend.exports.models import Export, State

TIDY = "exports.tidy"
LIFE = timedelta(days=7)
_UNFINISHED = timedelta(days=1)
_BATCH = 50
_PREFIX = "alongside-export-"
# Longer than any export takes: what is older was left by a worker that was killed.
_ABANDONED = 60 * 60


@contextmanager
def workspace() -> Iterator[Path]:
    """Give a folder that nobody else reads, and take it away; take away with it what a killed worker left."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if left.is_dir() and left.stat().st_mtime < clock.now().timestamp() - _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        yield Path(folder)


def tidy() -> int:
    """Delete the files whose time is over, and whatever no export names; return how many exports have expired."""
    gone = 0
    while names := _expire():
        for name in names:
            storing.forget(name, storing.EXPORTS)
        gone += len(names)
    storing.sweep(storing.EXPORTS, clock.now() - _UNFINISHED, _kept)
    return gone


def _expire() -> list[str]:
    """Say of some that they have expired: their files go when that is written, so that none is promised and gone."""
    with acting_as_system(job=TIDY):
        some = list(queries.expired().select_for_update(skip_locked=True, no_key=True)[:_BATCH])
        these = Export.objects.filter(pk__in=[one.pk for one in some])
        these.update(state=State.EXPIRED, ended_at=clock.now())
        return [one.storage_name for one in some]


def _kept(names: Collection[str]) -> Collection[str]:
    with acting_as_system(job=TIDY):
        return queries.kept(names)
