"""The demo city shows what is due, one hold, one order that waits, and one that was carried out."""

import pytest

from backend.agencies.roles import Role
from backend.demonstration.disposed import keep_and_dispose
from backend.demonstration.stage import company
from backend.retention.models import Certificate, Hold, Order
from tests.actors import actor
from tests.retention.conftest import due


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_city_shows_every_step_of_keeping_and_deleting() -> None:
    keep_and_dispose(company(), seed="test")
    assert sorted(Order.objects.using("owner").values_list("state", flat=True)) == ["confirmed", "done"]
    one = Certificate.objects.using("owner").get()
    assert (len(one.body["children"]), one.body["left"]) == (1, 0)
    assert Hold.objects.using("owner").get().reason_code == "inquiry"
    # Two that nobody has proposed, the one that waits, and the one that is held.
    assert len(due(actor("front-door", Role.MANAGER))) == 4
