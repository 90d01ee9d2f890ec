"""The two promises, checked after every step of random walks: nobody is dropped, and nobody is left wondering."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlparse
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from backend.access import queries
from backend.access.actors import Actor, actor_of
from backend.access.binding import acting
from backend.access.models import Involvement
from backend.access.row_security import WEB, WORKER
from backend.administration.checking import check_promises
from backend.administration.commands.leaving import end_membership
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.commands import case_machine, transfer_machine
from backend.cases.models import Case, Transfer
from backend.core import clock
from backend.core.errors import Refusal
from backend.core.ids import uuid7
from backend.deadlines.jobs import expire
from backend.deadlines.models import Deadline
from backend.moments.commands.passing_on import pass_on_all
from backend.moments.commands.recording import record_moment
from backend.operations import serving_role
from backend.referrals import urls
from backend.referrals.commands.machine import referral_machine, resume_answered
from backend.referrals.models import Decision, Referral
from backend.referrals.serializers.inputs import REFERRAL_INPUTS
from backend.referrals.serializers.representing import referral_data
from backend.workflow import confirmations
from backend.workflow.machine import Machine
from backend.workflow.models import Confirmation
from backend.workflow.views import validated
from tests import databases
from tests.actors import actor
from tests.factories import agency_id, draft, questions, take
from tests.referrals.answers import complete_answers

pytestmark = pytest.mark.django_db

SCHOOL = "oakfield-school"
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOLDERS = ("front-door", "youth-justice", "city-early-help")
PEOPLE = (
    ("oakfield-school", Role.PRACTITIONER, 0),
    *((slug, role, 0) for slug in HOLDERS for role in (Role.TRIAGE_OFFICER, Role.MANAGER)),
    ("front-door", Role.MANAGER, 1),
    ("city-early-help", Role.MANAGER, 1),
    ("city-early-help", Role.CASE_WORKER, 0),
)
# The same walks each time: what is new is found by the deep ones, not in the middle of somebody else’s change.
QUICK = settings(
    max_examples=8,
    stateful_step_count=14,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
DEEP = settings(max_examples=2_000, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


# What a page shows of an edge is described by its route.
ROUTES = urls.urlpatterns


@pytest.fixture(scope="module", autouse=True)
def the_worker_takes_turns(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One login that is the web's role and can become the worker's, so that both act in the walk's one transaction."""
    told = urlparse(databases.server().url())
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD", "OPTIONS")}
    options = {**before["OPTIONS"], "options": f"{before['OPTIONS'].get('options', '')} -c role={WEB}"}
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict.update({"USER": told.username, "PASSWORD": told.password or "", "OPTIONS": options})
    yield
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict.update(before)
    # It was let in as the web's role; whoever signs in by this name without that role is asked again.
    serving_role._harmless.discard(str(told.username))


