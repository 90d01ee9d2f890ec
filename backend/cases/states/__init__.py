"""States and edges of a case and of a transfer of its lead. Methods only set fields; workflow.Machine does the rest."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class CaseStates(models.Model):
    """An episode of support, from nobody's hands to a lead practitioner's, and to its end."""

    UNALLOCATED, ENGAGING, ASSESSING = "unallocated", "engaging", "assessing"
    ACTIVE, PAUSED, CLOSED = "active", "paused", "closed"
    LABELS = {
        UNALLOCATED: "Waiting for a lead practitioner",
        ENGAGING: "Getting to know the family",
        ASSESSING: "Assessing",
        ACTIVE: "Active",
        PAUSED: "Paused",
        CLOSED: "Closed",
    }
    OPEN = (UNALLOCATED, ENGAGING, ASSESSING, ACTIVE, PAUSED)
    WITH_PRACTITIONER = (ENGAGING, ASSESSING, ACTIVE, PAUSED)
    WORKED = (ENGAGING, ASSESSING, ACTIVE)

    # The closing reason of a case that another one of the same child goes on for; no form offers it.
    JOINED = "joined"
    # That of a case which another area holds; only their confirmation gives it.
    MOVED = "moved_out_of_area"
    # That of a case whose child has died; two people record it (record_death), and no form of closing offers it.
    DIED = "died"
    # That of a case which should not have been: nobody asks whether a change has lasted.
    IN_ERROR = "referred_in_error"
    # Answers to the question, six months on, whether the change has lasted.
    NOT_ASKED, NOT_LASTED = "not_asked", "no"
    LOOK_AGAIN = "Look again at whether to go on"

    # Columns of the table that the edges below set.
    lead_agency_id: UUID
    lead_practitioner_id: UUID | None
    practitioner_agency_id: UUID | None
    team_id: UUID | None
    state_before: str
    priority: str
    opened_as_id: UUID | None
    minded_for_id: UUID | None
    next_action: str
    next_action_on: date | None
    paused_from: str
    pause_reason: str
    look_again_on: date | None
    out_area: str
    out_receiver: str
    out_contact: str
    out_asked_at: datetime | None
    closed_at: datetime | None
    died_from: str
    closing_reason: str
    joined_from: str
    joined_into_id: UUID | None
    closing_summary: str
    goes_on: str
    child_view: str
    child_view_why_not: str
    parent_view: str
    parent_view_why_not: str
    sustained: str
    sustained_why_not: str
    sustained_words: str
    sustained_by_name: str
    sustained_at: datetime | None
    state = FSMField(default=UNALLOCATED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=UNALLOCATED, target=RETURN_VALUE(*WITH_PRACTITIONER))
    def allocate(self, actor: Actor, given: Given) -> str:
        """A lead practitioner has it; after a transfer the work goes on where it was."""
        self.lead_practitioner_id = given["lead_practitioner_id"]
        self.practitioner_agency_id = self.lead_agency_id
        self.team_id = given["team_id"]
        # Whoever allocates may see it otherwise than whoever agreed to help; unsaid, it stays.
        self.priority = given.get("priority") or self.priority
        self._next(given)
        self.opened_as_id = self.minded_for_id = None
        arrived, self.state_before = self.state_before or self.ENGAGING, ""
        return arrived

    @transition(field=state, source=OPEN, target=UNALLOCATED)
    def change_lead(self, actor: Actor, given: Given) -> None:
        """Another agency leads from now on; the lead practitioner stays responsible until it is allocated there."""
        if self.state != self.UNALLOCATED:
            self.state_before = self.state
        self.lead_agency_id = given["lead_agency_id"]
        self.handover_note = given["handover_note"]
        self._next(given)
        self.opened_as_id = None

    @transition(field=state, source=CLOSED, target=UNALLOCATED)
    def reopen(self, actor: Actor, given: Given) -> None:
        """The same worries go on: the agency that led it, or the front door, finds a lead practitioner again."""
        self.closed_at = None
        self.lead_agency_id = given["lead_agency_id"]
        self.lead_practitioner_id = self.practitioner_agency_id = self.team_id = self.minded_for_id = None
        self.state_before = ""
        self.handover_note = given.get("handover_note") or self.handover_note
        self.closing_reason = self.closing_summary = self.goes_on = ""
        self.child_view = self.child_view_why_not = self.parent_view = self.parent_view_why_not = ""
        self.sustained = self.sustained_why_not = self.sustained_words = self.sustained_by_name = ""
        self.sustained_at = None
        self.out_area = self.out_receiver = self.out_contact = ""
        self.out_asked_at = None
        self._next(given)

    @transition(field=state, source=ENGAGING, target=ASSESSING)
    def record_agreement(self, actor: Actor, given: Given) -> None:
        """The family has said yes to help: find out together what would make life better."""
        self._next(given)

    @transition(field=state, source=WORKED, target=PAUSED)
    def pause(self, actor: Actor, given: Given) -> None:
        """Work rests for a reason, and somebody looks again on a day; where it stood is kept."""
        self.paused_from = self.state
        self.pause_reason, self.look_again_on = given["reason_code"], given["look_again_on"]
        self.next_action, self.next_action_on = self.LOOK_AGAIN, given["look_again_on"]

    @transition(field=state, source=[PAUSED, UNALLOCATED], target=RETURN_VALUE(*WORKED, UNALLOCATED))
    def resume(self, actor: Actor, given: Given) -> str:
        """Work goes on where it was: at once, or where another agency has just taken the lead, once it is allocated."""
        arrived, self.paused_from = self.paused_from or self.ENGAGING, ""
        self.pause_reason, self.look_again_on = "", None
        self._next(given)
        if self.state == self.UNALLOCATED:
            self.state_before = arrived
            return self.UNALLOCATED
        return arrived

    @transition(field=state, source=ASSESSING, target=ACTIVE)
    def agree_plan(self, actor: Actor, given: Given) -> None:
        """The family and its workers agree what they do and by when."""
        self._next(given)

    @transition(field=state, source=ACTIVE, target=ACTIVE)
    def hold_review(self, actor: Actor, given: Given) -> None:
        """They looked together at how near the goals are, and go on."""
        self._next(given)

    @transition(field=state, source=OPEN, target=CLOSED)
    def close(self, actor: Actor, given: Given) -> None:
        """The work has come to its end, with a reason and with who goes on."""
        self._end(given)

    @transition(field=state, source=OPEN, target=CLOSED)
    def confirm_transfer_out(self, actor: Actor, given: Given) -> None:
        """An agency in another area holds the case from now on, and has said so in writing."""
        self._end(given)

    @transition(field=state, source=OPEN, target=CLOSED)
    def join(self, actor: Actor, given: Given) -> None:
        """Another case of the same child goes on; what stands here is kept as it is, to be taken up again."""
        self.joined_from, self.joined_into_id = self.state, given["into_id"]
        self.closed_at, self.closing_reason = clock.now(), self.JOINED

    @transition(field=state, source=CLOSED, target=RETURN_VALUE(*OPEN))
    def restore(self, actor: Actor, given: Given) -> str:
        """They were two children after all: the work goes on where it was, with whom the caller names."""
        arrived, self.joined_from, self.joined_into_id = given.get("state") or self.joined_from, "", None
        self.closed_at, self.closing_reason = None, ""
        return arrived

    @transition(field=state, source=[*OPEN, CLOSED], target=CLOSED)
    def record_death(self, actor: Actor, given: Given) -> None:
        """The child has died: everything rests as it stands, and nothing more is asked of anybody."""
        self.died_from = self.state
        if self.state != self.CLOSED:
            self.closed_at, self.closing_reason = clock.now(), self.DIED

    @transition(field=state, source=CLOSED, target=RETURN_VALUE(*OPEN, CLOSED))
    def take_back_death(self, actor: Actor, given: Given) -> str:
        """It was recorded in error: the work goes on where it was."""
        arrived, self.died_from = self.died_from, ""
        if arrived != self.CLOSED:
            self.closed_at, self.closing_reason = None, ""
        return arrived

    def _end(self, given: Given) -> None:
        self.closed_at, self.closing_reason = clock.now(), given["reason_code"]
        self.minded_for_id = None
        self.next_action, self.next_action_on = "", None
        self.paused_from, self.pause_reason, self.look_again_on = "", "", None

    def _next(self, given: Given) -> None:
        """Every edge into an open state says what happens next and on which day."""
        self.next_action, self.next_action_on = given["next_action"], given["next_action_on"]


class TransferStates(models.Model):
    """The lead of a case offered to another agency: proposed → accepted | declined | withdrawn | lapsed."""

    PROPOSED, ACCEPTED, DECLINED = "proposed", "accepted", "declined"
    WITHDRAWN, LAPSED = "withdrawn", "lapsed"
    LABELS = {
        PROPOSED: "Waiting for an answer",
        ACCEPTED: "Accepted",
        DECLINED: "Declined",
        WITHDRAWN: "Withdrawn",
        LAPSED: "Not answered in time",
    }

    # Columns of the table that the edges below set.
    answered_by_id: UUID | None
    answered_by_name: str
    answered_at: datetime | None
    state = FSMField(default=PROPOSED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    def _end(self, actor: Actor) -> None:
        self.answered_by_id, self.answered_by_name = None if actor.is_system else actor.user_id, actor.name
        self.answered_at = clock.now()

    @transition(field=state, source=PROPOSED, target=ACCEPTED)
    def accept(self, actor: Actor, given: Given) -> None:
        """The offered agency leads the case from now on."""
        self._end(actor)

    @transition(field=state, source=PROPOSED, target=ACCEPTED)
    def oblige(self, actor: Actor, given: Given) -> None:
        """It was named, and its time to answer is over: it leads the case from now on."""
        self._end(actor)

    @transition(field=state, source=PROPOSED, target=DECLINED)
    def decline(self, actor: Actor, given: Given) -> None:
        """The offered agency does not take it, and says why."""
        self.reason_code, self.reason = given["reason_code"], given.get("reason", "")
        self._end(actor)

    @transition(field=state, source=PROPOSED, target=WITHDRAWN)
    def withdraw(self, actor: Actor, given: Given) -> None:
        """The lead agency takes the offer back."""
        self.reason_code, self.reason = given["reason_code"], given.get("reason", "")
        self._end(actor)

    @transition(field=state, source=PROPOSED, target=WITHDRAWN)
    def overtake(self, actor: Actor, given: Given) -> None:
        """The case has ended meanwhile, for another one of the same child goes on: there is no lead to take."""
        self.reason_code = given["reason_code"]
        self._end(actor)

    @transition(field=state, source=PROPOSED, target=LAPSED)
    def lapse(self, actor: Actor, given: Given) -> None:
        """Nobody answered in time."""
        self._end(actor)


class TaskStates(models.Model):
    """Something one person has to do for a child: open → done | cancelled."""

    OPEN, DONE, CANCELLED = "open", "done", "cancelled"
    LABELS = {OPEN: "To do", DONE: "Done", CANCELLED: "Cancelled"}

    # Columns of the table that the edges below set.
    ended_by_id: UUID | None
    ended_by_name: str
    ended_at: datetime | None
    state = FSMField(default=OPEN, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    def _end(self, actor: Actor) -> None:
        self.ended_by_id, self.ended_by_name = None if actor.is_system else actor.user_id, actor.name
        self.ended_at = clock.now()

    @transition(field=state, source=OPEN, target=DONE)
    def complete(self, actor: Actor, given: Given) -> None:
        """It has been done, and what came of it."""
        self.outcome = given["outcome"]
        self._end(actor)

    @transition(field=state, source=OPEN, target=CANCELLED)
    def cancel(self, actor: Actor, given: Given) -> None:
        """It need not be done any more, and why."""
        self.reason_code, self.outcome = given["reason_code"], given.get("reason", "")
        self._end(actor)

    @transition(field=state, source=CANCELLED, target=OPEN)
    def take_up(self, actor: Actor, given: Given) -> None:
        """What ended it was recorded in error."""
        self.reason_code = self.outcome = self.ended_by_name = ""
        self.ended_by_id = self.ended_at = None
