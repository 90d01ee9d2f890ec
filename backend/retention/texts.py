"""The words of messages about orders: which one, and where it stands; never who is on it."""

from backend.notifications.texts import register_text

_TEXTS = (
    (
        "disposal_proposed",
        "Records to be deleted: {reference}",
        "{person} of {agency} proposes to delete records that are due. Open the list, then agree or not.",
    ),
    (
        "disposal_confirmed",
        "Agreed: records are deleted in seven days ({reference})",
        "Two people have agreed to the list that you proposed. It can be withdrawn until then.",
    ),
    (
        "disposal_refused",
        "Not agreed: {reference}",
        "Information governance has not agreed to delete these records. Open it to read why.",
    ),
    (
        "disposal_withdrawn",
        "Withdrawn: {reference}",
        "The list of records to be deleted was withdrawn. Nothing was deleted. Open it to read why.",
    ),
    (
        "disposal_done",
        "Records were deleted: {reference}",
        "The list that you proposed has been carried out. Its certificate says what was deleted.",
    ),
)


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)
