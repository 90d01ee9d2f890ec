"""Where clocks run, and what describes their records."""

import pytest

from backend.agencies.models import Agency
from backend.deadlines import registration
from tests.notifications import staff


@pytest.fixture
def door() -> Agency:
    return staff.partnership().front_door


@pytest.fixture
def no_subjects(monkeypatch: pytest.MonkeyPatch) -> None:
    """These clocks belong to no record: only what a test registers describes them."""
    monkeypatch.setattr(registration, "_describers", {})
