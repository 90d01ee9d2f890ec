"""Cases that few may find, brought there by the real edges."""

from uuid import UUID

from tests import factories
from tests.actors import browser_of
from tests.api.costs.records import allocated
from tests.edges import take
from tests.factories import manager, officer, second_manager
from tests.world import World


def sealed(world: World) -> UUID:
    """A case that two managers have sealed, with an officer named beside them."""
    asked = take("put", allocated(world), manager(), noun="seal", people=[str(officer().user_id)])
    question = factories.open_confirmation(asked.id, second_manager())
    answer = browser_of(second_manager()).post(f"confirmations/{question.id}/confirm/", {"version": question.version})
    assert answer.status_code == 200, answer.content
    return asked.id