@contextmanager
def as_worker() -> Iterator[None]:
    """Inside, the walk's transaction is the worker's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {WORKER}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {WEB}")


class Walk(RuleBasedStateMachine):
    """One referral, the case it may become and its transfers, taken anywhere by anybody, while people come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = MONDAY
        self.versions: dict[UUID, int] = {}
        self.people = [actor(slug, role, nth=nth) for slug, role, nth in PEOPLE]
        self.school = [self.people[0], actor(SCHOOL, Role.MANAGER)]
        self.referral_id: UUID | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def somebody_begins_a_referral(self) -> None:
        with clock.at(self.now):
            self.referral_id = draft(self.people[0]).id

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
            return
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

    @rule(data=st.data(), agrees=st.booleans())
    def a_second_person_answers(self, data: st.DataObject, agrees: bool) -> None:
        who = data.draw(st.sampled_from(self.people), label="second person")
        with clock.at(self.now):
            try:
                with acting(who):
                    waiting = Confirmation.objects.filter(state=Confirmation.ASKED).first()
                    if waiting is None:
                        return
                    if not agrees:
                        confirmations.refuse(who, waiting.id, reason="Not yet.")
                        return
                    given = validated(REFERRAL_INPUTS[waiting.edge], {**waiting.given, "version": 0})
                    given.pop("version")
                    confirmations.confirm(who, waiting.id, given=given)
            except Refusal as refusal:
                _is_a_sentence(refusal)

    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        """Ended by a manager of their agency, or by themself; the front door minds an agency that nobody manages."""
        who = data.draw(st.sampled_from(self.people), label="who leaves")
        bosses = [one for one in self.people if one.agency_id == who.agency_id and one.role is Role.MANAGER]
        boss = data.draw(st.sampled_from(bosses or [self.school[1]]), label="ended by")
        note(f"{self.now:%a %H:%M} {boss.agency_name}: {who.role} leaves")
        with clock.at(self.now):
            try:
                with acting(boss):
                    end_membership(boss, who.membership_id, front_door_minds=True)
            except Refusal as refusal:
                _is_a_sentence(refusal)
                return
        self.people.remove(who)
        if who == self.school[0]:
            self.people.append(self.school[1])
        known = {one.membership_id for one in self.people}
        managers = Membership.objects.filter(agency_id=who.agency_id, role=Role.MANAGER, ended_at=None)
        for row in managers.exclude(pk__in=known).select_related("user", "agency"):
            self.people.append(actor_of(row))

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
        self._do(machine, name, who, target.id, **self._given(data, name))

    def _do(self, machine: Machine[Any], name: str, who: Actor, pk: UUID, **given: Any) -> None:
        note(f"{self.now:%a %H:%M} {who.agency_name} {who.role}: {machine.noun}.{name}")
        with clock.at(self.now):
            try:
                take(name, pk, who, noun=machine.noun, **given)
            except Refusal as refusal:
                _is_a_sentence(refusal)

    def _given(self, data: st.DataObject, edge: str) -> Mapping[str, Any]:
        to = agency_id(data.draw(st.sampled_from(HOLDERS), label="agency"))
        handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
        return {
            "redirect": {"to_agency": to},
            "accept": {"lead_agency": to, **handover},
            "propose_transfer": {"to_agency_id": to},
            "request_information": questions("school-nursing"),
            "decline": {"level_of_need": data.draw(st.sampled_from(["universal_plus", "complex"]), label="level")},
            "allocate": {"lead_practitioner_id": str(data.draw(st.sampled_from(self.people), label="to").user_id)},
        }.get(edge, {})

    def _referral(self) -> Referral:
        with self._as(self.referrer):
            return Referral.objects.get(pk=self.referral_id)

    def _managing(self) -> Actor:
        """A manager of the agency that holds it."""
        holder_id = self._referral().holder_id
        return next(one for one in self.people if one.agency_id == holder_id and one.role is Role.MANAGER)

    @contextmanager
    def _as(self, who: Actor) -> Iterator[None]:
        """Look at this walk's own time: relations begin and end by it."""
        with clock.at(self.now), acting(who):
            yield

    # --- The promises ------------------------------------------------------------------------------------------------

    @invariant()
    def nobody_is_dropped(self) -> None:
        if self.referral_id is None:
            return
        referral = self._referral()
        holds = Involvement.objects.filter(root_id=referral.id, relation="HOLDER", ends_at=None)
        expected = [] if referral.submitted_at is None else [referral.holder_id]
        assert list(holds.values_list("agency_id", flat=True)) == expected
        if referral.state in Referral.OPEN:
            assert referral.ended_at is None
            assert referral.holder.ended_at is None
        if referral.state == Referral.ACCEPTED:
            assert referral.case_id is not None
        for who in list(self.people):
            with self._as(who):
                for case in Case.objects.all():
                    self._case_is_in_somebodys_hands(case)

    def _case_is_in_somebodys_hands(self, case: Case) -> None:
        if case.state == Case.CLOSED:
            return
        leads = Involvement.objects.filter(root_id=case.id, relation="LEAD", ends_at=None)
        assert list(leads.values_list("agency_id", flat=True)) == [case.lead_agency_id]
        assert case.next_action
        assert case.next_action_on
        allocated = Event.objects.filter(root_id=case.id, verb="case.allocate").exists()
        assert (case.lead_practitioner_id is not None) or not allocated
        if case.lead_practitioner_id is not None:
            workers = Involvement.objects.filter(root_id=case.id, relation="WORKER", ends_at=None)
            assert list(workers.values_list("user_id", flat=True)) == [case.lead_practitioner_id]

    @invariant()
    def the_daily_check_finds_nobody_dropped(self) -> None:
        """Over every record there is, those that moments made too; an agency without officers is told of."""
        with clock.at(self.now), as_worker():
            found = check_promises()
        assert set(found) <= {
            "agencies that receive by duty with nobody to decide",
            "critical moments that reached nobody",
        }
        without = "agencies that receive by duty with nobody to decide" in found
        with self._as(self.referrer), connection.cursor() as cursor:
            cursor.execute(
                """SELECT count(*) FROM agencies_agency a JOIN agencies_partnership p ON p.id = a.partnership_id
                    WHERE a.receives_by_duty AND a.id <> p.front_door_id AND NOT EXISTS (
                      SELECT 1 FROM agencies_membership m
                       WHERE m.agency_id = a.id AND m.role = 'triage_officer' AND m.ended_at IS NULL)"""
            )
            alone = cursor.fetchone()[0]
        assert without or not alone

    @invariant()
    def nobody_is_left_wondering(self) -> None:
        if self.referral_id is None:
            return
        referral = self._referral()
        if referral.submitted_at is None:
            return
        with self._as(self.referrer):
            told = referral_data(self.referrer, referral)
            running = Deadline.objects.filter(root_id=referral.id, met_at=None, stopped_at=None)
            kinds = set(running.values_list("kind", flat=True))
        with self._as(self._managing()):
            waiting = Confirmation.objects.filter(root_id=referral.id, state=Confirmation.ASKED).exists()
        tracker = told["tracker"]
        assert tracker["sentence"].strip()
        assert tracker["holder"]["name"]
        if referral.state in Referral.OPEN:
            assert tracker["next_step"].strip(), "what happens next"
            assert tracker["next_due_at"] is not None, "and by when"
            assert kinds & {"acknowledge", "decide", "total_age", "written_follow_up", "take"}
        elif referral.state != Referral.ENTERED_IN_ERROR:
            with self._as(self.referrer):
                decision = Decision.objects.filter(root_id=referral.id).order_by("-at", "-id").first()
            assert decision is not None
            assert decision.outcome_text.strip(), "the outcome in words for the referrer"
            # Also of an ended record a second person may be asked something: that it was entered in error.
            # The school is told whatever was decided, and an upheld disagreement is put right after the decision.
            kept = {"feedback", "tell_school", "written_follow_up", "disagreement_remedy"}
            kept |= {"confirmation"} if waiting else set()
            assert kinds <= kept, "an ended record stops all its clocks but these"

    @invariant()
    def every_change_is_an_event_in_a_walk_of_the_graph(self) -> None:
        if self.referral_id is None:
            return
        with self._as(self.referrer):
            referral = Referral.objects.get(pk=self.referral_id)
            walked = Event.objects.filter(root_id=referral.id, verb__startswith="referral.").order_by("version", "id")
            steps = list(walked.values_list("verb", "from_state", "to_state", "version"))
            history = Referral.history.filter(id=referral.id).count()
        assert referral.version >= self.versions.get(referral.id, 0)
        self.versions[referral.id] = referral.version
        assert [version for *_, version in steps] == list(range(1, referral.version + 1)), f"one event each: {steps}"
        assert history == referral.version, "and one row of history"
        before = ""
        for verb, source, target, _version in steps:
            name = verb.partition(".")[2]
            if before:
                assert source == before
            if name in referral_machine.edges and referral_machine.edges[name].sources is None:
                assert source in referral_machine.sources(name)
                assert target in referral_machine.targets(name)
            elif before:
                assert target == source, f"{verb} moved the state"
            before = target
        assert before == referral.state


