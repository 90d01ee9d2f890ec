"""What was shared for a panel ends with the consent it rested on, and with the agreement to be helped."""

import pytest

from backend.access.binding import acting
from backend.cases.commands.withdrawing import withdraw_sharing
from backend.cases.models import Case
from backend.panels.models import PanelItem
from backend.sharing.models import Disclosure
from tests.cases.conftest import World
from tests.panels.made import CHAIR, INVITED, chair, invited, nurse, of, on_agenda, rows
from tests.panels.test_access import shown

pytestmark = pytest.mark.django_db


def take_back(world: World, item: PanelItem, slug: str) -> None:
    """The family takes back its yes to what this agency was told."""
    [share] = rows(Disclosure, world.worker, root_id=item.case_id, to_agency_id=of(slug))
    with acting(world.worker):
        version = Case.objects.get(pk=item.case_id).version
        withdraw_sharing(
            world.worker, item.case_id, version=version, disclosure=share.id, said_by="The mother", reason="No more."
        )


def test_an_invitation_on_consent_ends_alone(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker, article6="consent")
    take_back(world, item, INVITED)
    assert shown(item, nurse()) is None
    found = shown(item, chair())
    assert found is not None
    assert [one["ended_at"] is not None for one in found["invitations"]] == [True]


def test_without_its_chair_the_panel_does_not_hear_it(world: World) -> None:
    item = on_agenda(world.allocated(), world.worker, article6="consent")
    take_back(world, item, CHAIR)
    assert shown(item, chair()) is None
    found = shown(item, world.worker)
    assert found is not None
    assert found["state"] == PanelItem.TAKEN_OFF
