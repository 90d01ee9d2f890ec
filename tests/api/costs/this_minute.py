"""Records of this minute: the world is as old as its database, and what is just done is undone for ten minutes only."""

from uuid import UUID

from backend.access.binding import acting
from backend.cases.models import Case
from tests import casework
from tests.api.costs.row import WORKER
from tests.world import World


def just_named(world: World) -> UUID:
    """Somebody around the child of the world's case whom its worker has named this minute."""
    return casework.relationship_of(_worked_case(world), WORKER(world), name="Made Up").id


def just_noted(world: World) -> UUID:
    """A note of this minute."""
    return casework.note_of(_worked_case(world), WORKER(world)).id


def just_met(world: World) -> UUID:
    """A meeting that was recorded this minute."""
    return casework.meeting_of(_worked_case(world), WORKER(world)).id


def just_scored(world: World) -> UUID:
    """A score of this minute."""
    worker = WORKER(world)
    return casework.score_of(casework.goal_of(_worked_case(world), worker), worker).id


def _worked_case(world: World) -> Case:
    with acting(WORKER(world)):
        return Case.objects.get(pk=world.records["case"])
