"""Whoever was invited and has given nothing is reminded once, when the meeting is near."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.core import clock
from backend.notifications.models import Outbox
from backend.panels.commands.reminding import remind_all
from backend.panels.models import Invitation, Panel, PanelItem
from tests.actors import browser_of
from tests.administration.leading import as_system, worker_login
from tests.cases.conftest import World
from tests.factories import agency_id
from tests.panels.made import INVITED, go, invited, lead, nurse, on_agenda, planned, rows

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def asked(world: World, panel: Panel) -> PanelItem:
    """An item to which the nurses are invited."""
    return invited(on_agenda(world.allocated(), world.worker, panel), world.worker)


def reminded(panel: Panel, *, before: timedelta = timedelta(hours=20)) -> int:
    """How many the worker reminds, so long before a meeting."""
    with clock.at(panel.starts_at - before), worker_login():
        return remind_all()


def test_who_has_given_nothing_is_reminded_once_and_without_a_name(world: World) -> None:
    panel = planned()
    item = asked(world, panel)
    assert [reminded(panel), reminded(panel)] == [1, 0]
    [told] = as_system(Outbox, message="panel_give")
    assert told.audience["agency_id"] == str(agency_id(INVITED))
    assert told.path == f"/panel-items/{item.id}"
    assert item.child_name not in str(told.fields)


def test_nobody_is_reminded_long_before_it(world: World) -> None:
    panel = planned()
    asked(world, panel)
    assert reminded(panel, before=timedelta(days=6)) == 0


@pytest.mark.parametrize("why", ["given", "taken_back", "taken_off", "called_off"])
def test_nobody_is_reminded_who_need_not_give_anything(world: World, why: str) -> None:
    panel = planned()
    item = asked(world, panel)
    if why == "given":
        go("give_information", item, nurse())
    elif why == "taken_back":
        [made] = rows(Invitation, world.worker, root_id=item.id)
        go("end_invitation", item, world.worker, invitation=str(made.id))
    elif why == "taken_off":
        go("take_off", item, world.worker)
    else:
        lead("cancel", panel)
    assert reminded(panel) == 0


def test_the_day_before_is_on_the_page_until_it_is_held(world: World) -> None:
    panel = planned()
    item = asked(world, panel)
    by = browser_of(nurse()).get(f"panel-items/{item.id}/").json()["give_by"]
    assert by < panel.starts_at.date().isoformat()


def test_nobody_stops_the_reminder_by_the_web_login(world: World) -> None:
    item = asked(world, planned())
    forged = "UPDATE panels_invitation SET reminded_at = now() WHERE root_id = %s"
    with acting(nurse()), pytest.raises(DatabaseError, match="the worker alone"), transaction.atomic():
        connection.cursor().execute(forged, [item.id])
