"""What each side may write in a disagreement, asked of the database itself: its own words, at the present stage."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.disagreements.models import Disagreement, Turn
from tests.disagreements.sides import act, in_state, owner_of
from tests.factories import manager, teacher

pytestmark = pytest.mark.django_db

RAISER, OWNER = "raiser", "owner"
SIDES: dict[str, Callable[[], Actor]] = {RAISER: teacher, OWNER: manager}
# What each side may say while it waits for an answer, and once it is answered.
MAY = {
    (RAISER, Disagreement.RAISED): {"escalated", "withdrawn"},
    (OWNER, Disagreement.RAISED): {"answered", "upheld"},
    (RAISER, Disagreement.ANSWERED): {"accepted", "escalated", "withdrawn"},
    (OWNER, Disagreement.ANSWERED): {"upheld"},
    (RAISER, Disagreement.RESOLVED): set(),
    (OWNER, Disagreement.RESOLVED): set(),
}
KINDS = ("raised", "answered", "upheld", "escalated", "accepted", "withdrawn", "made_up")


def says(who: Actor, one: Disagreement, kind: str, **lies: Any) -> bool:
    """Whether the database takes it; nothing is kept."""
    row = {
        "root_id": one.id,
        "stage": one.stage,
        "kind": kind,
        "text": "Made up.",
        "by_id": who.user_id,
        "by_name": who.name,
        "agency_name": who.agency_name,
    }
    try:
        with acting(who), transaction.atomic():
            Turn.objects.create(**{**row, **lies})
            transaction.set_rollback(True)
    except (IntegrityError, ProgrammingError):
        return False
    return True


@pytest.mark.parametrize(("side", "state"), MAY)
def test_a_side_says_only_what_is_its_own_to_say(side: str, state: str) -> None:
    one = in_state(state)
    assert {kind for kind in KINDS if says(SIDES[side](), one, kind)} == MAY[side, state]


def test_nothing_is_said_at_another_stage() -> None:
    one = in_state(Disagreement.RAISED)
    assert not says(manager(), one, "answered", stage=2)
    moved = act("escalate", one, teacher())
    assert not says(manager(), moved, "answered"), "its managers answered at the first stage"
    assert says(owner_of(2), moved, "answered")
    assert not says(owner_of(2), moved, "answered", stage=1)
