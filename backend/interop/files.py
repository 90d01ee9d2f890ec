"""Files as they come: bytes to text, text to rows or to JSON, whatever somebody else's system made of them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from backend.interop.problems import Report, Unreadable, Weight

LARGEST_FILE = 50_000_000
MOST_ROWS = 50_000
LONGEST_CELL = 100_000
_DEEPEST = 40
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a feed."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one object of a JSON document, and where it stands."""

    where: str
    values: dict[str, Any]


def text_of(file: SourceFile, report: Report) -> str:
    """Return the text of a file; raise Unreadable when it is too large or no text at all."""
    if len(file.content) > LARGEST_FILE:
        raise Unreadable(f"It is larger than {LARGEST_FILE // 1_000_000} MB.")
    if file.content[:2] == b"PK":
        raise Unreadable("It is a zip or a spreadsheet. Save each table as CSV in UTF-8, or give the JSON.")
    if file.content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _without_nul(file.content.decode("utf-16", errors="replace"), file, report)
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        report.say(
            f"{file.name}, line {line}", "It is not UTF-8. It was read as Windows text: check accents and dashes."
        )
        text = file.content.decode("cp1252", errors="replace")
    return _without_nul(text, file, report)


def _without_nul(text: str, file: SourceFile, report: Report) -> str:
    """Characters that can be stored nowhere go; PostgreSQL takes no NUL, and a lone half of a character is no text."""
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", text)
    if clean != text:
        report.say(file.name, "It has characters that cannot be stored, such as NUL. They were left out.")
    return clean


def rows_of(name: str, text: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a CSV table with the names of its columns as Open Referral writes them."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines = _lines(reader, name, report)
    first = next(lines, None)
    if first is None:
        report.say(name, "It is empty.")
        return
    header = [column_name(cell) for cell in first[1]]
    repeated = sorted({column for column in header if column and header.count(column) > 1})
    if repeated:
        raise Unreadable(f"It has the column “{repeated[0]}” twice.")
    if "id" not in header and not any(column.endswith("_id") for column in header):
        raise Unreadable("Its first line does not name the columns: none is called “id”.")
    for count, (line, cells) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise Unreadable(f"It has more than {MOST_ROWS:,} rows.")
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name}, line {line}"
        if len(cells) != len(header):
            sentence = f"It has {len(cells)} values where {len(header)} columns are named. The line was left out."
            report.say(where, sentence, Weight.LEAVES_OUT)
            continue
        yield Row(where, {column: cell.strip() for column, cell in zip(header, cells, strict=True) if column})


def _lines(reader: Any, name: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sentence = "A value is too long." if "field larger" in str(error) else "Its quotation marks do not close."
            raise Unreadable(f"{sentence} Reading stopped at line {line}.") from error


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def column_name(cell: str) -> str:
    """Return a name as Open Referral writes it: `organisationId`, `Organization ID` are `organization_id`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cell.strip())
    return re.sub(r"[\s\-.]+", "_", words).lower().strip("_").replace("organisation", "organization")


def json_of(text: str) -> Any:
    """Return a JSON document with its names as Open Referral writes them; raise Unreadable."""
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_constant=str)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise Unreadable(f"It is not valid JSON{f': see line {line}' if line else ''}.") from error
    if _is_deep(document):
        raise Unreadable("It is nested too deeply.")
    return document


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {column_name(name): value for name, value in pairs}


def _is_deep(document: Any) -> bool:
    """Walk level by level, so that depth is refused before it can hurt."""
    level = [document]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True
