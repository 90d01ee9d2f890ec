"""The words of reminders about drafts: which form and since when, never what was typed."""

from backend.notifications.texts import register_text


def register() -> None:
    """Register the reminder, the note to the manager, the warning and the goodbye."""
    register_text(
        "draft_reminder",
        "You have a {form} you have not sent",
        "You began a {form} and last saved it at {when}. It has not been sent, so nobody else has seen it yet.",
    )
    register_text(
        "draft_for_manager",
        "A {form} of your agency has not been sent",
        "{person} began a {form} and last saved it at {when}. It has not been sent. Please check that nobody waits.",
    )
    register_text(
        "draft_warning",
        "A {form} you have not sent will be deleted",
        "You last saved this {form} at {when}. It will be deleted at {due} unless you save or send it before then.",
    )
    register_text(
        "draft_deleted",
        "A {form} you did not send has been deleted",
        "You last saved this {form} at {when}. It was deleted, as we said. If it still matters, please begin again.",
    )
