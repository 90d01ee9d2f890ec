"""Youth justice with one of everything an agency can have, brought there by the real edges."""

from typing import Any

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.directory.models import Service
from backend.interventions.models import Intervention
from backend.referrals.models import Referral
from tests.actors import actor
from tests.administration.leading import led_by
from tests.administration.leading import manager as lead_manager
from tests.administration.leading import worker as lead_worker
from tests.casework import action_of, allocated, case_of, open_transfer_of, task_about
from tests.directory.entries import service
from tests.edges import take
from tests.factories import agency_id, disagreed, draft, officer, questions, referral_in, teacher
from tests.interventions.made import BY_PROVIDER, WAYS, go, recommended

ENDS = "youth-justice"


def boss() -> Actor:
    """The manager of the agency that ends."""
    return actor(ENDS, Role.MANAGER)


def decider() -> Actor:
    """Its triage officer."""
    return actor(ENDS, Role.TRIAGE_OFFICER)


def worker() -> Actor:
    """Its case worker."""
    return actor(ENDS, Role.CASE_WORKER)


def taken() -> Referral:
    """A referral that it has taken."""
    referral = referral_in("triage")
    take("redirect", referral.id, officer(), to_agency=agency_id(ENDS))
    taken_over: Referral = take("take", referral.id, decider())
    return taken_over


def gives(of: Service | None = None, state: str = Intervention.OFFERED) -> Intervention:
    """A service that it gives, or is asked to give, within a case that early help leads."""
    provided = of or service(boss())
    target = recommended(led_by(lead_worker()), lead_worker(), provided)
    for edge in WAYS[state]:
        target = go(edge, target, worker() if edge in BY_PROVIDER else lead_worker())
    return target


def given_everything() -> dict[str, Any]:
    """What it has, by kind."""
    made: dict[str, Any] = {"holds": taken()}
    challenged = take("decline", taken().id, decider(), reason_code="threshold_not_met", level_of_need="universal_plus")
    made["owes"] = challenged
    made["answers"] = disagreed(challenged, teacher())
    waiting = take("decline", taken().id, decider(), reason_code="threshold_not_met", level_of_need="complex")
    made["second_person"] = waiting
    accepted = take("accept", taken().id, decider(), lead_agency=agency_id(ENDS))
    made["leads"] = allocated(case_of(accepted, boss()), to=worker(), by=boss())
    made["tasks"] = task_about(made["leads"], worker(), by=boss())
    made["actions"] = action_of(made["leads"], boss(), worker())
    take("propose_transfer", made["leads"].id, boss(), noun="case", to_agency_id=agency_id("city-early-help"))
    elsewhere = led_by(lead_worker())
    take("propose_transfer", elsewhere.id, lead_manager(), noun="case", to_agency_id=agency_id(ENDS))
    made["asked_to_lead"] = open_transfer_of(elsewhere, lead_manager())
    offered = referral_in("triage")
    made["offered"] = take("redirect", offered.id, officer(), to_agency=agency_id(ENDS))
    asking = referral_in("triage")
    made["asked"] = take("request_information", asking.id, officer(), **questions(ENDS))
    made["drafts"] = draft(worker())
    made["provides"] = service(boss())
    made["gives"] = gives(made["provides"])
    return made