def _is_a_sentence(refusal: Refusal) -> None:
    for reason in refusal.reasons:
        assert reason[:1].isupper() or reason.startswith("“"), reason


@pytest.mark.timeout(900)  # hundreds of edges; a busy machine is slow, not wrong
def test_both_promises_hold_at_every_step_of_a_random_walk() -> None:
    run_state_machine_as_test(Walk, settings=QUICK)


@pytest.mark.deep
@pytest.mark.timeout(0)
def test_both_promises_hold_at_every_step_of_two_thousand_long_walks() -> None:
    run_state_machine_as_test(Walk, settings=DEEP)


# --- Clocks, on paper ------------------------------------------------------------------------------------------------

MACHINES = {"referral": referral_machine, "case": case_machine, "transfer": transfer_machine}
# Started beside an edge, by what it writes: a danger call, an answer awaited, a case opened.
STARTED_IN_FIRST = {
    "written_follow_up",
    "transfer_answer",
    "allocate",
    "transfer_follow_up",
    "look_again",
    "disagreement_remedy",
}
OUTLIVE_THE_END = {"feedback", "written_follow_up", "sustained_check", "re_referral_window"}


def _started(machine: Machine[Any]) -> set[str]:
    return {kind for edge in machine.edges.values() for kind in edge.clocks.starts}


@pytest.mark.parametrize("noun", MACHINES)
def test_every_clock_that_an_edge_stops_has_a_start(noun: str) -> None:
    machine = MACHINES[noun]
    everywhere = {kind for one in MACHINES.values() for kind in _started(one)} | STARTED_IN_FIRST
    for name, edge in machine.edges.items():
        for kind in (*edge.clocks.meets, *edge.clocks.pauses, *edge.clocks.resumes):
            assert kind in everywhere, f"{noun}.{name} stops {kind}, which nothing starts"


def test_every_path_to_an_end_of_a_referral_stops_every_clock_that_may_run() -> None:
    """Walk the declared graph: what may run on arriving at each state, whichever way one came."""
    running: dict[str, set[str]] = {Referral.DRAFT: set()}
    waiting = [Referral.DRAFT]
    while waiting:
        state = waiting.pop()
        for name, edge in referral_machine.edges.items():
            if edge.sources is not None or state not in referral_machine.sources(name):
                continue
            clocks = edge.clocks
            after = set(running[state])
            if clocks.stops_all_but is not None:
                after &= {*clocks.stops_all_but, *clocks.meets}
            after = (after - set(clocks.meets)) | set(clocks.starts)
            for target in referral_machine.targets(name):
                if not after <= running.get(target, set()) or target not in running:
                    running[target] = running.get(target, set()) | after
                    waiting.append(target)
    assert set(running) == set(Referral.LABELS), "every state can be reached"
    for state in Referral.ENDED:
        assert running[state] <= OUTLIVE_THE_END, state
    for state in Referral.OPEN:
        assert running[state], f"nothing is due in {state}"
    assert "acknowledge" not in {
        kind for state in set(Referral.LABELS) - {Referral.SUBMITTED} for kind in running[state]
    }
    assert "take" not in {kind for state in set(Referral.LABELS) - {Referral.REDIRECTED} for kind in running[state]}
