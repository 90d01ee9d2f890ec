"""Cases that city early help leads, brought there by the real edges."""

from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.interventions.models import Intervention
from tests.actors import actor
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import take
from tests.factories import agency_id, officer, referral_in
from tests.interventions.made import WAYS, go, recommended, service
from tests.worker import worker_login

EARLY_HELP = "city-early-help"


def manager(nth: int = 0) -> Actor:
    """A manager of city early help."""
    return actor(EARLY_HELP, Role.MANAGER, nth=nth)


def worker(nth: int = 0) -> Actor:
    """A case worker of city early help."""
    return actor(EARLY_HELP, Role.CASE_WORKER, nth=nth)


def administrator() -> Actor:
    """Who looks after the front door's people and sees no case."""
    return actor("front-door", Role.SYSTEM_ADMINISTRATOR)


def led_by(who: Actor) -> Case:
    """A case whose lead practitioner is `who`."""
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    referral = take("accept", referral_in("triage").id, officer(), lead_agency=agency_id(EARLY_HELP), **handover)
    case = case_of(referral)
    take("accept", open_transfer_of(case, manager()).id, manager(), noun="transfer")
    return allocated(case, to=who, by=manager())


def given_by(who: Actor) -> Intervention:
    """A service that somebody of early help gives within a case of their own agency."""
    target = recommended(led_by(worker(1)), worker(1), service(EARLY_HELP))
    for edge in WAYS[Intervention.STARTED]:
        target = go(edge, target, worker(1))
    return go("name_worker", target, who, worker_id=str(who.user_id))


def caseload_of(who: Actor) -> str:
    """Where what somebody has in hand is read, and given to others."""
    return f"people/{who.membership_id}/caseload/"


def as_system(model: Any, **where: Any) -> list[Any]:
    """The rows there are, whoever may see them."""
    with worker_login(), acting_as_system(job="test"):
        return list(model.objects.filter(**where).order_by("id"))
