"""A letter as a PDF: tagged, with a title and a language, all of it text (ADR 34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
import typst

_SOURCE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class Letter:
    """All that stands on the page; `sender` and `address` are lines."""

    title: str
    agency: str
    sender: Sequence[str]
    address: Sequence[str]
    date: str
    text: str


def drawn(letter: Letter) -> bytes:
    """Return the letter as a PDF. Where no font has one of its letters, it is still tagged, without the promise."""
    page = {
        "title": letter.title,
        "agency": letter.agency,
        "sender": list(letter.sender),
        "address": list(letter.address),
        "date": letter.date,
        "paragraphs": [part.splitlines() for part in letter.text.replace("\r\n", "\n").split("\n\n") if part.strip()],
    }
    given = {"letter": orjson.dumps(page).decode()}
    try:
        # PDF/UA, for everybody: the library refuses to make one that could not be read out.
        return typst.compile(_source(), sys_inputs=given, pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(_source(), sys_inputs=given)


@cache
def _source() -> bytes:
    return _SOURCE.read_bytes()
