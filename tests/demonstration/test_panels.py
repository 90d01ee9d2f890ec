"""The city's panels: two that were held long enough ago, one to come, walked by the real edges, once."""

from datetime import timedelta

import pytest

from backend.cases.models import Action
from backend.core import clock
from backend.demonstration.emptying import OWNER
from backend.demonstration.panels import hold_panels
from backend.demonstration.stage import company
from backend.panels.models import Information, Panel, PanelDecision, PanelItem
from tests.cases.conftest import World

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def worked_on_for_long(world: World) -> None:
    """Cases that were opened before any of the panels."""
    with clock.at(clock.now() - timedelta(days=120)):
        for number in range(7):
            child = world.referred(world.agency("city-early-help"), given_name=f"Child{number}")
            world.allocate(world.opened(child, led_by="city-early-help").id, world.manager, world.worker)


def test_two_were_held_and_one_is_to_come_and_only_once() -> None:
    worked_on_for_long(World())
    hold_panels(company())
    hold_panels(company())
    panels = Panel.objects.using(OWNER).order_by("starts_at")
    assert [one.state for one in panels] == [Panel.SIGNED, Panel.SIGNED, Panel.PLANNED]
    now = clock.now()
    assert [one.starts_at < now for one in panels] == [True, True, False]
    heard = PanelItem.objects.using(OWNER)
    assert {item.state for item in heard.filter(panel__state=Panel.SIGNED)} == {PanelItem.DECIDED}
    assert not PanelDecision.objects.using(OWNER).filter(at__gte=now - timedelta(days=1)).exists(), "each at its time"
    assert not PanelItem.objects.using(OWNER).filter(put_on_at__gte=now - timedelta(days=1)).exists()
    assert Information.objects.using(OWNER).exists()
    assert Action.objects.using(OWNER).filter(decision_id__isnull=False, state=Action.DONE).exists()
