"""States and edges of a referral and of a question. Methods only set fields; workflow.Machine does the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class ReferralStates(models.Model):
    """Stored, never inferred. Each edge is a verb; who may take it stands in access.policy."""

    DRAFT, SUBMITTED, TRIAGE = "draft", "submitted", "triage"
    INFORMATION_REQUESTED, REDIRECTED, STEPPED_UP = "information_requested", "redirected", "stepped_up"
    ACCEPTED, LINKED, SIGNPOSTED, DECLINED = "accepted", "linked", "signposted", "declined"
    HANDED_OVER, WITHDRAWN, ENTERED_IN_ERROR = "handed_over", "withdrawn", "entered_in_error"
    CLOSED = "closed"
    LABELS = {
        DRAFT: "Draft",
        SUBMITTED: "Submitted",
        TRIAGE: "In triage",
        INFORMATION_REQUESTED: "Waiting for information",
        REDIRECTED: "Offered to another agency",
        STEPPED_UP: "Stepped up",
        ACCEPTED: "Accepted",
        LINKED: "Linked to open work",
        SIGNPOSTED: "Signposted",
        DECLINED: "Declined",
        HANDED_OVER: "Handed over",
        WITHDRAWN: "Withdrawn",
        ENTERED_IN_ERROR: "Entered in error",
        # The child has died. The word says no more, because it stands in lists.
        CLOSED: "Closed",
    }
    OPEN = (SUBMITTED, TRIAGE, INFORMATION_REQUESTED, REDIRECTED, STEPPED_UP)
    ENDED = (ACCEPTED, LINKED, SIGNPOSTED, DECLINED, HANDED_OVER, WITHDRAWN, ENTERED_IN_ERROR, CLOSED)

    # Columns of the table that the edges below set.
    hops: int
    submitted_at: datetime | None
    ended_at: datetime | None
    link_waits_since: datetime | None
    died_from: str
    state = FSMField(default=DRAFT, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=DRAFT, target=SUBMITTED)
    def submit(self, actor: Actor, given: Given) -> None:
        """The request is made; from now on an agency that receives by duty holds it."""
        self.holder_id = given["holder_id"]
        self.child = given["child"]
        self.submitted_at = clock.now()

    @transition(field=state, source=SUBMITTED, target=TRIAGE)
    def start_triage(self, actor: Actor, given: Given) -> None:
        """An officer has it in hand."""
        self.triage_officer_id = actor.user_id

    @transition(field=state, source=TRIAGE, target=INFORMATION_REQUESTED)
    def request_information(self, actor: Actor, given: Given) -> None:
        """Somebody has to be asked before this can be decided."""

    @transition(field=state, source=INFORMATION_REQUESTED, target=TRIAGE)
    def resume_triage(self, actor: Actor, given: Given) -> None:
        """Every question has ended, or the officer goes on without the answers."""

    @transition(field=state, source=TRIAGE, target=ACCEPTED)
    def accept(self, actor: Actor, given: Given) -> None:
        """Help is given: a case is opened or joined."""
        self.case_id = given["case_id"]
        self.level_decided = given["level_of_need"]
        self.theme, self.priority = given["theme"], given["priority"]
        self.ended_at = clock.now()

    @transition(field=state, source=TRIAGE, target=LINKED)
    def link(self, actor: Actor, given: Given) -> None:
        """The child's open referral or case gets what was said here."""
        self.case_id, self.linked_to_id = given.get("case_id"), given.get("referral_id")
        self.ended_at = self.link_waits_since = clock.now()

    @transition(field=state, source=TRIAGE, target=SIGNPOSTED)
    def signpost(self, actor: Actor, given: Given) -> None:
        """Advice or a service was given; nothing more is needed from us."""
        self.ended_at = clock.now()

    @transition(field=state, source=TRIAGE, target=DECLINED)
    def decline(self, actor: Actor, given: Given) -> None:
        """No help through this request, with the reason and what would change it."""
        self.ended_at = clock.now()

    @transition(
        field=state,
        source=[SUBMITTED, TRIAGE, INFORMATION_REQUESTED, REDIRECTED, SIGNPOSTED, DECLINED],
        target=STEPPED_UP,
    )
    def step_up(self, actor: Actor, given: Given) -> None:
        """Statutory services have been told; it never waits for paperwork, and the holder stays.

        What was decided otherwise can be stepped up while somebody who disagrees says the child is not safe.
        """
        self.statutory_reference = given.get("statutory_reference", "")
        self.ended_at = None

    @transition(field=state, source=STEPPED_UP, target=HANDED_OVER)
    def confirm_handover(self, actor: Actor, given: Given) -> None:
        """They have it and said so."""
        self.ended_at = clock.now()

    @transition(field=state, source=STEPPED_UP, target=TRIAGE)
    def handover_refused(self, actor: Actor, given: Given) -> None:
        """They did not take it: the holder decides again."""

    @transition(field=state, source=TRIAGE, target=REDIRECTED)
    def redirect(self, actor: Actor, given: Given) -> None:
        """Offered to another agency; the holder stays until it is taken."""

    @transition(field=state, source=REDIRECTED, target=TRIAGE)
    def take(self, actor: Actor, given: Given) -> None:
        """The offered agency takes it and is the holder from this instant."""
        self.holder_id = actor.agency_id
        self.triage_officer_id = actor.user_id
        self.hops += 1

    @transition(field=state, source=REDIRECTED, target=TRIAGE)
    def return_to_sender(self, actor: Actor, given: Given) -> None:
        """The offered agency does not take it, and says why."""

    @transition(field=state, source=REDIRECTED, target=TRIAGE)
    def recall(self, actor: Actor, given: Given) -> None:
        """The holder takes the offer back, or nobody answered in time."""

    @transition(field=state, source=DRAFT, target=WITHDRAWN)
    def withdraw(self, actor: Actor, given: Given) -> None:
        """The draft is given up before it was sent."""
        self.ended_at = clock.now()

    @transition(field=state, source=[DECLINED, SIGNPOSTED, LINKED], target=TRIAGE)
    def reopen(self, actor: Actor, given: Given) -> None:
        """Looked at again."""
        self.ended_at = self.link_waits_since = None
        self.case_id = self.linked_to_id = None

    @transition(
        field=state,
        source=[
            DRAFT,
            SUBMITTED,
            TRIAGE,
            INFORMATION_REQUESTED,
            REDIRECTED,
            STEPPED_UP,
            LINKED,
            SIGNPOSTED,
            DECLINED,
            HANDED_OVER,
        ],
        target=ENTERED_IN_ERROR,
    )
    def mark_entered_in_error(self, actor: Actor, given: Given) -> None:
        """A test, keyed twice or about the wrong person: it stays in the history and leaves the counts."""
        self.ended_at = clock.now()
        self.link_waits_since = None

    @transition(field=state, source=OPEN, target=CLOSED)
    def record_death(self, actor: Actor, given: Given) -> None:
        """The child has died: everything rests as it stands, and nothing more is asked of anybody."""
        self.died_from, self.ended_at = self.state, clock.now()

    @transition(field=state, source=CLOSED, target=RETURN_VALUE(*OPEN))
    def take_back_death(self, actor: Actor, given: Given) -> str:
        """It was recorded in error: the referral goes on where it was."""
        arrived, self.died_from, self.ended_at = self.died_from, "", None
        return arrived


