"""Cases and referrals that few may find, brought there by the real edges."""

from uuid import UUID

from tests import factories
from tests.actors import browser_of
from tests.api.costs.records import allocated
from tests.edges import take
from tests.factories import manager, officer, second_manager
from tests.world import World


def sealed(world: World) -> UUID:
    """A case that two managers have sealed, with an officer named beside them."""
    return _sealed("seal", allocated(world))


def sealed_referral(world: World) -> UUID:
    """A referral in triage that two have sealed, with an officer named beside them."""
    return _sealed("referral_seal", world.states()["triage"])


def _sealed(noun: str, pk: UUID) -> UUID:
    asked = take("put", pk, manager(), noun=noun, people=[str(officer().user_id)])
    question = factories.open_confirmation(asked.id, second_manager())
    answer = browser_of(second_manager()).post(f"confirmations/{question.id}/confirm/", {"version": question.version})
    assert answer.status_code == 200, answer.content
    found: UUID = asked.id
    return found
