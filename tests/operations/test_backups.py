"""A backup is whole or is none, and leads back to any moment after it; nothing acknowledged is missing then."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from backend.operations.backups import places
from backend.operations.backups.making import back_up
from backend.operations.backups.restoring import restore
from backend.operations.postgres.binaries import CannotRun
from backend.operations.postgres.cluster import Cluster

KEPT = "SELECT array_agg(x ORDER BY x) FROM kept"


def _quietly(_line: str) -> None:
    """Nobody listens."""


def _beside(folder: Path) -> Mapping[str, Path]:
    return {"documents": folder / "documents", "audit": folder / "audit"}


def _said(cluster: Cluster, statement: str) -> object:
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        row = server.execute(statement).fetchone() if statement.startswith("SELECT") else server.execute(statement)
    return row[0] if isinstance(row, tuple) else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups are kept; a server that runs by an account which is lent to us has to get through to it."""
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o711)
    return tmp_path / "a disk's name" / "backups"


@pytest.fixture
def busy(tmp_path: Path, folder: Path) -> Iterator[Cluster]:
    """A server with something in it, and a document beside it."""
    (tmp_path / "old" / "documents").mkdir(parents=True)
    (tmp_path / "old" / "documents" / "letter").write_text("Dear all")
    cluster = Cluster(tmp_path / "old" / "postgres", archive=folder / places.WAL)
    cluster.start()
    _said(cluster, "CREATE TABLE kept AS SELECT 1 AS x")
    yield cluster
    cluster.leave(stop_anyway=True)


@pytest.fixture
def made(busy: Cluster, folder: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    return back_up(busy, folder, beside=_beside(tmp_path / "old"), keep=2, say=_quietly)


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[Cluster]:
    """Another machine: nothing is there."""
    cluster = Cluster(tmp_path / "new" / "postgres")
    yield cluster
    cluster.leave(stop_anyway=True)


def test_it_goes_back_to_any_moment_after_the_backup_and_on_from_there(
    busy: Cluster, made: Path, clean: Cluster, tmp_path: Path
) -> None:
    _said(busy, "INSERT INTO kept VALUES (2)")
    moment = _said(busy, "SELECT clock_timestamp()")
    assert isinstance(moment, datetime)
    _said(busy, "INSERT INTO kept VALUES (3)")
    _said(busy, "SELECT pg_switch_wal()::text")
    busy.leave(stop_anyway=True)
    restore(clean, made, beside=_beside(tmp_path / "new"), until=moment, say=_quietly)
    assert _said(clean, KEPT) == [1, 2]
    assert (tmp_path / "new" / "documents" / "letter").read_text() == "Dear all"
    _said(clean, "INSERT INTO kept VALUES (4)")
    clean.leave(stop_anyway=True)
    clean.start()
    assert _said(clean, KEPT) == [1, 2, 4]


@pytest.mark.parametrize("until", [None, timedelta(days=1)], ids=["nothing said", "a moment that has not come"])
def test_without_an_earlier_moment_nothing_acknowledged_is_missing(
    busy: Cluster, made: Path, clean: Cluster, tmp_path: Path, until: timedelta | None
) -> None:
    _said(busy, "INSERT INTO kept VALUES (2)")
    moment = _said(busy, "SELECT clock_timestamp()")
    assert isinstance(moment, datetime)
    # What it has acknowledged it copies before it ends.
    busy.leave(stop_anyway=True)
    wanted = moment + until if until else None
    restore(clean, made, beside=_beside(tmp_path / "new"), until=wanted, say=_quietly)
    assert _said(clean, KEPT) == [1, 2]


def test_a_backup_without_the_changes_after_it_is_what_was_then(
    busy: Cluster, made: Path, clean: Cluster, tmp_path: Path
) -> None:
    _said(busy, "INSERT INTO kept VALUES (2)")
    elsewhere = made.rename(tmp_path / "carried away")
    restore(clean, elsewhere, beside=_beside(tmp_path / "new"), until=None, say=_quietly)
    assert _said(clean, KEPT) == [1]


def test_nothing_is_overwritten(busy: Cluster, made: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="Nothing is overwritten"):
        restore(busy, made, beside=_beside(tmp_path / "old"), until=None, say=_quietly)
    assert _said(busy, KEPT) == [1]


def test_one_that_was_changed_or_that_is_later_than_the_moment_is_refused(
    busy: Cluster, made: Path, clean: Cluster, tmp_path: Path
) -> None:
    before = places.about(made).moment - timedelta(seconds=1)
    with pytest.raises(CannotRun, match="Choose an older one"):
        restore(clean, made, beside=_beside(tmp_path / "new"), until=before, say=_quietly)
    with (made / "base.tar.gz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(CannotRun, match=r"damaged: base\.tar\.gz"):
        restore(clean, made, beside=_beside(tmp_path / "new"), until=None, say=_quietly)
    assert not (tmp_path / "new").exists()


def test_one_that_was_stopped_half_way_is_none(busy: Cluster, made: Path, folder: Path, tmp_path: Path) -> None:
    half = folder / f"{places.UNFINISHED}2026-11-28T03-00-00Z"
    half.mkdir()
    (half / places.ABOUT).write_text("{}")
    assert places.whole(folder) == [made]
    again = back_up(busy, folder, beside=_beside(tmp_path / "old"), keep=2, say=_quietly)
    assert places.whole(folder) == [made, again]
    assert not half.exists()


def test_the_oldest_are_forgotten_with_the_changes_that_only_they_needed(
    busy: Cluster, made: Path, folder: Path, tmp_path: Path
) -> None:
    _said(busy, "SELECT pg_switch_wal()::text")
    newer = [back_up(busy, folder, beside=_beside(tmp_path / "old"), keep=2, say=_quietly) for _ in range(2)]
    assert places.whole(folder) == newer
    first = places.about(newer[0]).first_wal
    left = sorted(one.name for one in (folder / places.WAL).iterdir() if len(one.name) == len(first))
    assert left[0] >= first


def test_only_who_made_it_may_read_it(made: Path, folder: Path) -> None:
    assert [oct(one.stat().st_mode & 0o077) for one in (folder, made)] == ["0o0", "0o0"]
