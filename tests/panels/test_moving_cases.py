"""A case that moves while it is on an agenda: its new lead is named and reads what is given, the old one no more."""

import pytest

from backend.access.binding import acting
from backend.sharing.models import Disclosure
from tests.cases.conftest import World
from tests.edges import take
from tests.panels.made import CHAIR, SAID, go, invited, nurse, of, on_agenda, rows
from tests.panels.test_access import shown

pytestmark = pytest.mark.django_db


def test_what_is_given_for_a_case_that_was_transferred_is_shared_with_who_leads_it_now(world: World) -> None:
    case = world.allocated()
    item = invited(on_agenda(case, world.worker), world.worker)
    transfer = world.proposed(case)
    take("accept", transfer.id, world.youth_justice_manager, noun="transfer")
    go("give_information", item, nurse())
    found = shown(item, world.youth_justice_manager)
    assert found is not None
    assert found["lead_agency"] == world.youth_justice_manager.agency_name
    assert [one["text"] for one in found["information"]] == [SAID]
    with acting(nurse()):
        assert not Disclosure.objects.filter(root_id=item.id).exists(), "the ledger is for who answers for the case"
    lines = rows(Disclosure, world.youth_justice_manager, root_id=item.id)
    assert {one.to_agency_id for one in lines} == {of(CHAIR), world.youth_justice_manager.agency_id}
    assert shown(item, world.manager) is None
