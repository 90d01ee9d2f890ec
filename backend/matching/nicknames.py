"""Names that are one name: short forms, and spellings of a name that is not written in Latin letters at home."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from backend.children.names import plain

_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "matching" / "nicknames.csv"


def are_variants(one: str, other: str) -> bool:
    """Say whether two plain names are forms of one name."""
    return not _groups().get(one, frozenset()).isdisjoint(_groups().get(other, frozenset()))


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """Return the names a plain name is a form of."""
    found: dict[str, set[str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in (row["name"], *row["forms"].split("|")):
                found.setdefault(plain(form), set()).add(plain(row["name"]))
    return {form: frozenset(names) for form, names in found.items()}
