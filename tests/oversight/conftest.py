"""A case that somebody else leads, and the world with every relation in it."""

import pytest

from backend.cases.models import Case
from tests.administration.leading import led_by, worker
from tests.world import world, world_database

__all__ = ["world", "world_database"]


@pytest.fixture
def case() -> Case:
    return led_by(worker())
