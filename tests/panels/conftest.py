"""A case that is worked on, and the people around it."""

import pytest

from tests.cases.conftest import World


@pytest.fixture
def world(db: None) -> World:
    return World()
