"""Children whom a school refers and the front door decides about."""

import pytest

from tests.cases.conftest import World
from tests.matching.two import Two


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def two(transactional_db: None) -> Two:
    return Two(World())
