"""What is told of who may see and read what."""

READING: tuple[tuple[str, str, str], ...] = (
    (
        "case_note_relabelled",
        "Who may read a note of yours has changed ({reference})",
        "Who may read a note that you wrote on case {reference} was changed. If you may still read it, it says why.",
    ),
)
