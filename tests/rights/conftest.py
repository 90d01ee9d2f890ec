"""A case with notes of every label, led by somebody of early help."""

import pytest

from backend.cases.models import Case
from tests.administration.leading import led_by, worker
from tests.casework import note_of
from tests.rights.made import SECRET
from tests.world import world, world_database

__all__ = ["world", "world_database"]
PLAIN = "He likes the bikes at the club."
THIRD = f"His aunt rang. {SECRET}"


@pytest.fixture
def case() -> Case:
    found = led_by(worker())
    note_of(found, worker(), text=PLAIN)
    note_of(found, worker(), text=THIRD, mark="third_party")
    return found
