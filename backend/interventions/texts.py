"""The words of messages about interventions: the case's reference and the service, never a child nor what was typed."""

from collections.abc import Mapping
from datetime import timedelta

from backend.core.vocabulary import get
from backend.deadlines.calendar import in_words
from backend.interventions.models import Intervention
from backend.notifications.texts import register_text
from backend.workflow.undo import UNDO_WITHIN

_TEXTS = (
    (
        "intervention_offered",
        "Can you help? {label} ({reference})",
        "A family is offered {label} at {agency}. Say by {due} whether you can help ({reference}).",
    ),
    (
        "intervention_accepted",
        "{agency} can help: {label} ({reference})",
        "{agency} can offer {label} for case {reference}. Ask the family next, and record their answer.",
    ),
    (
        "intervention_declined",
        "{agency} cannot help: {label} ({reference})",
        "{agency} cannot offer {label} for case {reference}: {reason}. Decide what you offer the family instead.",
    ),
    (
        "intervention_agreed",
        "The family wants it: {label} ({reference})",
        "The family of {reference} has agreed to {label}. Start it, or say how long they wait, by {due}.",
    ),
    (
        "intervention_given",
        "You give this from now on: {label} ({reference})",
        "You are named as whoever gives {label} for case {reference}. What changes there comes to you from now on.",
    ),
    (
        "intervention_not_needed",
        "No longer needed: {label} ({reference})",
        "{label} is no longer needed for {reference}. You need do nothing more.",
    ),
    (
        "intervention_sharing_ended",
        "Ended for you: {label} ({reference})",
        "{label} for {reference} has ended for your organisation. You need do nothing more.",
    ),
    (
        "intervention_shared_again",
        "Open to you again: {label} ({reference})",
        "You can read {label} for {reference} again. Open it to see where it stands.",
    ),
    (
        "intervention_came_late",
        "Late, and now: {state}. {label} ({reference})",
        (
            "{agency} has answered after the day by which it was asked. {label} for case {reference} is now: {state}. "
            "It is no longer on your list of what needs attention. Whoever works on the case decides what follows."
        ),
    ),
    (
        "intervention_goals_changed",
        "What it works towards has changed: {label} ({reference})",
        "Whoever works on case {reference} has changed which goals {label} works towards. Open it to read them.",
    ),
    (
        "intervention_goal_reworded",
        "A goal has other words: {label} ({reference})",
        "A goal of the plan that {label} works towards has other words now, in case {reference}. Open it to read them.",
    ),
    (
        "intervention_goal_ended",
        "A goal has ended: {label} ({reference})",
        "A goal of the plan that {label} works towards has ended, in case {reference}. Open it to see which go on.",
    ),
    (
        "intervention_goal_reopened",
        "A goal is open again: {label} ({reference})",
        "A goal of the plan that {label} works towards is open again, in case {reference}. Open it to read its words.",
    ),
    (
        "intervention_over",
        "{label}: {state} ({reference})",
        (
            "{label} at {agency} for case {reference} is now: {state}. "
            "Sessions that were still planned and are called off with it: {amount}."
        ),
    ),
    (
        "intervention_case_closed",
        "The case is closed, and this goes on: {label} ({reference})",
        (
            "Case {reference} has come to its end at {agency}. {label} goes on; open it to read who was "
            "named to go on with it. If you are worried or it cannot go on, ring {agency} on {phone}."
        ),
    ),
    (
        "intervention_moved",
        "{label}: {state} ({reference})",
        "{label} at {agency} for case {reference} is now: {state}.",
    ),
)


# What is done to a goal can be undone for a few minutes.
_CAN_BE_UNDONE = ("intervention_goal_reworded", "intervention_goal_ended", "intervention_goal_reopened")


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body, wait=UNDO_WITHIN if code in _CAN_BE_UNDONE else timedelta(0))


def fields(target: Intervention) -> Mapping[str, str]:
    """Return what messages may say of an intervention; a reason is a code's words."""
    return {
        "reference": target.case_reference,
        "label": target.service_name,
        "agency": target.organisation,
        "state": Intervention.LABELS[target.state].lower(),
        "reason": reason_label(target).lower(),
        "due": in_words(target.next_due_at) if target.next_due_at else "",
        "amount": str(target.called_off or "none"),
    }


# Read with the record, which only named people open: no message is sent of it.
_DIED = "The child has died"
_REASONS = {
    Intervention.PROVIDER_DECLINED: "provider_decline_reasons",
    Intervention.REFUSED: "intervention_refuse_reasons",
    Intervention.ENDED_EARLY: "ended_early_reasons",
    Intervention.CANCELLED: "intervention_cancel_reasons",
}


def reason_label(target: Intervention) -> str:
    """Return why it ended as it did, in words; nothing when it went as planned or goes on."""
    if target.died_from:
        return _DIED
    name = _REASONS.get(target.state)
    return get(name).label(target.reason_code) if name else ""
