"""The words of messages about questions to a second person: which act, on what, by whom; never the input itself."""

from backend.notifications.texts import register_text

_TEXTS = (
    (
        "confirmation_asked",
        "{person} asks for a second person: {edge} ({reference})",
        "{person} wants to do this: {edge} ({reference}). Read what they wrote, then confirm it or not by {due}.",
    ),
    (
        "confirmation_confirmed",
        "Confirmed: {edge} ({reference})",
        "{person} confirmed what you asked for: {edge} ({reference}). It has been done.",
    ),
    (
        "confirmation_refused",
        "Not confirmed: {edge} ({reference})",
        "{person} did not confirm what you asked for: {edge} ({reference}). Open it to read why. It stays as it was.",
    ),
    (
        "confirmation_overtaken",
        "No longer asked: {edge} ({reference})",
        "{person} has taken {reference} further, so your question to a second person ({edge}) no longer waits.",
    ),
)


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