class InformationRequestStates(models.Model):
    """A question: asked → answered | nothing_known | refused | lapsed | cancelled; a late answer still counts."""

    ASKED, ANSWERED, NOTHING_KNOWN = "asked", "answered", "nothing_known"
    REFUSED, LAPSED, CANCELLED = "refused", "lapsed", "cancelled"
    LABELS = {
        ASKED: "Waiting for an answer",
        ANSWERED: "Answered",
        NOTHING_KNOWN: "Nothing known",
        REFUSED: "Refused",
        LAPSED: "Not answered in time",
        CANCELLED: "No longer needed",
    }

    # Columns of the table that the edges below set.
    answered_by_id: UUID | None
    answered_at: datetime | None
    state = FSMField(default=ASKED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    def _answered(self, actor: Actor) -> None:
        self.answered_by_id, self.answered_by_name = actor.user_id, actor.name
        self.answered_at = clock.now()

    @transition(field=state, source=[ASKED, LAPSED], target=ANSWERED)
    def answer(self, actor: Actor, given: Given) -> None:
        """What the agency knows; a late answer is still an answer."""
        self.answer_text = given["answer"]
        self._answered(actor)

    @transition(field=state, source=[ASKED, LAPSED], target=NOTHING_KNOWN)
    def nothing_known(self, actor: Actor, given: Given) -> None:
        """The agency does not know the child: an answer too."""
        self._answered(actor)

    @transition(field=state, source=[ASKED, LAPSED], target=REFUSED)
    def refuse(self, actor: Actor, given: Given) -> None:
        """The agency will not say, with a coded reason."""
        self.reason_code = given["reason_code"]
        self._answered(actor)

    @transition(field=state, source=ASKED, target=LAPSED)
    def lapse(self, actor: Actor, given: Given) -> None:
        """The clock ran out."""

    @transition(field=state, source=ASKED, target=CANCELLED)
    def cancel(self, actor: Actor, given: Given) -> None:
        """The holder no longer needs it."""
