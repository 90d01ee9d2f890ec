"""What must be true before something that was said is kept or let out, and what in words may tell who said it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.children.telephone import comparable
from backend.core import clock
from backend.core.ids import is_reference
from backend.deadlines.calendar import local
from backend.voices.models import Saying

Given = Mapping[str, Any]
# A saying is a sentence or two; what is longer tells a story by which somebody is known.
MOST_WORDS = 1_000
# How many months back somebody may still write down what was said.
_MONTHS_BACK = 24

_EMAIL = re.compile(r"\S+@\S+\.\w+")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\b[a-z]+-[a-z\d]{3}-[a-z\d]{5}\b", re.IGNORECASE)


def telling(words: str) -> list[str]:
    """Return what in some words may tell who said them, as far as its form shows it: a name no form shows."""
    # The letters of some references would be a postcode.
    without = _REFERENCE.sub(lambda found: "" if is_reference(found[0]) else found[0], words)
    found = {
        "an email address": _EMAIL.search(words),
        "a telephone number": comparable([words]),
        "a postcode": _POSTCODE.search(without),
        "the reference of a record": without != words,
    }
    return [name for name, there in found.items() if there]


def months(today: date | None = None) -> list[date]:
    """Return the months in which it can have been said, this one first, each by its first day."""
    found = [(today or local(clock.now()).date()).replace(day=1)]
    for _each in range(_MONTHS_BACK):
        last = found[-1]
        found.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
    return found


def read_by_another(saying: Saying, reader_id: UUID, given: Given | None) -> Iterator[str]:
    """Two people have read what leaves an agency."""
    if reader_id == saying.recorded_by_id:
        yield "You wrote this down yourself. Another manager of your organisation has to read it before it is released."


def why_not_read(saying: Saying) -> str:
    """Return why nobody has to read the words of a saying, where that is so."""
    if not saying.words:
        return "There are no words to read: it is only counted."
    if not saying.has_words_to_read:
        return "Whoever said it has not agreed that the words are used: it is only counted."
    return ""
