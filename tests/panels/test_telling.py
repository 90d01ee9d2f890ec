"""Who hears that a panel does not take place or does not hear a case; and no case closes behind its back."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.core.errors import Conflict
from backend.notifications.models import Outbox
from backend.panels.models import Invitation, Panel, PanelItem
from tests.administration.leading import as_system
from tests.cases.conftest import World
from tests.cases.working import assessing, work
from tests.factories import agency_id, second_manager
from tests.panels.made import CHAIR, INVITED, OTHER, at_the_meeting, chair, go, invited, lead, on_agenda, planned, rows

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def told(message: str, item: PanelItem) -> list[dict[str, Any]]:
    """Whom a message went to; none of them carries the child's name."""
    rows = as_system(Outbox, message=message)
    assert not any(item.child_name in str(row.fields) for row in rows)
    return [row.audience for row in rows]


def agencies(audiences: list[dict[str, Any]]) -> set[str]:
    """The agencies among them."""
    return {one["agency_id"] for one in audiences if "agency_id" in one}


def test_who_chairs_and_who_was_invited_hear_that_a_case_is_not_heard(world: World) -> None:
    item = invited(on_agenda(world.allocated(), world.worker), world.worker)
    go("take_off", item, world.worker)
    assert agencies(told("panel_taken_off", item)) == {str(agency_id(CHAIR)), str(agency_id(INVITED))}


def test_who_was_invited_and_who_put_a_case_on_it_hear_that_a_panel_does_not_take_place(world: World) -> None:
    panel = planned()
    item = invited(on_agenda(world.allocated(), world.worker, panel), world.worker)
    gone = invited(item, world.worker, agency=str(agency_id(OTHER)))
    [over] = rows(Invitation, world.worker, root_id=gone.id, agency_id=agency_id(OTHER))
    go("end_invitation", gone, world.worker, invitation=str(over.id))
    lead("cancel", panel)
    audiences = told("panel_called_off", item)
    assert agencies(audiences) == {str(agency_id(INVITED))}
    assert [one["user_id"] for one in audiences if "user_id" in one] == [str(world.worker.user_id)]


def test_a_case_closes_once_no_panel_waits_for_it(world: World) -> None:
    case = assessing(world)
    panel = planned()
    item = on_agenda(case, world.worker, panel)
    with pytest.raises(Conflict, match="Tuesday panel is to hear it on"):
        work(world, "close", case, goes_on="Nobody needs to.")
    go("take_off", item, world.worker)
    assert work(world, "close", case, goes_on="Nobody needs to.").state == Case.CLOSED


def test_a_case_that_was_heard_closes_before_the_minutes_are_signed(world: World) -> None:
    case = assessing(world)
    panel = planned()
    item = on_agenda(case, world.worker, panel)
    with at_the_meeting(panel):
        lead("hold", panel)
        go("decide", item, chair())
        assert work(world, "close", case, goes_on="Nobody needs to.").state == Case.CLOSED


def test_a_meeting_goes_on_when_whoever_planned_it_has_left(world: World) -> None:
    """It is its agency's and no person's: whoever sits there for the agency begins it and signs."""
    panel, colleague = planned(), second_manager(CHAIR)
    item = on_agenda(world.allocated(), world.worker, panel)
    assert panel.planned_by_id != colleague.user_id
    with at_the_meeting(panel):
        lead("hold", panel, colleague)
        go("decide", item, colleague)
        assert lead("sign", panel, colleague).state == Panel.SIGNED
