"""Tables of published numbers, each with what it finds in a sentence: the same on a page, in a report and on paper."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from backend.agencies.models import Agency
from backend.core import vocabulary
from backend.insights.disclosure import Published

Label = Callable[[str], str | None]
Table = dict[str, Any]

MONTH = "month"
THEMES = "board_themes"
# What is counted, as a sentence calls it.
NUMBERS_OF = {"closings": "cases", "referrals": "referrals", "sayings": "things people said"}
CASES = NUMBERS_OF["closings"]


def closings_tables(report: Published, months: Sequence[str]) -> list[Table]:
    """Return the ends of cases in some months, cut in every way in which they are published."""
    agencies = {str(one.id): one.name for one in Agency.objects.all()}
    themes = vocabulary.get(THEMES)
    return [
        reasons_table(report),
        table_of(report, "theme", "By theme", themes.codes, themes.label),
        table_of(report, "agency", "By agency that led", sorted(agencies, key=agencies.__getitem__), agencies.get),
        months_table(report, months),
    ]


def reasons_table(report: Published) -> Table:
    """Return why cases closed."""
    reasons = vocabulary.get("closing_reasons")
    return table_of(report, "reason", "Why cases closed", reasons.codes, reasons.label)


def months_table(report: Published, months: Sequence[str], noun: str = CASES) -> Table:
    """Return how many there were in each month."""
    return table_of(report, MONTH, "By month", months, month_said, noun)


def table_of(
    report: Published, dimension: str, title: str, codes: Sequence[str], label: Label, noun: str = CASES
) -> Table:
    """Return the numbers by one dimension, in the order of its codes; whatever has none is not in it."""
    numbers = {code: number for (code,), number in report.by(dimension).items()}
    rows = _rows(report, numbers, codes, label)
    finding = _months_found(rows, len(codes), noun) if dimension == MONTH else _found(rows, report.total, noun)
    return {"id": dimension, "title": title, "finding": finding, "rows": rows}


def marks_table(
    report: Published, code: str, title: str, words: Mapping[str, str], noun: str = NUMBERS_OF["referrals"]
) -> Table:
    """Return how many bear each of some marks, as referrals name factors; those that are named most first."""
    numbers = report.by_mark()
    codes = sorted(words, key=lambda one: -numbers.get(one, 0))
    rows = _rows(report, numbers, codes, words.get)
    return {"id": code, "title": title, "finding": _found(rows, report.total, noun), "rows": rows}


def _rows(report: Published, numbers: Mapping[str, int], codes: Sequence[str], label: Label) -> list[dict[str, Any]]:
    return [
        {
            "id": code,
            "label": label(code) or code,
            "number": numbers[code],
            "percent": report.share(numbers[code], report.total),
        }
        for code in codes
        if code in numbers
    ]


def month_said(code: str) -> str:
    """Return a month in words."""
    return f"{date.fromisoformat(f'{code}-01'):%B %Y}"


def _found(rows: Sequence[Mapping[str, Any]], total: int, noun: str) -> str:
    if not rows:
        return f"Too few {noun} to show any number."
    most, names = _most(rows)
    each = " each" if len(names) > 1 else ""
    return f"Most often {_listed([f'“{name}”' for name in names])}: about {most} of {total} {noun}{each}."


def _months_found(rows: Sequence[Mapping[str, Any]], months: int, noun: str) -> str:
    if not rows:
        return f"Too few {noun} in any month to show a number."
    most, names = _most(rows)
    each = " each" if len(names) > 1 else ""
    few = months - len(rows)
    left = f" In {few} of {months} months there were too few to show." if few else ""
    return f"Most in {_listed(names)}: about {most} {noun}{each}.{left}"


def _most(rows: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
    most = max(row["number"] for row in rows)
    return most, [row["label"] for row in rows if row["number"] == most]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
