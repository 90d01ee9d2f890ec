"""The words of messages about panels: the reference, the meeting and its day; never a child nor what was typed."""

from collections.abc import Mapping

from backend.deadlines.calendar import day_in_words
from backend.notifications.texts import register_text
from backend.panels.models import Panel, PanelItem
from backend.panels.rules import day_of, give_by

_TEXTS = (
    (
        "panel_to_hear",
        "A panel you chair is to hear {reference}",
        "{agency} has put {reference} on the agenda of {label} on {due}. Read what the panel is asked.",
    ),
    (
        "panel_invited",
        "You are invited to hear {reference} at {label}",
        (
            "{agency} asks you to come to {label} on {due} about {reference}. Read what the panel is asked, and give "
            "before then what it needs to know from you."
        ),
    ),
    (
        "panel_give",
        "{label} on {due} hopes to hear from you about {reference}",
        (
            "Your organisation is invited and has given nothing yet. Give what the panel needs to know by {by}, or say "
            "that you know nothing that helps."
        ),
    ),
    (
        "panel_taken_off",
        "{reference} is not heard at {label}",
        (
            "{reference} was taken off the agenda of {label} on {due}. Nothing is needed from you for it any more, and "
            "what was shared for it is closed."
        ),
    ),
    (
        "panel_called_off",
        "{label} on {due} does not take place",
        "{agency} has called it off, and what was shared for it is closed. Another panel can hear a case instead.",
    ),
)


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)


def said_of(panel: Panel) -> str:
    """Return a meeting as one line: its name and its day."""
    return f"{panel.name}, {day_of(panel):%-d %B %Y}"


def item_fields(item: PanelItem) -> Mapping[str, str]:
    """Return what messages may say of an item: whose case, at which meeting, when."""
    return {
        "reference": item.case_reference,
        "agency": item.lead_agency.name,
        "label": item.panel.name,
        "due": day_in_words(item.panel.starts_at),
    }


def reminder_fields(item: PanelItem) -> Mapping[str, str]:
    """Return the same, and by which day something is to be given."""
    return {**item_fields(item), "by": f"{give_by(item.panel):%A %-d %B}"}


def panel_fields(panel: Panel) -> Mapping[str, str]:
    """Return what messages may say of a meeting."""
    return {"label": panel.name, "agency": panel.chair_agency.name, "due": day_in_words(panel.starts_at)}
