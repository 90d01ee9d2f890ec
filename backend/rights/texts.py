"""The words of messages about requests for a copy: by their reference and day, never whose record it is."""

from backend.notifications.texts import register_text

_TEXTS = (
    (
        "subject_request_recorded",
        "Request {reference}: a second person has to agree",
        "{by} has recorded a request for a copy of a child’s record, to be answered by {due}. Look at who asks.",
    ),
    (
        "subject_request_to_check",
        "Request {reference}: a copy waits to be checked",
        "Somebody other than who sent it looks at the file. It is to be answered by {due}.",
    ),
    (
        "subject_request_sent_back",
        "Request {reference} was sent back",
        "Something has to be decided otherwise: its page says what. It is to be answered by {due}.",
    ),
    (
        "subject_request_released",
        "Request {reference} is released",
        "The copy can be downloaded and given to whoever asked, until it is deleted. Its page says when that is.",
    ),
    (
        "subject_request_to_refuse",
        "Request {reference}: a refusal waits for a second person",
        "{by} wants to refuse it. Somebody else looks at why. It is to be answered by {due}.",
    ),
    (
        "subject_request_refused",
        "Request {reference} is refused",
        "A second person has agreed. Tell whoever asked why, and how they can complain.",
    ),
    (
        "subject_request_not_refused",
        "Request {reference} is not refused",
        "A second person did not agree, or took it back: its page says why. It is to be answered by {due}.",
    ),
    (
        "subject_request_to_withdraw",
        "Request {reference}: a withdrawal waits for a second person",
        "{by} says that nobody waits for it any more. Somebody else looks at who said so. It is due by {due}.",
    ),
    (
        "subject_request_withdrawn",
        "Request {reference} is withdrawn",
        "{by} asked for it and another person has agreed. What was copied is deleted. Its page says who and why.",
    ),
    (
        "subject_request_not_withdrawn",
        "Request {reference} is not withdrawn",
        "A second person did not agree, or it was taken back: its page says why. It is to be answered by {due}.",
    ),
    (
        "subject_request_late",
        "Request {reference} is late",
        "It was to be answered by {due}, and somebody still waits. Go on with it, or tell them why it takes longer.",
    ),
    (
        "rectification_recorded",
        "Somebody says that a note is wrong: {reference}",
        "Your organisation wrote the note. It stays as it was; decide what is done about it, and say why.",
    ),
    (
        "rectification_decided",
        "It was decided about a note that somebody says is wrong: {reference}",
        "What was decided stands beside the note. Tell whoever said it.",
    ),
    (
        "rectification_told",
        "Something was said to be wrong in a record that was shared with you: {reference}",
        "{agency} wrote it and has decided about it. Ask them what it means for what you hold.",
    ),
)


def register() -> None:
    """Add them."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
