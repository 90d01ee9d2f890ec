"""What one parent looks after: what falls is started again; what had an end and came to it is not."""

import os
import sys
import time
from pathlib import Path

import pytest

from backend.operations.children import Child


def _ended(child: Child) -> None:
    child.start()
    patience = time.monotonic() + 20
    while not child.has_ended():
        assert time.monotonic() < patience
        time.sleep(0.01)
    child.not_before = 0.0


@pytest.mark.parametrize(("ends", "code", "again"), [(True, 0, False), (True, 3, True), (False, 0, True)])
def test_only_work_that_ended_well_is_not_begun_again(ends: bool, code: int, again: bool, tmp_path: Path) -> None:
    command = [sys.executable, "-c", f"raise SystemExit({code})"]
    child = Child("city", command, lambda: os.environ, tmp_path / "city.log", ends=ends)
    _ended(child)
    assert child.is_done() is not again
    assert child.is_due() is again
