"""What the edges of something that was said may cost, and the records they are taken of."""

from collections.abc import Mapping
from uuid import UUID

from backend.access.actors import Actor
from tests.api.costs.row import Row
from tests.voices import made
from tests.world import World


def _reader(_world: World) -> Actor:
    return made.reader()


def _writer(_world: World) -> Actor:
    return made.writer()


def _said(_world: World) -> UUID:
    return made.said().id


def _released(_world: World) -> UUID:
    return made.released().id


def _taken_back(_world: World) -> UUID:
    return made.take("take_back", made.said()).id


ROWS: Mapping[str, Row] = {
    "saying.release": Row(_said, _reader),
    "saying.keep_back": Row(_released, _reader),
    "saying.correct": Row(_released, _writer),
    "saying.take_back": Row(_released, _writer),
    "saying.bring_back": Row(_taken_back, _reader),
}
