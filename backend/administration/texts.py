"""The words of messages and events about people who leave: who and how much, never about which child."""

from backend.audit.verbs import register_verbs
from backend.notifications.texts import register_text


def register() -> None:
    """Register them."""
    register_text(
        "work_passed_on",
        "{person} has left: {amount} now with you",
        "{person} has left {agency}. What they had is with you until you give it to somebody: {amount}.",
    )
    register_text(
        "queue_moved",
        "The referrals of {agency} have moved to the front door",
        "{agency} has no triage officer any more, so its open referrals ({amount}) are now with the front door.",
    )
    register_text(
        "promise_broken",
        "Needs attention today: {label}",
        "The daily check found this, which must never be: {label} ({amount}). See what needs attention, and act today.",
    )
    register_verbs(
        {
            "case.mind": "Its lead practitioner left; a manager minds it",
            "task.pass_on": "Passed the task on",
            "referral.pass_on": "Passed it on to a manager, because somebody left",
            "referral.move_queue": "Moved it to the front door, because nobody is left to decide",
        }
    )
