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
        "case_choice_asked",
        "Which case goes on: {reference} or {label}?",
        (
            "{agency} believes that cases {reference} and {label} are about one child, who can have one. Ring the "
            "agency that leads the other case, and say which of the two goes on. The other one ends, and everything in "
            "it is kept."
        ),
    ),
    (
        "case_choice_said",
        "The other lead has said which case goes on: {reference} or {label}",
        "The agency that leads the other case has said which of {reference} and {label} goes on. Open it and answer.",
    ),
    (
        "case_choice_agreed",
        "{outcome} goes on: the records can be joined",
        "Those who lead {reference} and {label} have agreed that {outcome} goes on. You can join the two records now.",
    ),
    (
        "case_choice_dropped",
        "Cases {reference} and {label} both go on",
        "{agency} does not ask any more which of {reference} and {label} goes on. Both go on as they are.",
    ),
    (
        "case_choice_used",
        "Case {outcome} goes on for {reference} and {label}",
        (
            "{agency} has joined the records of the child of {reference} and {label}. As you agreed, {outcome} goes "
            "on, and the other case has ended. Read today what was planned in it, and take over what must not stop."
        ),
    ),
    (
        "case_choice_undone",
        "Cases {reference} and {label} are about two children after all",
        "{agency} has taken the two records apart. {reference} and {label} are open again, each about its own child.",
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
