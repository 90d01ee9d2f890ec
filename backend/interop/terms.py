"""Their words to our codes: statuses, languages, areas, and what the names of taxonomy terms point to."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from backend.core import vocabulary

_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "interop" / "terms.csv"


@cache
def _terms() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], {})[row["theirs"]] = row["ours"]
    return found


def status(text: str) -> str | None:
    """Return `open`, `paused` or `closed` for a status, None for one we do not know."""
    return _terms()["status"].get(text.lower())


@cache
def _languages() -> Mapping[str, str]:
    labels = {term.label.lower(): term.code for term in vocabulary.get("languages")}
    return labels | {term.code: term.code for term in vocabulary.get("languages")} | dict(_terms()["language"])


def language(text: str) -> str | None:
    """Return our code for a language by its name or its ISO code, None for one that is not on our list."""
    words = text.lower()
    return _languages().get(words) or _languages().get(words.split("-")[0])


@cache
def _wards() -> Mapping[str, str]:
    return {key: term.code for term in vocabulary.get("wards") for key in (term.label.lower(), term.code.lower())}


def is_whole_city(text: str) -> bool:
    """Say whether an area is the city, or holds it."""
    return text.lower() in _terms()["area"]


def ward(text: str) -> str | None:
    """Return the code of a ward by its name or code, None for anything else."""
    words = text.lower().removesuffix(" ward").removesuffix(" (birmingham)").replace(" and ", " & ")
    return _wards().get(words)


def needs(texts: list[str]) -> list[str]:
    """Return the needs that the names of taxonomy terms point to, in our order."""
    words = " | ".join(texts).lower()
    found = {ours for theirs, ours in _terms()["need"].items() if theirs in words}
    return [code for code in vocabulary.get("service_needs").codes if code in found]


def kind(texts: list[str]) -> str:
    """Return the kind of help that the names of taxonomy terms point to first, `other` when none does."""
    words = " | ".join(texts).lower()
    return next((ours for theirs, ours in _terms()["kind"].items() if theirs in words), "other")
