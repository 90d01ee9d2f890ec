"""May this number or address be used, and how? The one place that decides it, asked before anybody is contacted.

A rule is a code of the vocabulary contact_rules, whose columns say what it allows; without one nothing is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.core import vocabulary
from backend.deadlines.calendar import END_OF_SCHOOL_DAY, START_OF_DAY, is_working_day, local

_YES = "yes"
# Stands for a rule that something newer and different is said of, at a record that its reader need not read (ADR 39).
DOUBTED = "said_otherwise"
ASK_FIRST = "Ask before you use this"


class Channel(StrEnum):
    """A way to reach somebody, as the columns of the vocabulary name them."""

    CALL = "call"
    TEXT = "text"
    VOICEMAIL = "voicemail"
    LETTER = "letter"
    EMAIL = "email"


# How people are told (told_methods) where something reaches them that others may pick up first. What is said face to
# face, or by an adult they trust, reaches nobody else.
CHANNELS: Mapping[str, Channel] = {
    "phone": Channel.CALL,
    "text_message": Channel.TEXT,
    "letter": Channel.LETTER,
    "secure_message": Channel.EMAIL,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody may not be reached in this way now, and whom to go through instead, if the rule names somebody."""

    sentence: str
    instead: str = ""


def refusal(rule: str, channel: Channel, at: datetime) -> Refused | None:
    """Return why `channel` may not be used at `at` under `rule`; None when it may."""
    if rule == DOUBTED:
        return Refused(
            "Something newer is said of how they are reached safely, and has not been looked at here. Ask first, and "
            "then write down what is right."
        )
    term = vocabulary.get("contact_rules").terms.get(rule)
    if term is None:
        return Refused("Nobody has said how this can be used safely. Ask whoever gave it before you use it.")
    if term.more["through"] == "school":
        return Refused(f"{term.label}.", instead="school")
    if term.more[channel] != _YES:
        return Refused(f"The rule is: {term.label}.")
    if term.more["when"] == "school" and not _in_school_hours(at):
        return Refused(f"{term.label}: working days from {START_OF_DAY:%-H:%M} to {END_OF_SCHOOL_DAY:%-H:%M}.")
    return None


def rule_in_words(rule: str) -> str:
    """Return what a rule is called; nothing where there is none."""
    return ASK_FIRST if rule == DOUBTED else vocabulary.get("contact_rules").label(rule)


def _in_school_hours(at: datetime) -> bool:
    here = local(at)
    return is_working_day(here.date()) and START_OF_DAY <= here.time() < END_OF_SCHOOL_DAY
