"""What the edges that move a referral, and the acts that leave its state alone, ask for."""

from typing import Any

from backend.core.api.serializers import StrictSerializer
from backend.referrals.serializers.fields import ShareInput, child_match, service
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_MOST_QUESTIONS = 10


class SubmitInput(EdgeInput):
    """Send the form as it is saved."""


class StartTriageInput(EdgeInput):
    """Take it in hand."""


class TakeInput(EdgeInput):
    """Take what is offered: your agency holds it from now on."""


class WithdrawInput(EdgeInput):
    """Give up the draft."""


class QuestionInput(StrictSerializer):
    """One question to one agency."""

    agency = fields.chosen_id("asked_agency", "Who do you ask?")
    question = fields.long_text("What do you want to know?")
    purpose = fields.code("request_purposes", "What do you need it for?")


class RequestInformationInput(ShareInput):
    """Ask other agencies, or the referrer, what they know; they see the question and who the child is, nothing else."""

    questions: Any = QuestionInput(
        many=True,
        allow_empty=False,
        max_length=_MOST_QUESTIONS,  # type: ignore[call-arg] # DRF hands it to the list
        label="Questions",
        style={"kind": "list"},
    )


class ResumeTriageInput(EdgeInput):
    """Go on without the missing answers: why."""

    reason_code = fields.code("resume_reasons", "Why do you go on without the missing answers?")
    reason = fields.long_text("What do you know?", required=False)


class RedirectInput(ShareInput):
    """Offer it to another agency: which, why, and on what basis they may read it."""

    to_agency = fields.chosen_id("receiver", "Which agency do you offer it to?")
    service = service("For which of its services?", hint="If one of them is meant")
    reason_code = fields.code("redirect_reasons", "Why them?")
    rationale = fields.long_text("What should they know about why you offer it?")


class ReturnToSenderInput(EdgeInput):
    """Send it back: why."""

    reason_code = fields.code("return_reasons", "Why do you send it back?")
    reason = fields.long_text("What should the holder know?", required=False)


class RecallInput(EdgeInput):
    """Take the offer back: why."""

    reason_code = fields.code("recall_reasons", "Why do you take the offer back?")
    reason = fields.long_text("What should the other agency know?", required=False)


class AmendInput(EdgeInput):
    """Put right what was written; what stood there before stays in the history."""

    answers = fields.answers("What do you want to amend?", hint="What stood there before stays in the history.")
    reason_code = fields.code("amend_reasons", "Why do you amend it?")
    reason = fields.long_text("What should the reader know about the change?", required=False)


class RecordToldInput(EdgeInput):
    """That the referrer, the child or a parent was told what was decided, or why not yet."""

    who = fields.code("told_who", "Who is this about?")
    person = fields.chosen_id(
        "person_around",
        "Which of them?",
        hint="Leave this open if they are not in the list",
        required=False,
        show_if={"field": "who", "values": ["parent"]},
    )
    was_told = fields.yes_no("Have they been told?")
    method = fields.code("told_methods", "How?", required=False, show_if={"field": "was_told", "values": [True]})
    told_at = fields.moment("When?", required=False, show_if={"field": "was_told", "values": [True]})
    why_not = fields.code(
        "told_why_not", "Why not yet?", required=False, show_if={"field": "was_told", "values": [False]}
    )
    look_again_on = fields.date(
        "When will you look at this again?", required=False, show_if={"field": "was_told", "values": [False]}
    )


class GiveStatusLinkInput(EdgeInput):
    """A link for whoever raised it and has no account: how it gets to them."""

    how = fields.code("status_link_ways", "How do they get the link?")


class TakeBackStatusLinkInput(EdgeInput):
    """The link leads nowhere any more."""


class RecordFollowUpInput(EdgeInput):
    """The written follow-up of an urgent call has been sent."""

    sent_to = fields.text("Who was it sent to?", hint="Name and role, and their reference if there is one")
    sent_at = fields.moment("When was it sent?")


class RematchInput(EdgeInput):
    """This referral is about another child than the one it stands with."""

    child_match = child_match("Which child is this really?", hint="“New” gives it a child record of its own")
    reason_code = fields.code("rematch_reasons", "How do you know?")
    reason = fields.long_text("What happened?")


class AskToWithdrawInput(EdgeInput):
    """Ask the holder to close it; the holder decides."""

    reason_code = fields.code("ask_to_withdraw_reasons", "Why do you ask?")
    reason = fields.long_text("What should they know?", required=False)


class AnswerInput(ShareInput):
    """What your agency knows, and the basis you share it on."""

    answer = fields.long_text("What do you know?", hint="Facts first; say what is opinion")


class NothingKnownInput(EdgeInput):
    """Your agency does not know the child: that is an answer too."""


class RefuseAnswerInput(EdgeInput):
    """Your agency does not answer: why."""

    reason_code = fields.code("refuse_reasons", "Why do you not answer?")
    reason = fields.long_text("What should they know?", required=False)


class ChaseInput(EdgeInput):
    """Remind the agency that was asked."""


class CancelInput(EdgeInput):
    """The answer is no longer needed."""

    reason_code = fields.code("cancel_reasons", "Why is it no longer needed?")
