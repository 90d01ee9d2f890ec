"""A child whom a school referred and the front door holds, and cases in the states that tests start from."""

from datetime import date
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases.commands import CaseInHand, Handover, case_machine, open_or_join, propose_to_lead
from backend.cases.models import Case, Transfer
from backend.children.commands import record_child
from backend.children.models import Child
from backend.core.ids import new_reference
from backend.referrals.models import Referral
from backend.sharing.rules import Basis
from tests.actors import actor

BASIS = Basis("public_task", "safeguarding_children", "children_act_2004_s10")
HANDOVER = Handover("School is the safe place.", "Visit on Friday.", "None known.", "Ms Teacher, 0121 496 0000")
PROPOSAL = {
    "why": "better_placed",
    "what_matters": HANDOVER.what_matters,
    "open_actions": HANDOVER.open_actions,
    "risks": HANDOVER.risks,
    "who_to_speak_to": HANDOVER.who_to_speak_to,
    "article6": BASIS.article6,
    "condition": BASIS.condition,
    "power": BASIS.power,
}


class World:
    """The people of the reference data that cases need."""

    def __init__(self) -> None:
        self.teacher = actor(self.school().slug, Role.PRACTITIONER)
        self.officer = actor("front-door", Role.TRIAGE_OFFICER)
        self.front_door_manager = actor("front-door", Role.MANAGER)
        # Of another team than the worker: what a manager sees here, they see as the lead.
        self.manager = actor("city-early-help", Role.MANAGER, nth=1)
        self.worker = actor("city-early-help", Role.CASE_WORKER)
        self.other_worker = actor("city-early-help", Role.CASE_WORKER, nth=1)
        self.youth_justice_manager = actor("youth-justice", Role.MANAGER)
        self.youth_justice_worker = actor("youth-justice", Role.CASE_WORKER)
        self.stranger = actor("brightwater", Role.MANAGER)

    @staticmethod
    def school() -> Agency:
        """A school with a practitioner."""
        return Agency.objects.filter(kind="school", memberships__role=Role.PRACTITIONER).order_by("slug")[0]

    @staticmethod
    def agency(slug: str) -> Agency:
        """An agency by its slug."""
        return Agency.objects.get(slug=slug)

    def referred(self, holder: Agency | None = None, **values: Any) -> Child:
        """A child with a submitted referral that `holder` (the front door) has."""
        about = {"given_name": "Amina", "family_name": "Example", "date_of_birth": date(2012, 5, 4), **values}
        with acting(self.teacher):
            return self.refers(record_child(self.teacher, about), holder or self.agency("front-door"))

    def refers(self, child: Child, holder: Agency, *, by: Actor | None = None) -> Child:
        """The teacher, if nobody else, sends a referral about a child to an agency, which has it then."""
        who = by or self.teacher
        with acting(who):
            referral = Referral(
                partnership_id=who.partnership_id,
                reference=new_reference("R"),
                created_by_id=who.user_id,
                referrer_agency_id=who.agency_id,
                holder_id=who.agency_id,
            )
            record(who, "referral.create", referral, root_id=referral.id)
            referral.submit(who, {"holder_id": holder.id, "child": child})
            record(who, "referral.submit", referral, root_id=referral.id, child_id=child.id)
        return child

    def opened(self, child: Child | None = None, *, led_by: str = "front-door", choice: str = "") -> CaseInHand:
        """A case that a triage officer of `led_by` opened: unallocated; `choice` where one closed not long ago."""
        lead = self.agency(led_by)
        officer = self.officer if led_by == "front-door" else actor(led_by, Role.TRIAGE_OFFICER)
        child = child or self.referred(lead)
        with acting(officer):
            theme = "violence_reduction"
            return open_or_join(officer, child, holder=lead, theme=theme, priority="amber", choice=choice)

    def allocated(self) -> Case:
        """A case of city early help with its worker, first contact to come."""
        in_hand = self.opened(led_by="city-early-help")
        return self.allocate(in_hand.id, self.manager, self.worker)

    @staticmethod
    def allocate(case_id: Any, manager: Actor, practitioner: Actor, *, on: date = date(2100, 1, 1)) -> Case:
        """Allocate by the real edge, the first visit planned `on` a day."""
        given = {
            "lead_practitioner_id": practitioner.user_id,
            "reason_code": "has_room",
            "next_action": "First visit",
            "next_action_on": on,
        }
        with acting(manager):
            version = Case.objects.get(pk=case_id).version
            return case_machine.perform(manager, "allocate", case_id, version=version, given=given)

    def proposed(self, case: Case | None = None, *, to: str = "youth-justice") -> Transfer:
        """A transfer that waits for the manager of `to`."""
        case = case or self.allocated()
        given = {**PROPOSAL, "to_agency_id": self.agency(to).id}
        with acting(self.manager):
            version = Case.objects.get(pk=case.id).version
            case_machine.perform(self.manager, "propose_transfer", case.id, version=version, given=given)
            return Transfer.objects.get(case_id=case.id, state=Transfer.PROPOSED)

    def proposed_at_decision(self) -> Transfer:
        """A transfer proposed by the officer who agreed to help, before anybody led the case."""
        lead, child = self.agency("city-early-help"), self.referred()
        with acting(self.officer):
            in_hand = open_or_join(
                self.officer,
                child,
                holder=self.agency("front-door"),
                theme="violence_reduction",
                priority="green",
            )
            return propose_to_lead(self.officer, in_hand, to_agency_id=lead.id, handover=HANDOVER, basis=BASIS)


@pytest.fixture
def world(db: None) -> World:
    return World()
