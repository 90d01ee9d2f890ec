"""What the city is made of: stories, sentences, names, streets and schools, and how the blanks are filled."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
_PRONOUNS: Mapping[str, Mapping[str, str]] = {
    "F": {"they": "she", "them": "her", "their": "her", "themself": "herself"},
    "M": {"they": "he", "them": "him", "their": "his", "themself": "himself"},
    "U": {"they": "they", "them": "them", "their": "their", "themself": "themself"},
}
_ONE = {"is": "is", "was": "was", "has": "has", "s": "s", "es": "es"}
_SEVERAL = {"is": "are", "was": "were", "has": "have", "s": "", "es": ""}


@dataclass(frozen=True, slots=True)
class School:
    """A place to learn; `agency` is the slug of its agency if it is one of the partnership."""

    agency: str
    name: str
    age_from: int
    age_to: int
    ward: str

    def takes(self, age: int) -> bool:
        """Say whether a child of this age could go there."""
        return self.age_from <= age <= self.age_to


@dataclass(frozen=True, slots=True)
class Story:
    """One story of stories.json, read-only; `told` is everything it says."""

    id: str
    youngest: int
    oldest: int
    sex: str
    unborn: bool
    urgent: bool
    referrer_kinds: tuple[str, ...]
    outcomes: Mapping[str, int]
    lead_agencies: tuple[str, ...]
    level: str
    told: Mapping[str, Any]


@cache
def sayings() -> tuple[Mapping[str, Any], ...]:
    """Return what people of the city said, an afternoon each."""
    return tuple(_json("demo/sayings")["sayings"])


@cache
def stories() -> Mapping[str, Story]:
    """Return every story by its id."""
    return {row["id"]: _story(row) for row in _json("demo/stories")["stories"]}


@cache
def texts() -> Mapping[str, Any]:
    """Return the sentences of texts.json."""
    return _json("demo/texts")


@cache
def agencies() -> Mapping[str, Mapping[str, Any]]:
    """Return the made-up agencies by slug, as reference/agencies.json tells of them."""
    return {row["slug"]: row for row in _json("reference/agencies")["agencies"]}


@cache
def people() -> tuple[Mapping[str, Any], ...]:
    """Return the made-up staff, as reference/people.json tells of them."""
    return tuple(_json("reference/people")["people"])


@cache
def schools() -> tuple[School, ...]:
    """Return the schools of schools.csv."""
    return tuple(
        School(row["agency"], row["name"], int(row["age_from"]), int(row["age_to"]), row["ward"])
        for row in rows("schools")
    )


@cache
def names(kind: str, origin: str, sex: str = "") -> tuple[str, ...]:
    """Return the given or family names of an origin, given ones for a sex."""
    return tuple(
        row["name"]
        for row in rows("names")
        if row["kind"] == kind and row["origin"] == origin and (not sex or row["sex"] in (sex, ""))
    )


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the lines of one CSV file of fixtures/demo."""
    with (FIXTURES / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def blanks(sex: str, given: str, **more: str) -> dict[str, str]:
    """Return what the placeholders of a sentence stand for when it is about this child."""
    pronouns = _PRONOUNS[sex]
    verbs = _SEVERAL if sex == "U" else _ONE
    capitals = {"They": pronouns["they"].capitalize(), "Their": pronouns["their"].capitalize()}
    return {"given": given, **pronouns, **capitals, **verbs, **more}


def one_of(random: Random, sentences: Any) -> Any:
    """Return one of the sentences of a list, however deep it is nested under codes."""
    while isinstance(sentences, dict) and sentences:
        sentences = sentences[random.choice(sorted(sentences))]
    return random.choice(sentences)


def fitting(*, outcome: str, kind: str = "", urgent: bool | None = None) -> Iterator[Story]:
    """Yield the stories that can end in `outcome` and come from a kind of agency, if one is named."""
    for story in stories().values():
        if outcome and outcome not in story.outcomes:
            continue
        if (kind and kind not in story.referrer_kinds) or (urgent is not None and story.urgent is not urgent):
            continue
        yield story


def _story(row: Mapping[str, Any]) -> Story:
    return Story(
        id=row["id"],
        youngest=row["ages"][0],
        oldest=row["ages"][1],
        sex=row["sex"],
        unborn=row["unborn"],
        urgent=row["urgent"],
        referrer_kinds=tuple(row["referrer_kinds"]),
        outcomes=row["outcomes"],
        lead_agencies=tuple(row["lead_agencies"]),
        level=row["level_believed"],
        told=row,
    )


def _json(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return read
