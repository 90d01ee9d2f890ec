"""What it may cost to take back what others read: a consent, or the agreement to be helped, with what that closes."""

from collections.abc import Mapping
from uuid import UUID

from backend.access.binding import acting
from backend.cases.models import Case
from backend.interventions.models import Intervention
from backend.sharing.models import Disclosure
from tests.api.costs import records
from tests.api.costs.given import working
from tests.api.costs.row import EDGE, EDGE_THAT_MOVES_A_CASE, LEAVES_A_TASK, Given, Row, manager
from tests.edges import take
from tests.factories import agency_id
from tests.interventions import made
from tests.world import World

# Its provider stops reading and is told, and whoever is responsible gets a task of its own to decide what follows.
WITH_EACH_SERVICE = 17
CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}


def _with_a_question(world: World) -> UUID:
    """A case whose lead is offered on consent."""
    pk = records.assessing(world)
    take("propose_transfer", pk, manager(world), noun="case", to_agency_id=agency_id("youth-justice"), **CONSENT)
    return pk


def _with_a_service(world: World) -> UUID:
    """A case with a service under way."""
    pk = records.assessing(world)
    who = manager(world)
    with acting(who):
        case = Case.objects.get(pk=pk)
    made.intervention_in(Intervention.STARTED, case, who)
    return pk


def _its_share(world: World, pk: UUID) -> Given:
    with acting(manager(world)):
        share = Disclosure.objects.get(root_id=pk, article6="consent")
    return {"disclosure": str(share.id), "said_by": "Mother", "reason": "She said no."}


def _its_renewal(world: World, pk: UUID) -> Given:
    return {"disclosure": _its_share(world, pk)["disclosure"], **CONSENT, "ends_on": "2100-01-05"}


MORE: Mapping[str, Row] = {
    "case.renew_sharing": Row(
        _with_a_question, manager, _its_renewal, bar=EDGE, path="cases/{}/renew-sharing/", body={}
    ),
    "case.withdraw_sharing of a question to lead": Row(
        _with_a_question, manager, _its_share, bar=EDGE_THAT_MOVES_A_CASE, path="cases/{}/withdraw-sharing/", body={}
    ),
    "case.withdraw_agreement with a service": Row(
        _with_a_service, manager, working("withdraw_agreement"), bar=LEAVES_A_TASK + WITH_EACH_SERVICE
    ),
}
