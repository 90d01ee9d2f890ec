"""The words of messages about emergency and unusual readings: who, when, how often; never which child."""

from backend.notifications.texts import register_text

_TEXTS = (
    (
        "break_glass_opened",
        "{person} opened records in an emergency",
        "{person}, {agency}, opened a child’s records that are not theirs (number {amount} of the day). Look at it.",
    ),
    (
        "break_glass_often",
        "Ring now: {person} opened records in an emergency, number {amount} today",
        "{person}, {agency}, has done so {amount} times today. It is still allowed. Ring them and ask what goes on.",
    ),
    (
        "break_glass_waits",
        "Nobody has decided about an emergency reading of {person}",
        "{person} opened a child’s records at {when}, and the working day for looking at it is over. Decide about it.",
    ),
    (
        "break_glass_decided",
        "The emergency reading of {person}: {outcome}",
        "{by} has looked at it and found that it was {outcome}. What they wrote stands on its page.",
    ),
    (
        "unusual_found",
        "Something that {person} read is unusual",
        "{person}, {agency}. There may be a good reason: look at what it is before you ask. Do not tell others.",
    ),
    (
        "unusual_account",
        "Somebody may have read {reference} who should not have",
        "An account was closed: we look into what was read with it. Speak to information governance before the family.",
    ),
    (
        "unusual_decided",
        "What {person} read: {outcome}",
        "{by} has decided about it. What they wrote, and what is to do now, stands on its page.",
    ),
)


def register() -> None:
    """Add them."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
