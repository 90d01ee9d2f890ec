"""The words of the one message about what somebody said; never what was said."""

from backend.notifications.texts import register_text


def register() -> None:
    """Register it."""
    register_text(
        "saying_sent_back",
        "Something you wrote down for community voice was sent back",
        "A manager of {agency} has read it and asks for something to be different. Open it, then correct it.",
    )
