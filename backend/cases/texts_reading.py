"""What is told of who may see and read what."""

READING: tuple[tuple[str, str, str], ...] = (
    (
        "case_note_relabelled",
        "Who may read a note of yours has changed ({reference})",
        "Who may read a note that you wrote on case {reference} was changed. If you may still read it, it says why.",
    ),
    (
        "case_seal_names_you",
        "You are named on the sealed case {reference}",
        "Only those who are named find case {reference} at {agency}. You are one of them: speak of it to nobody else.",
    ),
    (
        "case_seal_lifted",
        "Case {reference} is not sealed any more",
        "Whoever works with case {reference} at {agency} sees again what they would see of it without a seal.",
    ),
)
