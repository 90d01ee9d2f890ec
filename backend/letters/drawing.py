"""A letter as a PDF: tagged, with a title and a language, all of it text (ADR 34)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

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
    return typeset(_SOURCE, letter=page)


def typeset(source: Path, **data: Mapping[str, Any]) -> bytes:
    """Return a template of ours filled with plain data as a PDF: tagged, to the standard where the fonts allow it."""
    given = {name: orjson.dumps(value).decode() for name, value in data.items()}
    try:
        # PDF/UA, for everybody: the library refuses to make one that could not be read out.
        return typst.compile(_read(source), sys_inputs=given, pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(_read(source), sys_inputs=given)


@cache
def _read(source: Path) -> bytes:
    return source.read_bytes()
