"""States and edges of an intervention and of a session. Methods only set fields; workflow.Machine does the rest."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]
# Ten working days, as everywhere else for those who had a part until lately: to finish what they have to write.
PROVIDER_READS_ON = timedelta(days=14)


# The answer that there is nothing to pass on; what is stored is that there is no concern.
NO_CONCERN = "none"


class InterventionStates(models.Model):
    """A service for one child: recommended, offered to who provides it, agreed with the family, and given."""

    RECOMMENDED, OFFERED = "recommended", "offered"
    PROVIDER_ACCEPTED, PROVIDER_DECLINED = "provider_accepted", "provider_declined"
    AGREED, REFUSED, WAITLISTED, STARTED = "agreed", "refused", "waitlisted", "started"
    COMPLETED, ENDED_EARLY, CANCELLED = "completed", "ended_early", "cancelled"
    LABELS = {
        RECOMMENDED: "Recommended",
        OFFERED: "Waiting for the provider",
        PROVIDER_ACCEPTED: "Provider can help",
        PROVIDER_DECLINED: "Provider cannot help",
        AGREED: "Agreed with the family",
        REFUSED: "Family said no",
        WAITLISTED: "On the waiting list",
        STARTED: "Under way",
        COMPLETED: "Completed",
        ENDED_EARLY: "Ended early",
        CANCELLED: "Cancelled",
    }
    NOT_STARTED = (RECOMMENDED, OFFERED, PROVIDER_ACCEPTED, AGREED, WAITLISTED)
    OPEN = (*NOT_STARTED, STARTED)
    ENDED = (PROVIDER_DECLINED, REFUSED, COMPLETED, ENDED_EARLY, CANCELLED)
    WAITING = (AGREED, WAITLISTED)
    # Where the next word is the provider's, by a day.
    OWED = (OFFERED, AGREED)
    # Where somebody else was shown something of it, and may be stopped from reading on.
    SHARED = (OFFERED, PROVIDER_ACCEPTED, AGREED, WAITLISTED, STARTED)

    # Columns of the table that the edges below set.
    what_they_need: str
    child_told: str
    parent_told: str
    family_agreed: str
    not_told_why: str
    offered_at: datetime | None
    answered_by_name: str
    answered_at: datetime | None
    answer: str
    agreed_by: str
    agreed_on: date | None
    waitlisted_at: datetime | None
    expected_on: date | None
    started_on: date | None
    planned_sessions: int | None
    ended_at: datetime | None
    reason_code: str
    outcome: str
    provider_until: datetime | None
    died_from: str
    state = FSMField(default=RECOMMENDED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=RECOMMENDED, target=OFFERED)
    def offer(self, actor: Actor, given: Given) -> None:
        """Whoever provides the service is asked, and from now on sees what it needs to answer."""
        self.what_they_need, self.offered_at = given["what_they_need"], clock.now()
        self.child_told, self.parent_told = given["child_told"], given["parent_told"]
        self.family_agreed, self.not_told_why = given["family_agreed"], given["not_told_why"]

    @transition(field=state, source=OFFERED, target=PROVIDER_ACCEPTED)
    def provider_accept(self, actor: Actor, given: Given) -> None:
        """The provider can help."""
        self._answered(actor, given["answer"])
        self.expected_on = given["expected_on"]

    @transition(field=state, source=OFFERED, target=PROVIDER_DECLINED)
    def provider_decline(self, actor: Actor, given: Given) -> None:
        """The provider cannot help, and says why."""
        self._answered(actor, given["reason"])
        self._end(given["reason_code"])

    @transition(field=state, source=PROVIDER_ACCEPTED, target=AGREED)
    def agree(self, actor: Actor, given: Given) -> None:
        """The family says yes to it."""
        self.agreed_by, self.agreed_on = given["agreed_by"], given["agreed_on"]

    @transition(field=state, source=PROVIDER_ACCEPTED, target=REFUSED)
    def refuse(self, actor: Actor, given: Given) -> None:
        """The family says no; the provider has nothing more to read from this instant."""
        self.agreed_by, self.outcome = given["refused_by"], given["reason"]
        self._end(given["reason_code"], reads_on=timedelta())

    @transition(field=state, source=AGREED, target=WAITLISTED)
    def waitlist(self, actor: Actor, given: Given) -> None:
        """They wait for a place, and know since when and until about when."""
        self.waitlisted_at = clock.now()
        self.expected_on = given["expected_on"] or self.expected_on

    @transition(field=state, source=WAITING, target=STARTED)
    def start(self, actor: Actor, given: Given) -> None:
        """It begins."""
        self.started_on, self.planned_sessions = given["started_on"], given["planned_sessions"]

    @transition(field=state, source=STARTED, target=COMPLETED)
    def complete(self, actor: Actor, given: Given) -> None:
        """It came to the end that was planned."""
        self.outcome = given["outcome"]
        self._end("")

    @transition(field=state, source=STARTED, target=ENDED_EARLY)
    def end_early(self, actor: Actor, given: Given) -> None:
        """It ended before that, for a reason."""
        self.outcome = given["outcome"]
        self._end(given["reason_code"])

    @transition(field=state, source=NOT_STARTED, target=CANCELLED)
    def cancel(self, actor: Actor, given: Given) -> None:
        """It is not wanted or not possible any more, before it began."""
        self.outcome = given["reason"]
        self._end(given["reason_code"], reads_on=timedelta())

    @transition(field=state, source=OPEN, target=RETURN_VALUE(CANCELLED, ENDED_EARLY))
    def rest(self, actor: Actor, given: Given) -> str:
        """The child has died: it ends where it stands, and nobody is asked anything about it any more."""
        self.died_from, self.ended_at = self.state, clock.now()
        return self.CANCELLED if self.state in self.NOT_STARTED else self.ENDED_EARLY

    @transition(field=state, source=[CANCELLED, ENDED_EARLY], target=RETURN_VALUE(*OPEN))
    def take_up(self, actor: Actor, given: Given) -> str:
        """That was recorded in error: it goes on where it stood, with its place in a queue."""
        before, self.died_from, self.ended_at = self.died_from, "", None
        return before

    def _answered(self, actor: Actor, words: str) -> None:
        self.answered_by_name, self.answered_at, self.answer = actor.name, clock.now(), words

    def _end(self, reason_code: str, *, reads_on: timedelta = PROVIDER_READS_ON) -> None:
        self.reason_code, self.ended_at = reason_code, clock.now()
        until = self.ended_at + reads_on
        # Who was stopped from reading before does not read again because it has ended.
        self.provider_until = min(self.provider_until, until) if self.provider_until else until


class SessionStates(models.Model):
    """One session for one child: planned → recorded, or moved to another time; what was recorded can be corrected."""

    PLANNED, RECORDED, MOVED = "planned", "recorded", "moved"
    CORRECTED, TAKEN_BACK = "corrected", "taken_back"
    LABELS = {
        PLANNED: "Planned",
        RECORDED: "Recorded",
        MOVED: "Moved to another time",
        CORRECTED: "Corrected since",
        TAKEN_BACK: "Taken back",
    }
    # What a list shows: what was put right or taken back stands in the history.
    SHOWN = (PLANNED, RECORDED, MOVED)

    # Columns of the table that the edges below set.
    planned_at: datetime | None
    happened_at: datetime | None
    outcome: str
    not_held_why: str
    not_held_text: str
    mode: str
    minutes: int | None
    people: list[str]
    worked_on: str
    goals: list[UUID]
    child_feedback: str
    text: str
    concern: str
    concern_text: str
    moved_by: str
    move_reason: str
    written_at: datetime
    written_by_id: UUID
    written_by_name: str
    state = FSMField(default=PLANNED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=PLANNED, target=RECORDED)
    def record(self, actor: Actor, given: Given) -> None:
        """It is over: who came, or why it was not held."""
        self.happened_at = given["happened_at"] or self.planned_at or clock.now()
        for name in RECORDED_FIELDS:
            setattr(self, name, given[name])
        if self.concern == NO_CONCERN:
            self.concern = self.concern_text = ""
        self._written(actor)

    @transition(field=state, source=PLANNED, target=RECORDED)
    def call_off(self, actor: Actor, given: Given) -> None:
        """It will not be held: it stands at its own time, with who called it off and why."""
        self.happened_at, self.outcome = self.planned_at, given["outcome"]
        self.not_held_why, self.not_held_text = given["not_held_why"], given["not_held_text"]
        self._written(actor)

    @transition(field=state, source=PLANNED, target=MOVED)
    def move(self, actor: Actor, given: Given) -> None:
        """It is put off or brought forward; the new one stands beside it."""
        self.moved_by, self.move_reason = given["moved_by"], given["reason"]
        self._written(actor)

    @transition(field=state, source=RECORDED, target=CORRECTED)
    def correct(self, actor: Actor, given: Given) -> None:
        """What was recorded was not right: another row says what was; this one stays as it was written."""

    @transition(field=state, source=[PLANNED, RECORDED], target=RETURN_VALUE(PLANNED, TAKEN_BACK))
    def undo(self, actor: Actor, given: Given) -> str:
        """Taken back at once by who wrote it: a planned one is planned again, another one was never there."""
        if self.state == self.PLANNED or self.planned_at is None:
            return self.TAKEN_BACK
        self.happened_at, self.minutes, self.people, self.goals = None, None, [], []
        self.outcome = self.not_held_why = self.not_held_text = self.worked_on = ""
        self.child_feedback = self.text = self.concern = self.concern_text = ""
        return self.PLANNED

    def _written(self, actor: Actor) -> None:
        self.written_at, self.written_by_id, self.written_by_name = clock.now(), actor.user_id, actor.name


# What can be said of a session before its time has come (codes of session_outcomes), and why when its service ends.
CANCELLED_BY_FAMILY, CANCELLED_BY_SERVICE = "cancelled_by_family", "cancelled_by_service"
CALLED_OFF = (CANCELLED_BY_FAMILY, CANCELLED_BY_SERVICE)
SERVICE_ENDED = "service_ended"

# What a form says of a session that is over, beside when it was.
RECORDED_FIELDS = (
    "outcome",
    "not_held_why",
    "not_held_text",
    "mode",
    "minutes",
    "people",
    "worked_on",
    "goals",
    "child_feedback",
    "text",
    "concern",
    "concern_text",
)
