"""What stands in a cell, and how it is made harmless: no formula, and nothing that breaks a file.

What people typed about a child comes from many hands. A name that begins with “=” must stay a name when somebody at an
inspection opens the file (OWASP, CSV injection): in plain text a quotation mark goes before it, in a workbook it is
written as text, and never as a formula, a link or a number.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

Cell = str | int | float | Decimal | date | datetime | bool | None
# Also as they are written at their full width, which spreadsheets in Japanese and Chinese read in the same way.
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")
# Cells of a workbook hold no more; text is cut, and shows that it is.
MOST_LETTERS = 32_767
_LONGEST_TITLE = 31
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\'\"<>|]")
ISO, ENGLISH = "%Y-%m-%d", "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title; `rows` are read once, as they are written. `days`: how plain text writes a day."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    days: str = ISO


def titled(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return sheets whose titles may be those of sheets and of files; raise ValueError for two that would be one."""
    named = [replace(one, title=_NOT_IN_A_TITLE.sub(" ", plain(one.title))[:_LONGEST_TITLE].strip()) for one in sheets]
    if len({one.title.casefold() for one in named}) != len(named) or not all(one.title for one in named):
        raise ValueError("every sheet needs a title of its own")
    return named


def plain(text: str) -> str:
    """Return text without control characters and what no file of XML can hold; a line break becomes a space."""
    is_usual = text.isascii() and text.isprintable()
    kept = text.strip() if is_usual else "".join(_in_a_line(letter) for letter in text).strip()
    # What is not seen must not stand before what is: the next reader might take it off.
    while kept and unicodedata.category(kept[0]) == "Cf":
        kept = kept[1:].lstrip()
    return kept if len(kept) <= MOST_LETTERS else f"{kept[: MOST_LETTERS - 1]}…"


def _in_a_line(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cc":
            return " " if letter.isspace() else ""
        case "Cs" | "Cn" | "Co":
            return ""
        case "Zl" | "Zp":
            return " "
        case _:
            return letter


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run this instead of showing it."""
    return text.startswith(_BEGINS_A_FORMULA)


def in_words(cell: Cell, days: str) -> str:
    """Return a cell as a person reads it: a day in the way that is asked for, a moment as clocks in England show it."""
    match cell:
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case datetime():
            return f"{localtime(cell):{days} %H:%M}"
        case date():
            return f"{cell:{days}}"
        case str():
            return plain(cell)
        case _:
            return str(cell)


def in_csv(cell: Cell, days: str) -> str:
    """Return a cell of plain text, with a quotation mark before what would be a formula; a number is a number."""
    text = in_words(cell, days)
    return f"'{text}" if isinstance(cell, str) and is_formula(text) else text
