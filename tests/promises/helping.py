"""Walks of a case in which services help: offered, waited for, given in sessions, ended, or left by whoever gives."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from backend.access.actors import Actor
from backend.access.models import Involvement
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.commands import case_machine
from backend.cases.models import Case
from backend.cases.queries import is_barred
from backend.children.models import Death
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.interventions import queries
from backend.interventions.commands import intervention_machine, recommend, session_machine
from backend.interventions.commands.giving_back import give_back_all
from backend.interventions.models import Intervention, Session
from backend.interventions.serializers.turning import turn
from tests.actors import actor
from tests.edges import take
from tests.interventions import made
from tests.promises.departing import SELDOM
from tests.promises.two_logins import as_worker
from tests.promises.walking import HELPS, Walk

# A service of an agency that the reference data knows, and one of an organisation without an account.
OUTSIDE = "Harbour Boxing"
# What whoever has the next word does most of the time: a provider's edges, or those of whoever works on the case.
NEXT = {
    Intervention.RECOMMENDED: ("offer",),
    Intervention.OFFERED: ("provider_accept", "provider_accept", "provider_decline"),
    Intervention.PROVIDER_ACCEPTED: ("agree", "agree", "refuse"),
    Intervention.AGREED: ("start", "waitlist"),
    Intervention.WAITLISTED: ("start", "confirm_still_needed"),
    Intervention.STARTED: ("name_worker", "name_worker", "complete", "end_early"),
}
ENDING = {"risk_remains": False, "reason_code": "outcomes_met", "goes_on": "Her school keeps an eye on her."}
BEGINNINGS = (Intervention.RECOMMENDED, Intervention.OFFERED, Intervention.WAITLISTED, Intervention.STARTED)


class Helping(Walk):
    """The same walk, of a case in hand to which services are referred on, while providers come and go too."""

    besides = (
        (made.PROVIDER, Role.PRACTITIONER, 0),
        (made.PROVIDER, Role.MANAGER, 0),
    )
    also_ending = (made.PROVIDER,)

    @initialize(so_far=st.sampled_from(BEGINNINGS), outside=st.booleans())
    def somebody_begins_a_referral(self, so_far: str, outside: bool) -> None:
        """By chance alone hardly one would come to a service that has begun."""
        self.referral_id = self._helped(self.people[0], HELPS, in_hand=True).id
        worker = actor(HELPS, Role.CASE_WORKER)
        note(f"begins with a service {so_far}")
        with clock.at(self.now):
            self.services = [made.service(), made.service(organisation=OUTSIDE)]
            case = self._case()
            target = made.recommended(case, worker, self.services[outside])
            for edge in made.WAYS[so_far]:
                inside = edge in made.BY_PROVIDER and not outside
                target = made.go(edge, target, made.mentor() if inside else worker)

    def _case(self) -> Case:
        with self._from_above():
            return Case.objects.order_by("id")[0]

    @rule(data=st.data())
    def a_service_is_recommended(self, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from(self.services), label="which")
        given = {"service_id": of.id, "goal": made.GOAL}
        self._work(
            data, "recommends a service", lambda case, who: recommend(who, case.id, given, intervention_id=uuid7())
        )

    @rule(data=st.data())
    def somebody_takes_an_edge_of_a_service(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who")
        with self._as(who):
            seen = list(queries.visible_to(who).order_by("id").values_list("id", flat=True))
        if seen:
            self._take_any(data, intervention_machine, data.draw(st.sampled_from(seen), label="which"), who=who)

    @rule(data=st.data())
    def the_one_whose_turn_it_is_goes_on_with_a_service(self, data: st.DataObject) -> None:
        with self._from_above():
            going = list(Intervention.objects.filter(state__in=Intervention.OPEN).order_by("id"))
        if not going:
            return
        target = data.draw(st.sampled_from(going), label="which")
        name = data.draw(st.sampled_from(NEXT[target.state]), label="edge")
        hands = self._hands_of(target, by_provider=name in made.BY_PROVIDER)
        if hands:
            who = data.draw(st.sampled_from(hands), label="who")
            self._do(intervention_machine, name, who, target.id, **self._given(data, f"intervention.{name}"))

    @rule(data=st.data(), ahead=st.booleans())
    def a_session_is_planned_or_held(self, data: st.DataObject, ahead: bool) -> None:
        with self._from_above():
            target = Intervention.objects.filter(state=Intervention.STARTED).order_by("id").first()
        hands = self._hands_of(target, by_provider=True) if target is not None else []
        if target is None or not hands:
            return
        who = data.draw(st.sampled_from(hands), label="who")
        outcome = data.draw(st.sampled_from(["attended", "did_not_attend"]), label="outcome")
        with self._trying(who, "plans a session" if ahead else "records a session"):
            if ahead:
                made.ahead(target, who)
            else:
                made.held(target, who, outcome=outcome, **self._worry(data))

    @rule(data=st.data())
    def somebody_takes_an_edge_of_a_session(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.people), label="who")
        with self._as(who):
            seen = list(session_machine.visible_to(who).order_by("id").values_list("id", flat=True))
        if seen:
            self._take_any(data, session_machine, data.draw(st.sampled_from(seen), label="which"), who=who)

    @rule(data=st.data())
    def the_case_closes_over_its_services(self, data: st.DataObject) -> None:
        """Whoever works on it says of each who goes on, and closes; a case led elsewhere meanwhile is not theirs."""
        if data.draw(SELDOM, label="seldom"):
            return
        case, hands = self._case_and_hands()
        if case is None or not hands:
            return
        with self._from_above():
            going = list(queries.in_case(case.id).filter(state__in=Intervention.OPEN).order_by("id"))
        for target in going:
            self._do(intervention_machine, "say_who_goes_on", hands[0], target.id)
        self._do(case_machine, "close", hands[0], case.id, **ENDING)

    @rule(data=st.data())
    def a_service_leaves_the_directory(self, data: st.DataObject) -> None:
        if data.draw(SELDOM, label="seldom"):
            return
        of = data.draw(st.sampled_from(self.services), label="which")
        keeper = actor(made.PROVIDER, Role.MANAGER)
        with self._trying(keeper, "ends a service"):
            take("end", of.id, keeper, noun="service")

    @rule()
    def the_worker_asks_what_follows(self) -> None:
        """Every concern, and every service that nobody gives any more, reaches somebody who is there."""
        with clock.at(self.now), as_worker():
            self.taken["given back"] += give_back_all()
        with self._from_above():
            left = queries.without_provider().exclude(child_id__in=self._resting())
            assert not left.exists(), "somebody is asked what follows"

    def _hands_of(self, target: Intervention, *, by_provider: bool) -> list[Actor]:
        provider = target.provider_agency_id
        if by_provider and provider is not None:
            return [one for one in self.people if one.agency_id == provider]
        return self._case_and_hands()[1]

    def _worry(self, data: st.DataObject) -> Mapping[str, str]:
        worries = data.draw(st.booleans(), label="a worry")
        return {"concern": "worried", "concern_text": "He was followed home."} if worries else {}

    def _given(self, data: st.DataObject, edge: str) -> Mapping[str, Any]:
        today, coming = local(self.now).date(), self.now + timedelta(days=2)
        return {
            "intervention.offer": self.basis(data) if edge == "intervention.offer" else {},
            "intervention.agree": {"agreed_on": today.isoformat()},
            "intervention.start": {"started_on": today.isoformat(), "planned_sessions": 12},
            "intervention.name_worker": {"worker_id": str(self._giver(data).user_id)},
            "session.move": {"planned_at": coming.isoformat()},
            "session.record": {"happened_at": self.now.isoformat()},
        }.get(edge) or super()._given(data, edge)

    def _giver(self, data: st.DataObject) -> Actor:
        return data.draw(st.sampled_from(self.people[-4:]), label="gives it")

    def _record_before(self, who: Actor) -> tuple[str, UUID | None]:
        given = queries.visible_to(who).filter(provider_agency_id=who.agency_id).order_by("id").first()
        return ("intervention", given.id) if given is not None else super()._record_before(who)

    # --- What is promised ---------------------------------------------------------------------------------------------

    def _resting(self) -> list[UUID]:
        return list(Death.objects.filter(taken_back_at=None).values_list("child_id", flat=True))

    def what_else_is_promised(self) -> None:
        super().what_else_is_promised()
        with self._from_above():
            rest = self._resting()
            for target in queries.with_lead().filter(offered_at__isnull=False).exclude(child_id__in=rest):
                self._its_provider_reads_it_while_it_may(target)
            for target in queries.with_lead().filter(state__in=Intervention.OPEN).exclude(child_id__in=rest):
                self._somebody_has_it(target)
            ended = Intervention.objects.exclude(state__in=Intervention.OPEN).filter(died_from="")
            ahead = Session.objects.filter(state=Session.PLANNED, planned_at__gt=self.now)
            assert not ahead.filter(root_id__in=ended.values("id")).exists(), "a session of a service that has ended"

    def _its_provider_reads_it_while_it_may(self, target: Intervention) -> None:
        reads = Involvement.objects.filter(root_id=target.id, relation="PROVIDER")
        now = reads.filter(ends_at=None) if target.is_open else reads.filter(ends_at__gt=self.now)
        expected = [target.provider_agency_id] if target.provider_agency_id is not None else []
        if target.is_stopped or (not target.is_open and not self._reads_on(target)):
            expected = []
        assert list(now.values_list("agency_id", flat=True)) == expected, "who gives it reads it, and nobody else"

    def _reads_on(self, target: Intervention) -> bool:
        return target.provider_until is not None and target.provider_until > self.now

    def _somebody_has_it(self, target: Intervention) -> None:
        case = Case.objects.get(pk=queries.goes_on_in(target))
        assert case.state in Case.OPEN or target.goes_on_with, "a case does not close over a service that goes on"
        assert target.lead_agency_id == case.lead_agency_id, "whoever leads the case answers for it"
        said = turn(target)
        assert said is not None
        assert said["who"].strip(), "who has it now"
        assert said["next"].strip(), "what is next"
        if target.provider_agency is None:
            assert target.worker_id is None
            return
        left = target.provider_agency.ended_at is not None
        assert not left or target.asked_to_decide_at is None, "nobody waits for an agency that has ended"
        if target.worker_id is not None and not target.is_stopped:
            there = Membership.objects.filter(
                user_id=target.worker_id, agency_id=target.provider_agency_id, ended_at=None
            )
            assert there.exists(), "whoever gives it works there"
            assert not is_barred(target.worker_id, target.child_id), "and is not too close to the family"
        if target.state in (*Intervention.OWED, Intervention.WAITLISTED) and not target.is_stopped:
            assert said["by"] is not None, "and by when"
