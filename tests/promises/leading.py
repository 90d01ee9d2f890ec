"""Walks of a case whose lead is offered, refused, asked for, and named; and one agency always leads it."""

from collections.abc import Mapping
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backend.agencies.roles import Role
from backend.cases.commands import case_machine, lead_request_machine, transfer_machine
from backend.cases.commands.going_on import go_on_all
from backend.cases.models import Case, LeadRequest, TeamMember, Transfer
from backend.core import clock
from backend.deadlines.models import Deadline
from tests import casework
from tests.actors import actor
from tests.edges import take
from tests.factories import agency_id
from tests.promises.departing import HOLDERS
from tests.promises.two_logins import as_worker
from tests.promises.walking import HELPS, Walk

IN_HAND, REFUSED_ONCE, TO_BE_NAMED, ASKED_FOR = "a case in hand", "one who refused", "two who refused", "one who asks"
BEGINNINGS = (IN_HAND, REFUSED_ONCE, TO_BE_NAMED, ASKED_FOR)
REFUSING = (HOLDERS[1], HOLDERS[0])
NAMING = "transfer_naming"


class Leading(Walk):
    """The same walk, of a case in hand whose lead is offered, asked for and refused; and sometimes nobody takes it."""

    besides = (("childrens-social-care", Role.CASE_WORKER, 0),)
    also_ending = ("childrens-social-care",)

    @initialize(so_far=st.sampled_from(BEGINNINGS))
    def somebody_begins_a_referral(self, so_far: str) -> None:
        """By chance alone hardly one would come to a case that two agencies have refused."""
        self.referral_id = self._helped(self.people[0], HELPS, in_hand=True).id
        note(f"begins with {so_far}")
        with self._from_above():
            case = Case.objects.order_by("id")[0]
        with clock.at(self.now):
            for slug in REFUSING[: {REFUSED_ONCE: 1, TO_BE_NAMED: 2}.get(so_far, 0)]:
                self._refused_by(case, slug)
            if so_far == ASKED_FOR:
                teacher = self.school[1]
                casework.lead_asked_for(casework.member_of(case, actor(HELPS, Role.MANAGER), teacher), teacher)

    def _refused_by(self, case: Case, slug: str) -> None:
        leader = actor(HELPS, Role.MANAGER)
        take("propose_transfer", case.id, leader, noun=case_machine.noun, to_agency_id=agency_id(slug))
        asked = casework.open_transfer_of(case, leader)
        take("decline", asked.id, actor(slug, Role.MANAGER), noun=transfer_machine.noun)

    @rule(data=st.data())
    def the_lead_is_offered(self, data: st.DataObject) -> None:
        given = self._given(data, "case.propose_transfer")
        self._work(
            data,
            "offers the lead",
            lambda case, who: take("propose_transfer", case.id, who, noun=case_machine.noun, **given),
        )

    @rule(data=st.data(), edge=st.sampled_from(["decline", "decline", "accept", "withdraw"]))
    def whoever_is_asked_to_lead_answers(self, data: st.DataObject, edge: str) -> None:
        with self._from_above():
            asked = Transfer.objects.filter(state=Transfer.PROPOSED).order_by("id").first()
        if asked is None:
            return
        agency = asked.from_agency_id if edge == "withdraw" else asked.to_agency_id
        hands = [one for one in self.people if one.agency_id == agency and one.role is Role.MANAGER]
        if hands:
            self._do(transfer_machine, edge, data.draw(st.sampled_from(hands), label="who"), asked.id)

    @rule(data=st.data())
    def the_front_door_names_who_leads(self, data: st.DataObject) -> None:
        with self._from_above():
            asked = Transfer.objects.filter(escalated_to__isnull=False, named_at=None).order_by("id").last()
        managers = [one for one in self.people if one.role is Role.MANAGER]
        if asked is not None and managers:
            who = data.draw(st.sampled_from(managers), label="who names")
            self._do(transfer_machine, "name_lead", who, asked.id, **self._given(data, "transfer.name_lead"))

    @rule(data=st.data())
    def somebody_of_the_team_asks_for_the_lead(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from([*self.people, self.school[1]]), label="who asks")
        with self._as(who):
            member = TeamMember.objects.filter(person_id=who.user_id, state=TeamMember.ON).order_by("id").first()
        if member is not None:
            with self._trying(who, "asks for the lead"):
                casework.lead_asked_for(member, who)

    @rule(data=st.data())
    def somebody_answers_who_asks_for_the_lead(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who answers")
        with self._as(who):
            asked = lead_request_machine.visible_to(who).filter(state__in=LeadRequest.OPEN).order_by("id").first()
        if asked is not None:
            self._take_any(data, lead_request_machine, asked.id, who=who)

    @rule()
    def the_worker_ends_what_nobody_can_answer(self) -> None:
        """A question to whoever leads no more, or about a case that has closed, has nobody left to answer it."""
        with clock.at(self.now), as_worker():
            self.taken["a question ends by itself"] += go_on_all()
        with self._from_above():
            for request in LeadRequest.objects.filter(state__in=LeadRequest.OPEN):
                case = Case.objects.get(pk=request.root_id)
                assert case.state in Case.OPEN, "nobody is asked about a case that has closed"
                assert request.asked_agency_id == case.lead_agency_id, "and whoever is asked leads it"

    def _given(self, data: st.DataObject, edge: str) -> Mapping[str, Any]:
        if edge == "transfer.name_lead":
            slug = data.draw(st.sampled_from((*HOLDERS, *self.also_ending)), label="named")
            return {"to_agency_id": agency_id(slug), **self.basis(data)}
        return super()._given(data, edge)

    # --- What is promised ---------------------------------------------------------------------------------------------

    def what_else_is_promised(self) -> None:
        super().what_else_is_promised()
        with self._from_above():
            for case in Case.objects.filter(state__in=Case.OPEN):
                self._whoever_is_asked_is_there(case)
                self._whoever_names_is_asked_once(case)
                self._nobody_minds_it_for_good(case)

    def _running(self, case: Case, kind: str) -> bool:
        return Deadline.objects.filter(root_id=case.id, kind=kind, met_at=None, stopped_at=None).exists()

    def _whoever_is_asked_is_there(self, case: Case) -> None:
        asked = Transfer.objects.filter(case=case, state=Transfer.PROPOSED).select_related("to_agency")
        assert len(asked) <= 1, "one at a time"
        for transfer in asked:
            assert transfer.to_agency.ended_at is None, "nobody waits for the answer of an agency that has ended"
            assert transfer.from_agency_id == case.lead_agency_id, "whoever leads is who asks"

    def _whoever_names_is_asked_once(self, case: Case) -> None:
        """From the second refusal on somebody is to name who leads, until they have, or another agency is asked."""
        last = Transfer.objects.filter(case=case).order_by("id").last()
        to_name = last is not None and last.escalated_to_id is not None and last.named_at is None
        assert self._running(case, NAMING) <= to_name, "whoever is to name somebody finds what was refused"
        if to_name and last is not None and last.from_agency_id == case.lead_agency_id:
            assert self._running(case, NAMING), "and by when"

    def _nobody_minds_it_for_good(self, case: Case) -> None:
        if case.minded_for_id is not None:
            assert self._running(case, "allocate"), "whoever minds a case does so until somebody is chosen, by a day"
