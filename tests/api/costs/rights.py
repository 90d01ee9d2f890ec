"""What the edges of a request for a copy may cost, and the records they are taken of."""

from collections.abc import Mapping
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core.ids import uuid7
from backend.rights.commands.rectifying import record_rectification
from backend.rights.rectification_inputs import RectificationInput
from backend.workflow.views import validated
from tests.administration.leading import led_by, manager, worker
from tests.api.costs.row import Row
from tests.casework import note_of
from tests.rights import made
from tests.rights.test_rectifications import SAID
from tests.world import World


def _asked(_world: World) -> UUID:
    return made.asked(led_by(worker())).id


def _refusing(_world: World) -> UUID:
    return made.refusing(made.asked(led_by(worker()))).id


def _withdrawing(_world: World) -> UUID:
    return made.withdrawing(made.asked(led_by(worker()))).id


def _first(_world: World) -> Actor:
    return made.first()


def _second(_world: World) -> Actor:
    return made.second()


def _disputed(_world: World) -> UUID:
    note = note_of(led_by(worker()), worker())
    with acting(worker()):
        given = validated(RectificationInput, SAID)
        return record_rectification(worker(), note.id, given, rectification_id=uuid7()).id


def _manager(_world: World) -> Actor:
    return manager()


ROWS: Mapping[str, Row] = {
    "subject_request.confirm": Row(_asked, _second),
    "subject_request.extend": Row(_asked, _first, lambda _world, _pk: {"told_on": "2026-08-05"}),
    "subject_request.ask_to_refuse": Row(_asked, _first),
    "subject_request.refuse": Row(_refusing, _second),
    "subject_request.go_on": Row(_refusing, _second),
    "subject_request.ask_to_withdraw": Row(_asked, _first),
    "subject_request.withdraw": Row(_withdrawing, _second),
    "subject_request.keep": Row(_withdrawing, _second),
    "rectification.decide": Row(_disputed, _manager),
}
