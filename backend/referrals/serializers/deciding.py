"""What each deciding edge asks for."""

from backend.referrals.serializers.fields import child_match, outcome_text, service
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_RATIONALE = "Why did you decide this?"
_RATIONALE_HINT = "What you weighed up, for those who read the record later"

# What another agency must know before it says yes; nothing is asked where the own agency leads.
_IF_ASKED = "Needed if another agency is asked to lead"


class AcceptInput(EdgeInput):
    """Help is agreed: who the child is, how great the need, who leads, and why."""

    child_match = child_match(
        "Which child is this?", hint="Compare names and dates with care: the history of the wrong child helps nobody"
    )
    level_of_need = fields.code("levels_of_need", "What level of need do you decide?")
    primary_need = fields.code(
        "primary_needs", "What is the primary need?", hint="The one that weighs most. The others stay among the factors"
    )
    theme = fields.code("board_themes", "Which board’s theme is this?")
    priority = fields.code("priorities", "How soon is help needed?")
    lead_agency = fields.chosen_id("lead_agency", "Which agency should lead?", hint="Another agency is asked first")
    case_choice = fields.code(
        "case_choices",
        "A case for this child closed in the last 12 months. Which is it to be?",
        hint="Answer when there is one for this child",
        required=False,
    )
    service = service("Which service could help?", hint="Kept with the decision, for whoever leads")
    rationale = fields.long_text(_RATIONALE, hint=_RATIONALE_HINT)
    outcome_text = outcome_text()
    what_matters = fields.long_text("What does the next lead need to know now?", hint=_IF_ASKED, required=False)
    risks = fields.long_text("What are the risks?", hint=_IF_ASKED, required=False)
    who_to_speak_to = fields.text(
        "Who should they speak to first?", hint=f"Name and number. {_IF_ASKED}", required=False
    )
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


class LinkInput(EdgeInput):
    """The child has open work already: what was said here goes there."""

    link_to = fields.chosen_id("link_target", "Which open work does this belong to?")
    rationale = fields.long_text(_RATIONALE, hint=_RATIONALE_HINT)
    outcome_text = outcome_text()
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


class SignpostInput(EdgeInput):
    """Advice or a service is enough: which, and why."""

    level_of_need = fields.code("levels_of_need", "What level of need do you decide?")
    signpost_kind = fields.code("signpost_kinds", "What did you point them to?")
    service = service("Which service did you point them to?", hint="Its name goes into what the referrer reads")
    advice = fields.long_text("What advice or service was given?", hint="Name the service and how to reach it")
    rationale = fields.long_text(_RATIONALE, hint=_RATIONALE_HINT)
    outcome_text = outcome_text()


class DeclineInput(EdgeInput):
    """No help through this request: the reason, and what would change the decision."""

    level_of_need = fields.code("levels_of_need", "What level of need do you decide?")
    reason_code = fields.code("decline_reasons", "What is the reason?")
    rationale = fields.long_text(_RATIONALE, hint=_RATIONALE_HINT)
    what_would_change = fields.long_text("What would change this decision?")
    outcome_text = outcome_text()


class StepUpInput(EdgeInput):
    """Statutory or emergency services have been told: where, whom and when. Never waits for paperwork."""

    destination = fields.code("step_up_destinations", "Where did you pass it?")
    told_person = fields.text("Who did you speak to?", hint="Name and role")
    told_at = fields.moment("When did you tell them?")
    statutory_reference = fields.text("Their reference", hint="If they gave you one", required=False, max_length=80)
    rationale = fields.long_text("What makes this urgent?", required=False)


class ConfirmHandoverInput(EdgeInput):
    """They have it: who received it, when, and in writing."""

    received_by = fields.text("Who received it?", hint="Name and role")
    received_at = fields.moment("When did they receive it?")
    follow_up_sent = fields.yes_no("Has the written follow-up been sent?")
    rationale = fields.long_text("What did they say they will do?")
    outcome_text = outcome_text()


class HandoverRefusedInput(EdgeInput):
    """They did not take it: their reason."""

    reason_code = fields.code("handover_refused_reasons", "What reason did they give?")
    reason = fields.long_text("What did they say?", required=False)


class ReopenInput(EdgeInput):
    """Looked at again: why."""

    reason_code = fields.code("reopen_reasons", "Why is it reopened?")
    reason = fields.long_text("What has changed?")


class MarkEnteredInErrorInput(EdgeInput):
    """Struck out: why it should not count."""

    reason_code = fields.code("error_reasons", "What was the mistake?")
    reason = fields.long_text("What happened?")


class CorrectInput(EdgeInput):
    """A decision was recorded wrongly: what is right. Both stay in the record, and the state does not move."""

    decision = fields.chosen_id("decision", "Which decision is wrong?")
    reason_code = fields.code("correct_reasons", "Why is it corrected?")
    reason = fields.long_text("What was wrong?")
    level_of_need = fields.code("levels_of_need", "The right level of need", hint="If that was wrong", required=False)
    rationale = fields.long_text("The right reasons for the decision")
    outcome_text = outcome_text()


class DisagreeInput(EdgeInput):
    """A challenge of a decision: which, on what ground, what should happen instead, and whether the child is safe."""

    decision = fields.chosen_id("challenged_decision", "Which decision do you disagree with?")
    ground = fields.code("disagreement_grounds", "Why do you disagree?")
    text = fields.long_text("What do you see differently?", hint="Both sides read this. Keep to what is needed")
    wanted = fields.long_text("What should happen instead?")
    child_safe = fields.code("child_safe_now", "Is the child safe now?")
