"""Walks of one child in two records, each with an open case: the leads agree, two people join, and take apart again."""

from uuid import UUID

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.commands.going_on import go_on_all
from backend.cases.models import Case
from backend.core import clock
from backend.core.errors import Conflict
from backend.matching import queries
from backend.matching.commands import ask_leads, case_choice_machine, drop_choice, propose_merge, unmerge
from backend.matching.models import CaseChoice, Merge
from backend.referrals.models import Referral
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from tests.actors import actor
from tests.factories import agency_id, manager, officer
from tests.promises.two_logins import as_worker
from tests.promises.walking import Walk
from tests.routes import SOMETHING

DOOR, OTHER_LEAD = "front-door", "youth-justice"
WHY = "Same house, same school."


TWO_CASES = ("two cases", "the leads are asked", "the leads agree", "the records are joined")
NOBODY_ASKS = Conflict("Nobody is asked about the two records.", code="not_ready")


class TwoCases(Walk):
    """The same walk, in which the police refer the child too and each referral has led to a case of another agency."""

    @initialize(so_far=st.sampled_from(TWO_CASES))
    def somebody_begins_a_referral(self, so_far: str) -> None:
        """Some walks begin late: by chance alone hardly one would come to two records joined."""
        self.police = actor("city-police", Role.PRACTITIONER)
        first = self._helped(self.people[0], OTHER_LEAD, in_hand=True)
        self.second = self._helped(self.police, DOOR, in_hand=False)
        self.referral_id = first.id
        note(f"begins with {so_far}")
        if so_far != TWO_CASES[0]:
            self._ask(officer())
        if so_far in TWO_CASES[2:]:
            self._agree()
        if so_far in TWO_CASES[3:]:
            self._join(officer())
            self._confirm(manager())

    def _ask(self, who: Actor) -> None:
        version = self._version()
        with self._as(who):
            ask_leads(who, self.second.id, version=version, child=self._other_child())

    def _drop(self, who: Actor) -> None:
        version = self._version()
        with self._as(who):
            drop_choice(who, self.second.id, version=version, reason="They are cousins.")

    def _agree(self) -> None:
        for slug in (OTHER_LEAD, DOOR):
            self._say(actor(slug, Role.MANAGER), first=True)

    def _join(self, who: Actor) -> None:
        version = self._version()
        with self._as(who):
            propose_merge(who, self.second.id, version=version, child=self._other_child(), reason=WHY)

    def _take_apart(self, who: Actor) -> None:
        version = self._version()
        with self._as(who):
            unmerge(who, self.second.id, version=version, reason="Two cousins.")

    @rule(data=st.data(), drops=st.integers(0, 9).map(lambda drawn: drawn == 9))
    def the_leads_are_asked_or_not_any_more(self, data: st.DataObject, drops: bool) -> None:
        who = self._at_the_door(data)
        with self._trying(who, "drops the question" if drops else "asks the leads"):
            (self._drop if drops else self._ask)(who)

    @rule(data=st.data(), first=st.integers(0, 9).map(bool))
    def a_lead_says_which_case_goes_on(self, data: st.DataObject, first: bool) -> None:
        """The first, most of the time: else the two would hardly ever agree."""
        who = data.draw(st.sampled_from(self._managers()), label="who says")
        with self._trying(who, "says which case goes on"):
            self._say(who, first=first)

    @rule(data=st.data())
    def somebody_joins_the_records_or_takes_them_apart(self, data: st.DataObject) -> None:
        who, joined = self._at_the_door(data), self._are_joined()
        with self._trying(who, "asks to take apart" if joined else "asks to join"):
            (self._take_apart if joined else self._join)(who)

    @rule(data=st.data())
    def a_second_person_agrees_about_the_records(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self._managers()), label="second person")
        with self._trying(who, "agrees about the records"):
            self._confirm(who)

    @rule()
    def the_worker_hands_over_what_was_open(self) -> None:
        with clock.at(self.now), as_worker():
            self.taken["what was open goes on"] += go_on_all()

    def _say(self, who: Actor, *, first: bool) -> None:
        with self._as(who):
            choice = CaseChoice.objects.filter(state__in=CaseChoice.OPEN).first()
            if choice is None:
                raise NOBODY_ASKS
            given = {"goes_on": choice.first_case_id if first else choice.second_case_id}
            case_choice_machine.perform(who, "say", choice.id, version=choice.version, given=given)

    def _confirm(self, who: Actor) -> None:
        with self._as(who):
            waiting = Confirmation.objects.filter(noun="child", state=Confirmation.ASKED).first()
            if waiting is None:
                raise NOBODY_ASKS
            confirmations.confirm(who, waiting.id, given={"reason": WHY})

    def _at_the_door(self, data: st.DataObject) -> Actor:
        """Mostly somebody of the front door, which decided about both; at times anybody, who is refused."""
        there = [one for one in self.people if one.agency_id == agency_id(DOOR)]
        anybody = data.draw(st.integers(0, 9), label="anybody") == 0
        return data.draw(st.sampled_from(self.people if anybody or not there else there), label="who")

    def _managers(self) -> list[Actor]:
        return [one for one in self.people if one.role is Role.MANAGER]

    def _are_joined(self) -> bool:
        with self._from_above():
            return Merge.objects.filter(state=Merge.JOINED).exists()

    def _version(self) -> int:
        with self._from_above():
            version: int = Referral.objects.values_list("version", flat=True).get(pk=self.second.id)
            return version

    def _other_child(self) -> UUID:
        """The other record, as whoever may compare the two is offered it; nothing else may be asked about."""
        offered = queries.offered(self.second.about.id)
        return min(offered) if offered else SOMETHING

    @invariant()
    def one_child_has_one_open_case_and_none_is_lost(self) -> None:
        if self.referral_id is None or not hasattr(self, "second"):
            return
        with self._from_above():
            cases = list(Case.objects.all())
            joined = {one.id: one for one in cases if one.joined_into_id is not None}
            merged = Merge.objects.filter(state=Merge.JOINED).exists()
            for ended in joined.values():
                goes_on = next(one for one in cases if one.id == ended.joined_into_id)
                assert merged, "a case is joined only while the two records are"
                assert ended.state == Case.CLOSED
                assert ended.opened_as_id is None, "whoever joined was let in for that moment only"
                assert goes_on.joined_into_id is None
            if merged:
                assert len([one for one in cases if one.state in Case.OPEN]) <= 1, "a child has one case"
