"""The words of reminders: the clock, the reference and the hour, never the child."""

from backend.notifications.texts import register_text


def register() -> None:
    """Register the reminders, and the word to the front door when an agency's own managers have not put it right."""
    register_text(
        "deadline_before",
        "Due {due}: {clock}",
        "{clock} ({reference}) is due by {due}.",
    )
    register_text(
        "deadline_at",
        "Due now: {clock}",
        "{clock} ({reference}) was due by {due} and has not been done yet. Please do it now, or say why it must wait.",
    )
    register_text(
        "deadline_after",
        "Overdue: {clock}",
        "{clock} ({reference}) was due by {due} and is still open. Please make sure that somebody takes it up today.",
    )
    register_text(
        "deadline_still",
        "Still overdue: {clock}",
        "{clock} ({reference}) was due by {due}. Your agency has been reminded and it is still open. {agency} knows.",
    )
    register_text(
        "deadline_escalated",
        "{agency} has missed a promise: {reference}",
        "{clock} ({reference}) was due by {due}. {agency} was reminded three times. Ring them and agree who will.",
    )
