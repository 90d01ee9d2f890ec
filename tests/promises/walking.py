"""A walk: one referral and all that may become of it, by anybody who may, while people and hours come and go."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backend.access import queries
from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.conflicts import find_children
from backend.agencies.roles import Role
from backend.cases.commands import case_machine, transfer_machine
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.core.errors import Refusal
from backend.core.ids import uuid7
from backend.deadlines.jobs import expire
from backend.disagreements.commands import disagreement_machine
from backend.disagreements.models import Disagreement
from backend.moments.commands.passing_on import pass_on_all
from backend.moments.commands.recording import record_moment
from backend.referrals.commands.machine import referral_machine, resume_answered
from backend.referrals.models import Decision, Referral
from backend.workflow import confirmations
from backend.workflow.machine import Machine
from backend.workflow.models import Confirmation
from backend.workflow.views import validated
from tests.actors import actor
from tests.edges import INPUTS as EVERY_INPUT
from tests.edges import take
from tests.factories import agency_id, draft, manager, officer, questions
from tests.promises.departing import HOLDERS, SELDOM, is_a_sentence
from tests.promises.two_logins import as_worker
from tests.promises.working import Working
from tests.referrals.answers import complete_answers
from tests.routes import SOMETHING

# Edges that show something to another agency for as long as it is asked.
SHARING = ("referral.redirect", "case.propose_transfer", "referral.request_information")

# What a second person is asked about a walk's records, and how they say it.
INPUTS = {noun: EVERY_INPUT[noun] for noun in ("referral", "case")}
# After it nearly nobody sees anything: where it came often, little else would be walked.
ENDS_A_WALK = ("record_death",)
DEATH = {"died_on": "2026-11-20"}
HELPS = "city-early-help"
CASES = ("a case", "a case in hand")
BEGINNINGS = ("a draft", "sent", "in triage", *CASES)


class Walk(Working):
    """One referral, the case it may become and its transfers, taken anywhere by anybody, while people come and go."""

    @initialize(so_far=st.sampled_from(BEGINNINGS))
    def somebody_begins_a_referral(self, so_far: str) -> None:
        """Some walks begin late: from a draft, chance alone hardly ever comes to a case that somebody works on."""
        note(f"begins as {so_far}")
        if so_far in CASES:
            self.referral_id = self._helped(self.people[0], HELPS, in_hand=so_far == CASES[1]).id
            return
        with clock.at(self.now):
            self.referral_id = draft(self.people[0]).id
            for edge, who in (("submit", self.people[0]), ("start_triage", officer()))[: BEGINNINGS.index(so_far)]:
                take(edge, self.referral_id, who)

    def _helped(self, by: Actor, lead: str, *, in_hand: bool) -> Referral:
        """A referral that the front door accepts for `lead`, which takes the case over and gives it to its worker."""
        handed_over = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
        leader = actor(lead, Role.MANAGER)
        with clock.at(self.now):
            sent = draft(by)
            take("submit", sent.id, by)
            take("start_triage", sent.id, officer())
            helped: Referral = take("accept", sent.id, manager(), lead_agency=agency_id(lead), **handed_over)
            with acting(leader):
                asked = Transfer.objects.filter(root_id=helped.case_id, state=Transfer.PROPOSED).first()
            if asked is not None:
                take("accept", asked.id, leader, noun=transfer_machine.noun)
            if in_hand:
                worker = str(actor(lead, Role.CASE_WORKER).user_id)
                take("allocate", helped.case_id, leader, noun=case_machine.noun, lead_practitioner_id=worker)
        return helped

    @property
    def referrer(self) -> Actor:
        """Who reads the referral at the school: its teacher, and once they have left whoever has it now."""
        school = self.school[0].agency_id
        return next(one for one in self.people if one.agency_id == school)

    @rule(hours=st.sampled_from([1, 5, 24, 72, 24 * 31]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(data=st.data())
    def somebody_takes_an_edge_of_the_referral(self, data: st.DataObject) -> None:
        self._take_any(data, referral_machine, self.referral_id)

    @rule(data=st.data())
    def the_one_who_should_goes_on(self, data: st.DataObject) -> None:
        """Walks that go somewhere: an officer of the holder, with something that nothing stands in the way of."""
        referral = self._referral()
        if referral.state == Referral.DRAFT:
            self._do(referral_machine, "submit", self.referrer, referral.id)
        elif referral.submitted_at is not None:
            self._take_any(data, referral_machine, referral.id, who=self._managing())

    @rule(data=st.data())
    def somebody_takes_an_edge_of_the_case(self, data: st.DataObject) -> None:
        for who in self.people:
            with self._as(who):
                found = Case.objects.first()
            if found is not None:
                self._take_any(data, case_machine, found.id)
                return

    @rule(data=st.data())
    def somebody_answers_a_transfer(self, data: st.DataObject) -> None:
        for who in self.people:
            with self._as(who):
                found = Transfer.objects.filter(state=Transfer.PROPOSED).first()
            if found is not None:
                self._take_any(data, transfer_machine, found.id)
                return

    @rule(data=st.data())
    def the_referrer_disagrees(self, data: st.DataObject) -> None:
        """About the last decision; what anybody else may challenge is among the edges they take."""
        referral = self._referral()
        if referral.submitted_at is not None:
            given = self._given(data, "referral.disagree")
            self._do(referral_machine, "disagree", self.referrer, referral.id, **given)

    @rule(data=st.data())
    def somebody_goes_on_with_a_disagreement(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who")
        with self._as(who):
            found = disagreement_machine.visible_to(who).filter(state__in=Disagreement.OPEN).first()
        if found is not None:
            self._take_any(data, disagreement_machine, found.id, who=who)

    @rule(data=st.data(), agrees=st.booleans())
    def a_second_person_answers(self, data: st.DataObject, agrees: bool) -> None:
        who = data.draw(st.sampled_from(self.people), label="second person")
        with clock.at(self.now):
            try:
                with acting(who):
                    waiting = Confirmation.objects.filter(noun__in=INPUTS, state=Confirmation.ASKED).first()
                    if waiting is None:
                        return
                    if not agrees:
                        confirmations.refuse(who, waiting.id, reason="Not yet.")
                        return
                    given = validated(INPUTS[waiting.noun][waiting.edge], {**waiting.given, "version": 0})
                    given.pop("version")
                    confirmations.confirm(who, waiting.id, given=given)
                self.taken[f"{waiting.noun}.{waiting.edge} agreed"] += 1
            except Refusal as refusal:
                is_a_sentence(refusal)

    @rule(data=st.data())
    def somebody_reports_a_critical_moment(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who reports")
        known = complete_answers()
        child = {
            "given_name": data.draw(st.sampled_from([known["child_given_name"], "Nobody"]), label="child"),
            "family_name": known["child_family_name"],
            "date_of_birth": date.fromisoformat(str(known["child_date_of_birth"])),
        }
        told = {"kind": "arrest", "happened_at": self.now, "text": "Held with an older cousin."}
        with self._as(who):
            record_moment(who, uuid7(), {**child, **told})

    @rule()
    def the_worker_does_what_is_due(self) -> None:
        """Moments reach somebody, clocks run out, answers bring a referral back."""
        with clock.at(self.now), as_worker():
            pass_on_all()
            expire()
            resume_answered()
            find_children()

    def _take_any(
        self, data: st.DataObject, machine: Machine[Any], pk: UUID | None, *, who: Actor | None = None
    ) -> None:
        who = who or data.draw(st.sampled_from(self.people), label="who")
        with self._as(who):
            target = machine.visible_to(who).filter(pk=pk).first()
            relations = queries.relations_to(who, target.root_id) if target else frozenset()
            names = [name for name, _ in machine.names(who, target, relations)] if target else []
        if not names:
            return
        name = data.draw(st.sampled_from(names), label="edge")
        if name in ENDS_A_WALK and data.draw(SELDOM, label="seldom"):
            return
        self._do(machine, name, who, target.id, **self._given(data, f"{machine.noun}.{name}"))

    def _do(self, machine: Machine[Any], name: str, who: Actor, pk: UUID, **given: Any) -> None:
        note(f"{self.now:%a %H:%M} {who.agency_name} {who.role}: {machine.noun}.{name}")
        with self._as(who):
            if not machine.visible_to(who).filter(pk=pk).exists():
                return
        with clock.at(self.now):
            try:
                take(name, pk, who, noun=machine.noun, **given)
                self.taken[f"{machine.noun}.{name}"] += 1
            except Refusal as refusal:
                is_a_sentence(refusal)

    def _given(self, data: st.DataObject, edge: str) -> Mapping[str, Any]:
        to = agency_id(data.draw(st.sampled_from(HOLDERS), label="agency"))
        handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
        return {
            "referral.redirect": {"to_agency": to, **self._shares(data, edge)},
            "referral.accept": {"lead_agency": to, **handover},
            "case.propose_transfer": {"to_agency_id": to, **self._shares(data, edge)},
            "referral.request_information": {**questions("school-nursing"), **self._shares(data, edge)},
            "referral.decline": {
                "level_of_need": data.draw(st.sampled_from(["universal_plus", "complex"]), label="level")
            },
            "referral.record_death": DEATH,
            "case.record_death": DEATH,
            "referral.disagree": {"decision": str(self._last_decision())},
            "case.allocate": {"lead_practitioner_id": str(data.draw(st.sampled_from(self.people), label="to").user_id)},
        }.get(edge, {})

    def _shares(self, data: st.DataObject, edge: str) -> Mapping[str, Any]:
        return self.basis(data) if edge in SHARING else {}

    def _last_decision(self) -> UUID:
        with self._as(self.referrer):
            decided = Decision.objects.filter(root_id=self.referral_id).order_by("-at", "-id")
            return decided.values_list("id", flat=True).first() or SOMETHING

    def _managing(self) -> Actor:
        """A manager of the agency that holds it."""
        holder_id = self._referral().holder_id
        return next(one for one in self.people if one.agency_id == holder_id and one.role is Role.MANAGER)
