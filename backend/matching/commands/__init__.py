"""What writes about pairs of records, and about the two cases that their children may have."""

from backend.matching.commands.choosing import ask_leads, case_choice_machine, drop_choice
from backend.matching.commands.pairs import (
    ask_elsewhere,
    drop_merge,
    merge_machine,
    propose_merge,
    recognise,
    say_not_same,
    undo_not_same,
    unmerge,
)

__all__ = [
    "ask_elsewhere",
    "ask_leads",
    "case_choice_machine",
    "drop_choice",
    "drop_merge",
    "merge_machine",
    "propose_merge",
    "recognise",
    "say_not_same",
    "undo_not_same",
    "unmerge",
]
