"""What the edges of panels and of the items of their agenda may cost, and the records they are taken of."""

from collections.abc import Callable, Mapping
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case
from backend.panels.models import Invitation, Panel, PanelItem
from tests.api.costs.row import WORKER, Given, Row
from tests.factories import agency_id
from tests.panels import made
from tests.world import World


def _chair(_world: World) -> Actor:
    return made.chair()


def _nurse(_world: World) -> Actor:
    return made.nurse()


def _soon(_world: World) -> UUID:
    return made.soon().id


def _begun(_world: World) -> UUID:
    return made.begun().id


def _heard(world: World, panel: Panel | None = None) -> PanelItem:
    """The world's case at another panel, to which the nurses are invited."""
    worker = WORKER(world)
    with acting(worker):
        case = Case.objects.get(pk=world.records["case"])
    return made.invited(made.on_agenda(case, worker, panel or made.soon()), worker)


def _item(world: World) -> UUID:
    return _heard(world).id


def _being_heard(world: World) -> UUID:
    panel = made.soon()
    item = _heard(world, panel)
    made.lead("hold", panel)
    return item.id


def _another(_world: World, _pk: UUID) -> Given:
    return {"agency": agency_id(made.OTHER)}


def _for(edge: str) -> Callable[[World, UUID], Given]:
    def given(world: World, pk: UUID) -> Given:
        with acting(WORKER(world)):
            return made.good(edge, PanelItem.objects.select_related("panel").get(pk=pk))

    return given


def _invitation_of(world: World, pk: UUID) -> Given:
    with acting(WORKER(world)):
        return {"invitation": str(Invitation.objects.get(root_id=pk).id)}


ROWS: Mapping[str, Row] = {
    "panel.hold": Row(_soon, _chair),
    "panel.record_attendance": Row(_soon, _chair, _another),
    "panel.sign": Row(_begun, _chair),
    "panel.cancel": Row(_soon, _chair),
    "panel_item.invite": Row(_item, WORKER, _another),
    "panel_item.end_invitation": Row(_item, WORKER, _invitation_of),
    "panel_item.give_information": Row(_item, _nurse, _for("give_information")),
    "panel_item.decide": Row(_being_heard, _chair),
    "panel_item.take_off": Row(_item, WORKER),
}
