"""The words of messages and events about people who leave: who and how much, never about which child."""

from backend.audit.verbs import register_verbs
from backend.notifications.texts import register_text

_TEXTS = (
    (
        "work_passed_on",
        "{person} has left: {amount} now with you",
        "{person} has left {agency}. What they had is with you until you give it to somebody: {amount}.",
    ),
    (
        "queue_moved",
        "The referrals of {agency} have moved to the front door",
        "{agency} has no triage officer any more, so its open referrals ({amount}) are now with the front door.",
    ),
    (
        "referral_holder_gone",
        "Referral {reference} is now with {holder}",
        "The agency that had {reference} cannot go on. {holder} is responsible from now on. Their number is {phone}.",
    ),
    (
        "agency_handed_over",
        "{agency} ends: its work is now with you",
        "{agency} ends, and has handed this over to your agency ({amount}). You are responsible for it from now on.",
    ),
    (
        "agency_ended",
        "{agency} has ended",
        "{agency} has ended. What it still had is with {to_agency}, which is responsible for it from now on.",
    ),
    (
        "agency_end_asked",
        "Second person needed: end {agency} at once",
        "{person} asks you to agree that {agency} ends at once: all that it has would pass to its successor.",
    ),
    (
        "agency_end_confirmed",
        "{agency} has ended, as you asked",
        "{person} agreed that {agency} ends at once, and it has ended.",
    ),
    (
        "agency_end_refused",
        "{agency} goes on",
        "{person} did not agree that {agency} ends at once. Speak to them.",
    ),
    (
        "conflict_declared",
        "A conflict of interest to look at",
        "{person} has declared a conflict of interest. Look at it and say whether it is one.",
    ),
    (
        "conflict_answered",
        "Your conflict of interest: {state}",
        "{person} has looked at the conflict of interest that you declared. It is now: {state}.",
    ),
    (
        "work_in_conflict",
        "Now with you, because of a conflict of interest: {amount}",
        "{person} has a conflict of interest. What they had in hand there is with you from now on: {amount}.",
    ),
    (
        "promise_broken",
        "Needs attention today: {label}",
        "The daily check found this, which must never be: {label} ({amount}). See what needs attention, and act today.",
    ),
)
_VERBS = {
    "settings.choose": "Chose how messages come by email",
    "case.mind": "Its lead practitioner left; a manager minds it",
    "task.pass_on": "Passed the task on",
    "referral.pass_on": "Passed it on to a manager, because somebody left",
    "referral.hand_over": "Handed it over, because the agency that had it ends",
    "case.hand_over": "Handed the lead over, because the agency that led it ends",
    "disagreement.pass_on": "Passed the disagreement on, because the agency that had to answer ends",
    "service.pass_on": "Gave the entry to another agency to keep, because the one that kept it ends",
    "referral.move_queue": "Moved it to the front door, because nobody is left to decide",
}


def register() -> None:
    """Register them."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
    register_verbs(_VERBS)
