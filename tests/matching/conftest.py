"""Children whom a school refers and the front door decides about."""

import pytest

from tests.cases.conftest import World


@pytest.fixture
def world(db: None) -> World:
    return World()
