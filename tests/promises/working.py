"""In a walk: the case is worked. Goals are set, actions given, colleagues named, and the lead practitioner changes."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.commands import case_machine
from backend.cases.models import Case
from tests import casework
from tests.edges import take
from tests.promises.sharing import Sharing


class Working(Sharing):
    """What hangs on a case, by its lead practitioner or whoever else draws the lot, to people who may leave."""

    @rule(data=st.data())
    @precondition(lambda self: self.referral_id is not None)
    def a_goal_is_set(self, data: st.DataObject) -> None:
        self._work(data, "sets a goal", casework.goal_of)

    @rule(data=st.data())
    @precondition(lambda self: self.referral_id is not None)
    def an_action_is_given(self, data: st.DataObject) -> None:
        owner = data.draw(st.sampled_from(self.people), label="does it")
        self._work(data, "gives an action", lambda case, who: casework.action_of(case, who, owner))

    @rule(data=st.data())
    @precondition(lambda self: self.referral_id is not None)
    def somebody_is_named_to_the_team(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self.people), label="is named")
        self._work(data, "names a member", lambda case, who: casework.member_of(case, who, person))

    @rule(data=st.data())
    @precondition(lambda self: self.referral_id is not None)
    def the_lead_practitioner_changes(self, data: st.DataObject) -> None:
        case, _hands = self._case_and_hands()
        there = [one for one in self.people if case is not None and one.agency_id == case.lead_agency_id]
        to = data.draw(st.sampled_from(there or self.people), label="to")
        given = {"noun": case_machine.noun, "lead_practitioner_id": str(to.user_id)}
        self._work(data, "changes the lead practitioner", lambda case, who: take("reallocate", case.id, who, **given))

    def _work(self, data: st.DataObject, what: str, act: Callable[[Case, Actor], Any]) -> None:
        """By its manager or lead practitioner, mostly; at times by anybody who sees it, and is refused."""
        case, hands = self._case_and_hands()
        anybody = data.draw(st.integers(0, 9), label="anybody") == 9
        who = data.draw(st.sampled_from(self.people if anybody or not hands else hands), label="who")
        if case is None:
            return
        with self._as(who):
            seen = case_machine.visible_to(who).filter(pk=case.id).exists()
        if seen:
            with self._trying(who, what):
                act(case, who)

    def _case_and_hands(self) -> tuple[Case | None, list[Actor]]:
        for who in self.people:
            with self._as(who):
                case = Case.objects.filter(state__in=Case.OPEN).order_by("id").first()
            if case is not None:
                return case, [one for one in self.people if _has_in_hand(one, case)]
        return None, []


def _has_in_hand(who: Actor, case: Case) -> bool:
    """Whether they work on the case, or manage the agency that leads it."""
    manages = who.role is Role.MANAGER and who.agency_id == case.lead_agency_id
    return manages or who.user_id == case.lead_practitioner_id
