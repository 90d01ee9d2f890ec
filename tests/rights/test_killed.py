"""A worker killed between two writes: the next one goes on, each passage is copied once, and no half file is there."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from backend.cases.models import Case
from backend.core import clock
from backend.operations.surroundings import ROOT, urls_of
from backend.rights import queries
from backend.rights.commands import working
from backend.rights.models import Pack
from tests import databases
from tests.rights import made
from tests.rights.made import first, second

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def killed_at(write: int) -> None:
    """Let a worker of its own process begin, and die at a write."""
    urls = urls_of(databases.server(), database=databases.own_name())
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": urls["WORKER_DATABASE_URL"],
        "WORKER_DATABASE_URL": "",
        "OWNER_DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "tests.rights.dies", str(write)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize("write", [1, 3])
def test_the_next_worker_goes_on_copying_and_copies_nothing_twice(case: Case, write: int) -> None:
    one = made.take("confirm", made.asked(case), second())
    killed_at(write)
    half = made.pack_of(one)
    assert (half.state, half.is_collected) == (Pack.RUNNING, False)
    assert made.work() == 0, "as long as it may still be alive it is left alone"
    with clock.at(clock.now() + queries.SILENT + timedelta(seconds=1)):
        assert made.work() == 1
    whole = made.pack_of(one)
    assert (whole.state, whole.attempts, whole.done) == (Pack.DONE, 2, whole.total)
    assert [passage.position for passage in made.passages(one)] == list(range(whole.total or 0))


def test_a_file_that_was_being_drawn_is_drawn_anew(case: Case) -> None:
    one = made.take("send_for_check", made.all_decided(case), first())
    killed_at(2)
    half = made.pack_of(one)
    assert (half.pdf, half.has_file) == (None, False)
    with clock.at(clock.now() + queries.SILENT + timedelta(seconds=1)):
        assert made.work() == 1
    assert made.pack_of(one).has_file


def test_who_began_first_and_lost_it_keeps_nothing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    one = made.take("send_for_check", made.all_decided(case), first())
    draws = working.drawn

    def overtaken(*given: object) -> bytes:
        monkeypatch.setattr(working, "drawn", draws)
        with clock.at(clock.now() + queries.SILENT + timedelta(seconds=1)):
            assert working.work_all() == 1
        return b"old " + draws(*given)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(working, "drawn", overtaken)
    made.work()
    pack = made.pack_of(one)
    assert (pack.attempts, pack.has_file) == (2, True)
    assert bytes(pack.pdf or b"").startswith(b"%PDF")


def test_what_goes_wrong_three_times_is_given_up_and_says_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise ValueError("something odd")

    one = made.take("confirm", made.asked(case), second())
    monkeypatch.setattr(working, "passages", fails)
    for tries in range(working._TRIES + 1):
        with clock.at(clock.now() + (queries.SILENT + timedelta(seconds=1)) * tries):
            made.work()
    assert made.pack_of(one).state == Pack.FAILED
