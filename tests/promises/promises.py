"""What must be true after every step of a walk: the two promises, and that what happened is written down as it was."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import connection
from hypothesis.stateful import RuleBasedStateMachine, invariant

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.access.models import Involvement
from backend.administration.checking import check_promises
from backend.audit.models import Event
from backend.cases.models import Case, TeamMember
from backend.cases.queries import is_barred
from backend.children.models import Death
from backend.core import clock
from backend.deadlines.models import Deadline
from backend.disagreements.models import Disagreement
from backend.referrals.commands.machine import referral_machine
from backend.referrals.models import Decision, Referral
from backend.referrals.serializers.representing import referral_data
from backend.workflow.models import Confirmation
from tests.promises.running import wrong_clocks
from tests.promises.two_logins import as_worker

WALKS, STEPS = "walks", "steps"


def _rows_written() -> int:
    """How many rows this transaction has added, changed or removed, also where a part of it was undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])


class Promises(RuleBasedStateMachine):
    """The invariants; a walk says who is there, what time it is, and which referral it is about."""

    now: datetime
    people: list[Actor]
    versions: dict[UUID, int]
    # How many walks and steps there were in this process, and how often each act was done.
    taken: ClassVar[Counter[str]] = Counter()
    referral_id: UUID | None = None
    referrer: Actor
    # The hour, and how much had been written, when the promises were last seen to hold.
    standing: tuple[datetime, int] | None = None

    def _as(self, who: Actor) -> AbstractContextManager[None]:
        raise NotImplementedError

    @contextmanager
    def _from_above(self) -> Iterator[None]:
        """Look at everything there is, at the walk's hour: what a promise says also holds where nobody may look."""
        with clock.at(self.now), as_worker(), acting_as_system(job="walk"):
            yield

    def _referral(self) -> Referral:
        with self._from_above():
            return Referral.objects.select_related("holder").get(pk=self.referral_id)

    def _is_sealed(self, referral: Referral) -> bool:
        """Two people have recorded that the child has died: only who they named sees any of it."""
        with self._from_above():
            return Death.objects.filter(child_id=referral.child_id, taken_back_at=None).exists()

    @invariant()
    def both_promises_hold(self) -> None:
        """Looks at everything after a step, unless neither the hour nor a row is another than at the last look."""
        self.taken[STEPS] += 1
        standing = (self.now, _rows_written())
        if standing == self.standing:
            return
        self.nobody_is_dropped()
        self.nobody_works_on_a_case_but_who_was_told_to()
        self.the_daily_check_finds_nobody_dropped()
        self.nobody_is_left_wondering()
        self.every_change_is_an_event_in_a_walk_of_the_graph()
        self.every_clock_belongs_to_something_open_and_nothing_waits_without_one()
        self.what_else_is_promised()
        self.standing = standing

    def what_else_is_promised(self) -> None:
        """For a walk that knows more than the others: what it promises beside this."""

    def every_clock_belongs_to_something_open_and_nothing_waits_without_one(self) -> None:
        with self._from_above():
            assert wrong_clocks() == []

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
        with self._from_above():
            for case in Case.objects.exclude(state=Case.CLOSED).select_related("lead_agency"):
                self._case_is_in_somebodys_hands(case)

    def _case_is_in_somebodys_hands(self, case: Case) -> None:
        leads = Involvement.objects.filter(root_id=case.id, relation="LEAD", ends_at=None)
        assert list(leads.values_list("agency_id", flat=True)) == [case.lead_agency_id]
        assert case.lead_agency.ended_at is None, "an agency that has ended leads nothing"
        assert case.next_action
        assert case.next_action_on
        allocated = Event.objects.filter(root_id=case.id, verb="case.allocate").exists()
        assert (case.lead_practitioner_id is not None) or not allocated
        if case.lead_practitioner_id is not None:
            workers = Involvement.objects.filter(root_id=case.id, relation="WORKER", ends_at=None)
            assert case.lead_practitioner_id in set(workers.values_list("user_id", flat=True))
            assert not is_barred(case.lead_practitioner_id, case.child_id), "nor does anybody too close to the family"

    def nobody_works_on_a_case_but_who_was_told_to(self) -> None:
        with self._from_above():
            for case in Case.objects.exclude(state=Case.CLOSED).exclude(lead_practitioner_id=None):
                workers = Involvement.objects.filter(root_id=case.id, relation="WORKER", ends_at=None)
                beside = TeamMember.objects.filter(root_id=case.id, is_partner=False, ended_at=None)
                named = [case.lead_practitioner_id, *beside.values_list("person_id", flat=True)]
                assert sorted(workers.values_list("user_id", flat=True)) == sorted(named)

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

    def nobody_is_left_wondering(self) -> None:
        if self.referral_id is None:
            return
        referral = self._referral()
        if referral.submitted_at is None:
            return
        with self._from_above():
            running = Deadline.objects.filter(root_id=referral.id, met_at=None, stopped_at=None)
            kinds = set(running.values_list("kind", flat=True))
            waiting = Confirmation.objects.filter(root_id=referral.id, state=Confirmation.ASKED).exists()
        if self._is_sealed(referral):
            assert kinds <= {"confirmation"}, "nobody is reminded of a child who has died"
            return
        with self._as(self.referrer):
            told = referral_data(self.referrer, referral)
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
            # The school is told whatever was decided, and only what was upheld has to be put right.
            kept = {"feedback", "tell_school", "written_follow_up"}
            kept |= {"confirmation"} if waiting else set()
            kept |= {"disagreement_remedy"} if self._was_upheld(referral) else set()
            assert kinds <= kept, "an ended record stops all its clocks but these"

    def _was_upheld(self, referral: Referral) -> bool:
        with self._from_above():
            about = Disagreement.objects.filter(about_id=referral.id, outcome=Disagreement.UPHELD)
            return about.exists()

    def every_change_is_an_event_in_a_walk_of_the_graph(self) -> None:
        if self.referral_id is None:
            return
        referral = self._referral()
        with self._from_above():
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
