"""May this number be used, and how? The one place that decides it, asked before a family or a caller is contacted.

A rule is a code of the vocabulary contact_rules, whose columns say what it allows; without one nothing is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.core import vocabulary
from backend.deadlines.calendar import END_OF_SCHOOL_DAY, START_OF_DAY, is_working_day, local

_YES = "yes"


class Channel(StrEnum):
    """A way to use a number."""

    CALL = "call"
    TEXT = "text"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a number may not be used in this way now, and whom to go through instead, if the rule names somebody."""

    sentence: str
    instead: str = ""


def refusal(rule: str, channel: Channel, at: datetime) -> Refused | None:
    """Return why `channel` may not be used at `at` under `rule`; None when it may."""
    term = vocabulary.get("contact_rules").terms.get(rule)
    if term is None:
        return Refused("Nobody has said how this number can be used safely. Ask whoever gave it before you use it.")
    if term.more["through"] == "school":
        return Refused(f"{term.label}.", instead="school")
    if term.more[channel] != _YES:
        return Refused(f"The rule for this number is: {term.label}.")
    if term.more["when"] == "school" and not _in_school_hours(at):
        return Refused(f"{term.label}: working days from {START_OF_DAY:%-H:%M} to {END_OF_SCHOOL_DAY:%-H:%M}.")
    return None


def _in_school_hours(at: datetime) -> bool:
    here = local(at)
    return is_working_day(here.date()) and START_OF_DAY <= here.time() < END_OF_SCHOOL_DAY
