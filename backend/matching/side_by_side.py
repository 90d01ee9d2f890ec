"""Two records of a child side by side: each fact as either says it, and whether they agree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.children.identifiers import in_groups
from backend.children.match_keys import Described
from backend.children.names import plain
from backend.children.queries import ComparedFact
from backend.core import vocabulary
from backend.matching import comparing
from backend.matching.similarity import jaro_winkler, one_character_off

SAME, NEAR, DIFFERENT, UNKNOWN = "same", "near", "different", "unknown"
_ALMOST = 0.9
# A record as a mapping: the facts that are weighed, and the school, which is only shown.
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Shown:
    """How one fact is read out of a record, and the level that was weighed for it, if it was."""

    name: str
    label: str
    text: Callable[[Record], str]
    weighed_as: str = ""


def described(record: Record) -> Described:
    """Return who the child is, as a record says it."""
    return Described(**{name: record[name] for name in Described.__dataclass_fields__})


def compare(here: Record, there: Record, levels: Mapping[str, str | None] | None = None) -> tuple[ComparedFact, ...]:
    """Return every fact that one of the records knows; `levels` as they were weighed, where they were already."""
    if levels is None:
        levels = comparing.levels(comparing.ready(described(here)), comparing.ready(described(there)))
    return tuple(_facts(here, there, levels))


def _facts(here: Record, there: Record, levels: Mapping[str, str | None]) -> Iterator[ComparedFact]:
    for fact in _FACTS:
        mine, theirs = fact.text(here), fact.text(there)
        if mine or theirs:
            how = _how(mine, theirs, levels.get(fact.weighed_as) if fact.weighed_as else None)
            yield ComparedFact(fact.name, fact.label, mine, theirs, how)


def _how(mine: str, theirs: str, level: str | None) -> str:
    if not mine or not theirs:
        return UNKNOWN
    if plain(mine) == plain(theirs):
        return SAME
    if level is not None:
        return DIFFERENT if level in (comparing.DIFFERENT, comparing.AREA) else NEAR
    alike = jaro_winkler(plain(mine), plain(theirs)) >= _ALMOST or one_character_off(plain(mine), plain(theirs))
    return NEAR if alike else DIFFERENT


def _born(record: Record) -> str:
    born, expected = record["date_of_birth"], record["expected_date"]
    return _day(born) if born else f"Due {_day(expected)}" if expected else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _home(record: Record) -> str:
    lines = [line.strip() for line in record["address"].splitlines() if line.strip()]
    return ", ".join(part for part in (*lines, record["postcode"]) if part)


_FACTS = (
    _Shown("given_name", "Given name", lambda record: record["given_name"], "given_name"),
    _Shown("family_name", "Family name", lambda record: record["family_name"], "family_name"),
    _Shown("known_as", "Known as", lambda record: record["known_as"]),
    _Shown("birth", "Date of birth", _born, "birth"),
    _Shown("sex", "Sex", lambda record: vocabulary.get("sexes").label(record["sex"])),
    _Shown("school", "School", lambda record: record["school"]),
    _Shown("address", "Address", _home, "address"),
    _Shown("ward", "Ward", lambda record: vocabulary.get("wards").label(record["ward"])),
    _Shown("nhs_number", "NHS number", lambda record: in_groups(record["nhs_number"])),
    _Shown("upn", "Unique pupil number", lambda record: record["upn"]),
)
