"""What the edges of a request for a copy may cost, and the records they are taken of."""

from collections.abc import Mapping
from uuid import UUID

from backend.access.actors import Actor
from tests.administration.leading import led_by, worker
from tests.api.costs.row import Row
from tests.rights import made
from tests.world import World


def _asked(_world: World) -> UUID:
    return made.asked(led_by(worker())).id


def _first(_world: World) -> Actor:
    return made.first()


def _second(_world: World) -> Actor:
    return made.second()


ROWS: Mapping[str, Row] = {
    "subject_request.confirm": Row(_asked, _second),
    "subject_request.extend": Row(_asked, _first, lambda _world, _pk: {"told_on": "2026-08-05"}),
    "subject_request.refuse": Row(_asked, _first),
    "subject_request.withdraw": Row(_asked, _first),
}
