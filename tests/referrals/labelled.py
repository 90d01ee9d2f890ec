"""Referrals in which something bears a label, and those who meet them."""

from typing import Any

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.referrals.models import Referral
from tests.actors import actor
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import take
from tests.factories import agency_id, manager, officer, referral_in

SECRET = "Two men with knives were seen at the back door on Tuesday."
PLAIN = {"text": "She is out at night.", "basis": "seen", "currency": "current"}
CHARITY = "kite-street"
STATUTORY = "city-early-help"


def police() -> Actor:
    """Who sends intelligence."""
    return actor("city-police", Role.PRACTITIONER)


def intelligence(**more: Any) -> dict[str, Any]:
    """One thing said that bears the label POLICE."""
    said = {"text": SECRET, "basis": "seen", "currency": "current", "mark": "police", "visitors_at_risk": False}
    return {**said, **more}


def sent(*, labelled: bool = True, state: str = Referral.TRIAGE, **answers: Any) -> Referral:
    """A referral by the police with intelligence in it, or the same without."""
    worries = [PLAIN, intelligence()] if labelled else [PLAIN]
    return referral_in(state, by=police(), **{"worried_about": worries, **answers})


def led_by(referral: Referral, slug: str) -> tuple[Case, Actor]:
    """The case it leads to in the hands of a worker of that agency."""
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "PC Made-Up"}
    taken = take("accept", referral.id, officer(), lead_agency=agency_id(slug), **handover)
    case, lead = case_of(taken), manager(slug)
    take("accept", open_transfer_of(case, lead).id, lead, noun="transfer")
    worker = actor(slug, Role.CASE_WORKER)
    return allocated(case, to=worker, by=lead), worker
