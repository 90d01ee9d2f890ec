"""The file that goes out: a letter that says what was taken out in kinds, and every passage as far as it is given.

What is taken out is not in it: no box lies over words, no field of the file holds them (tests/rights/test_file.py).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from backend.agencies.models import Partnership
from backend.core import clock, vocabulary
from backend.deadlines.calendar import day_in_words, day_said
from backend.letters.drawing import typeset
from backend.rights.models import CopiedPassage, SubjectRequest
from backend.rights.rules import given_text, is_told

_SOURCE = Path(__file__).with_name("copy.typ")
_MAY_BE_MORE = "Some information can be kept back without saying so. We do not say whether there is any."
_COMPLAIN = (
    "If you think that something is missing, that we should have given you more, or that something in it is wrong, "
    "write to us and say what. Somebody who has not worked on this looks at it again. You can also complain to the "
    "Information Commissioner’s Office, and you can do that at any time."
)


def removed(reason: str) -> str:
    """Return what stands in the place of words that were taken out."""
    return f"[removed: {vocabulary.get('rights_reasons').terms[reason].more['told_as']}]"


def content(one: SubjectRequest, rows: Sequence[CopiedPassage]) -> dict[str, Any]:
    """Return all that the file says, as plain data."""
    partnership = Partnership.objects.get(pk=one.partnership_id)
    return {
        "title": f"Copy of a record, {one.reference}",
        "partnership": partnership.name,
        "agency": one.agency.name,
        "to": one.asker_name,
        "about": one.child_name,
        "born": day_said(one.child_born) if one.child_born else "",
        "received": day_said(one.received_on),
        "asks_for": one.asks_for,
        "made": day_in_words(clock.now()),
        "kept_back": list(kept_back(rows)),
        "may_be_more": _MAY_BE_MORE,
        "complain": _COMPLAIN,
        "sections": list(_sections(rows)),
    }


def kept_back(rows: Sequence[CopiedPassage]) -> Iterator[str]:
    """Yield what was taken out, in kinds and numbers, as whoever asked is told: of some reasons nobody is."""
    reasons = vocabulary.get("rights_reasons").terms
    taken = Counter(one.reason for one in rows if one.decision in (CopiedPassage.REDACT, CopiedPassage.WITHHOLD))
    told = [(reasons[code].more["told_as"], number) for code, number in taken.items() if is_told(code)]
    for words, number in sorted(told):
        places = "1 place" if number == 1 else f"{number} places"
        yield f"In {places}: {words}."


def _sections(rows: Sequence[CopiedPassage]) -> Iterator[dict[str, Any]]:
    kinds = vocabulary.get("rights_passages")
    given = [one for one in rows if one.decision in (CopiedPassage.KEEP, CopiedPassage.REDACT)]
    for term in kinds:
        mine = [one for one in given if one.kind == term.code]
        if mine:
            yield {"title": term.label, "passages": [_passage(one) for one in mine]}


def _passage(one: CopiedPassage) -> dict[str, Any]:
    instead = removed(one.reason) if one.decision == CopiedPassage.REDACT else ""
    said = given_text(one, instead)
    return {"heading": one.heading, "at": one.at.isoformat() if one.at else "", "text": said}


def drawn(one: SubjectRequest, rows: Sequence[CopiedPassage]) -> bytes:
    """Return the copy as a PDF, tagged as letters are (ADR 34)."""
    page = content(one, rows)
    for section in page["sections"]:
        for passage in section["passages"]:
            passage["lines"] = passage["text"].replace("\r\n", "\n").split("\n")
    return typeset(_SOURCE, copy=page)


def packed(one: SubjectRequest, rows: Sequence[CopiedPassage]) -> bytes:
    """Return the same for a machine."""
    return orjson.dumps(content(one, rows), option=orjson.OPT_INDENT_2)
