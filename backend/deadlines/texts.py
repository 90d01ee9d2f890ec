"""The words of reminders: the clock, the reference and the hour, never the child."""

from backend.notifications.texts import register_text


def register() -> None:
    """Register the three reminders."""
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
