"""Code lists (factors, reasons, wards …) read once from fixtures/vocabularies: data with a source, not enums."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "vocabularies"
NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a vocabulary with its words; `more` holds the columns only this vocabulary has."""

    code: str
    label: str
    hint: str = ""
    group: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An ordered list of terms with unique codes."""

    name: str
    terms: Mapping[str, Term]

    @property
    def codes(self) -> list[str]:
        """Return the codes in the file's order."""
        return list(self.terms)

    def label(self, code: str) -> str:
        """Return the words of a code; an empty or retired code reads as itself, because old records keep theirs."""
        term = self.terms.get(code)
        return term.label if term else code

    def choices(self) -> list[tuple[str, str]]:
        """Return (code, label) pairs as Django and DRF take them."""
        return [(term.code, term.label) for term in self]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def __contains__(self, code: object) -> bool:
        return code in self.terms


@cache
def get(name: str) -> Vocabulary:
    """Return the vocabulary `name`; raise FileNotFoundError without its file, ValueError on a repeated code."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        terms: dict[str, Term] = {}
        for row in csv.DictReader(file):
            known = {key: row.pop(key, "") for key in ("code", "label", "hint", "group")}
            if known["code"] in terms:
                raise ValueError(f"{name}.csv has the code {known['code']} twice")
            terms[known["code"]] = Term(**known, more=MappingProxyType(row))
    return Vocabulary(name, MappingProxyType(terms))


def names() -> list[str]:
    """Return the names of all vocabularies, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))
