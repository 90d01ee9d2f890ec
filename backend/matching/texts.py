"""The words of messages about records that were joined or taken apart: which work, by whom; never which child."""

from backend.notifications.texts import register_text

_TEXTS = (
    (
        "records_joined",
        "The child of {reference} has another record with us",
        (
            "{agency} has found that the child of {reference} is also on record from another contact, and has joined "
            "the two. Contacts count together from now on. If you think they are two children, tell {agency}: it can "
            "be undone, and nothing is lost."
        ),
    ),
    (
        "records_taken_apart",
        "Two records were taken apart: {reference}",
        (
            "{agency} has taken apart the record of the child of {reference} and another one: they are two children. "
            "Each has again what was written about it. Look whether anything you decided rested on the other record."
        ),
    ),
)


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
