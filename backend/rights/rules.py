"""What must be true before a request is opened, sent for a check, or released; and how a text is cut."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.core import vocabulary
from backend.rights.models import CopiedPassage, Pack, SubjectRequest

Given = Mapping[str, Any]
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Facts:
    """Who acts, how far the worker is, and how many passages nobody has decided about."""

    user_id: UUID
    pack: Pack | None
    undecided: int


def confirmed_by_another(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody opens a child's record to themselves."""
    if facts.user_id == one.recorded_by_id:
        yield "You recorded this request yourself. Somebody else of information governance has to agree to it."


def released_by_another(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """Two people have looked at what leaves."""
    if facts.user_id == one.sent_by_id:
        yield "You sent this for a check yourself. Somebody else of information governance has to look at it."


def refused_by_another(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody takes somebody's right away alone."""
    if facts.user_id == one.refusal_by_id:
        yield "You asked for this refusal yourself. Somebody else of information governance has to agree to it."


def withdrawn_by_another(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody ends alone what a family has asked for."""
    if facts.user_id == one.withdrawal_by_id:
        yield "You asked for this to be withdrawn yourself. Somebody else of information governance has to agree to it."


def all_is_decided(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """A person has looked at every passage."""
    if facts.pack is None or not facts.pack.is_collected:
        yield "The record is still being copied. Wait until it is done."
    elif facts.undecided:
        yield (
            "Nobody has decided about 1 passage."
            if facts.undecided == 1
            else f"Nobody has decided about {facts.undecided} passages."
        )


def file_is_there(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """What is released is the very file that was looked at."""
    if facts.pack is None or not facts.pack.has_file:
        yield "The file is still being made. Wait a minute, then look at it."


def not_extended_yet(one: SubjectRequest, facts: Facts, given: Given | None) -> Iterator[str]:
    """The time is made longer once."""
    if one.extended_why:
        yield "The time has been made longer already."


def pieces(text: str) -> list[tuple[str, str]]:
    """Return the words of a text, each with the white space that stands before it; joined they are the text."""
    found, at = [], 0
    for word in _WORD.finditer(text):
        found.append((text[at : word.start()], word.group()))
        at = word.end()
    return found


def cut_problem(text: str, cut: Collection[int]) -> str:
    """Return why these words cannot be taken out of a text, where that is so."""
    if not cut:
        return "Choose the words that are taken out."
    return "" if max(cut) < len(pieces(text)) else "These words are not in this passage. Load the page again."


def is_told(reason: str) -> bool:
    """Say whether whoever asked is told that something was taken out for this reason."""
    return vocabulary.get("rights_reasons").terms[reason].more["told"] == "yes"


def given_text(passage: CopiedPassage, instead: str) -> str:
    """Return what of a passage leaves: `instead` stands for each run of words that is taken out."""
    if passage.decision == CopiedPassage.KEEP:
        return passage.text
    if passage.decision != CopiedPassage.REDACT:
        return ""
    taken, said = set(passage.cut), ""
    before = False
    for place, (space, word) in enumerate(pieces(passage.text)):
        if place not in taken:
            said += space + word
        elif not before:
            said += space + instead
        before = place in taken
    return said
