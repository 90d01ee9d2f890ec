"""A worker killed while it makes an export: the next one begins anew, and nobody is ever given half of it."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from backend.core import clock
from backend.exports import queries
from backend.exports.commands import keeping, making
from backend.exports.models import State
from backend.operations.surroundings import ROOT, urls_of
from tests import databases
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.exports.conftest import Looked, asked, cells, content, files, make, stored
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CASES = 4


def killed_at(sign: int, store: Path) -> None:
    """Let a worker of its own process begin, and die after so many signs of life."""
    urls = urls_of(databases.server(), database=databases.own_name())
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": urls["WORKER_DATABASE_URL"],
        "WORKER_DATABASE_URL": "",
        "OWNER_DATABASE_URL": "",
        "EXPORT_FOLDER": str(store),
        "TMPDIR": str(store.parent),
    }
    command = [sys.executable, "-m", "tests.exports.dies", str(sign)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize("sign", [1, 3, CASES + 1])
def test_the_next_worker_begins_anew_and_nobody_is_given_half(
    world: World, store: Path, looked: Looked, sign: int
) -> None:
    cases = {world.opened(led_by="city-early-help").reference for _each in range(CASES)}
    key = asked(world.manager)
    killed_at(sign, store)
    half = stored(key)
    assert (half.state, half.rows_done, half.storage_name) == (State.RUNNING, max(sign - 2, 0), "")
    assert content(world.manager, key).status_code == 409
    # As long as it may still be alive it is left alone.
    assert make() == 0
    with clock.at(clock.now() + queries.SILENT + timedelta(seconds=1)):
        assert make() == 1
        assert {row[0] for row in cells(content(world.manager, key))[1:]} == cases
    assert files(store) == 1
    assert [row[3] for row in looked()].count("export.make") == 1


def test_who_began_first_and_lost_it_keeps_nothing(world: World, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that only seemed to be gone comes to an end after another has begun."""
    world.opened(led_by="city-early-help")
    key = asked(world.manager)
    keeps = making.storing.keep_file

    def overtaken(*given: object) -> str:
        monkeypatch.setattr(making.storing, "keep_file", keeps)
        with clock.at(clock.now() + queries.SILENT + timedelta(seconds=1)):
            assert making.make_all() == 1
        return keeps(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(making.storing, "keep_file", overtaken)
    make()
    assert (stored(key).attempts, stored(key).state, files(store)) == (2, State.READY, 1)
    assert content(world.manager, key).status_code == 200


def test_after_three_tries_it_is_given_up_with_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise ValueError("something odd")

    key = asked(world.manager)
    monkeypatch.setattr(making, "write", fails)
    for tries in range(making._TRIES + 1):
        with clock.at(clock.now() + (queries.SILENT + timedelta(seconds=1)) * tries):
            make()
    row = browser_of(world.manager).get(f"exports/{key}/").json()
    assert row["failure"].startswith("Something went wrong three times.")


def test_the_folder_of_a_killed_worker_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping.tempfile, "gettempdir", lambda: str(tmp_path))
    left = tmp_path / "alongside-export-left"
    left.mkdir()
    (left / "list").write_text("half of it")
    with keeping.workspace():
        assert left.exists(), "another worker may be busy there"
    with clock.at(clock.now() + timedelta(hours=2)), keeping.workspace():
        assert not left.exists()


def test_a_file_that_no_export_names_is_swept_away(store: Path) -> None:
    keeping.storing.keep(b"left behind", "exports")
    with worker_login():
        keeping.tidy()
        assert files(store) == 1, "somebody may be about to name it"
        with clock.at(clock.now() + timedelta(days=2)):
            keeping.tidy()
    assert files(store) == 0
