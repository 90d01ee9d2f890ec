"""Rules that flag a referral and suggest whom to ask: data in a file, a fixed list of conditions, never a decision."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from backend.core import vocabulary

FILE = Path(__file__).resolve().parents[3] / "fixtures" / "reference" / "routing_rules.json"
TONES = ("red", "orange", "blue", "grey")


@dataclass(frozen=True, slots=True)
class Features:
    """What rules may look at: codes and numbers of one referral, nobody's words."""

    level: str = ""
    factors: frozenset[str] = frozenset()
    age: int | None = None
    ward: str = ""
    source: str = ""
    agency_kind: str = ""
    contacts: int = 1
    urgent: bool = False


Condition = Callable[[Features, Any], bool]
# Every condition there is; a rule holds when all of its own do. An unknown age meets no condition on age.
CONDITIONS: Mapping[str, Condition] = {
    "level_in": lambda one, wanted: one.level in wanted,
    "factors_any": lambda one, wanted: not one.factors.isdisjoint(wanted),
    "factors_all": lambda one, wanted: one.factors.issuperset(wanted),
    "age_from": lambda one, least: one.age is not None and one.age >= least,
    "age_to": lambda one, most: one.age is not None and one.age <= most,
    "ward_in": lambda one, wanted: one.ward in wanted,
    "source_in": lambda one, wanted: one.source in wanted,
    "agency_kind_in": lambda one, wanted: one.agency_kind in wanted,
    "contacts_at_least": lambda one, least: one.contacts >= least,
    "urgent": lambda one, wanted: one.urgent is wanted,
}
# The vocabulary that the codes of a condition, or of what a rule suggests, come from.
_CODES: Mapping[str, str] = {
    "level_in": "levels_of_need",
    "factors_any": "factors",
    "factors_all": "factors",
    "ward_in": "wards",
    "source_in": "sources",
    "agency_kind_in": "agency_kinds",
}
_NUMBERS = ("age_from", "age_to", "contacts_at_least")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it holds, what it says, what it suggests, and whether it pages the agency that receives it."""

    code: str
    label: str
    tone: str
    when: Mapping[str, Any]
    theme: str = ""
    ask: tuple[str, ...] = ()
    page: bool = False

    def holds(self, one: Features) -> bool:
        """Say whether every condition is met."""
        return all(CONDITIONS[name](one, wanted) for name, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the rules: from which day it is in force, and who made it."""

    version: int
    in_force_from: date
    by: str
    note: str
    rules: tuple[Rule, ...] = field(default=())

    def flags(self, one: Features) -> list[Rule]:
        """Return the rules that hold, in the order of the file."""
        return [rule for rule in self.rules if rule.holds(one)]


@cache
def _file() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


@cache
def versions() -> tuple[RuleSet, ...]:
    """Return every version of the product's file, the first in force first; raise ValueError for a faulty one."""
    return read(_file())


def told_of(version: int) -> Mapping[str, Any]:
    """Return a version as the file has it."""
    return next(one for one in _file()["versions"] if one["version"] == version)


def examples() -> list[Mapping[str, Any]]:
    """Return the made-up examples that every version is tried on."""
    return list(_file()["examples"])


def trial(rules: Sequence[Mapping[str, Any]], *, on: date) -> RuleSet:
    """Return rules that are only tried; raise ValueError with a sentence for each fault."""
    told = {"version": 0, "in_force_from": on.isoformat(), "by": "", "note": "", "rules": rules}
    (found,) = read({"versions": [told]})
    return found


def in_force(on: date) -> RuleSet:
    """Return the version in force on a day; before the first one there are no rules."""
    found = [one for one in versions() if one.in_force_from <= on]
    return found[-1] if found else RuleSet(0, on, "", "")


def read(told: Mapping[str, Any]) -> tuple[RuleSet, ...]:
    """Return the versions of a file of rules; raise ValueError with a sentence for each fault."""
    wrong = list(faults(told))
    if wrong:
        raise ValueError("\n".join(wrong))
    found = [
        RuleSet(one["version"], date.fromisoformat(one["in_force_from"]), one["by"], one["note"], _rules(one["rules"]))
        for one in told["versions"]
    ]
    return tuple(sorted(found, key=lambda one: (one.in_force_from, one.version)))


def features(given: Mapping[str, Any]) -> Features:
    """Return made-up features as an example of the file gives them; raise ValueError for one that does not exist."""
    strange = set(given) - {one.name for one in fields(Features)}
    if strange:
        raise ValueError(f"An example may not say {', '.join(sorted(strange))}.")
    return Features(**{**given, "factors": frozenset(given.get("factors", ()))})


def faults(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a file of rules, as sentences for whoever wrote it."""
    for number, one in enumerate(told.get("versions", []), start=1):
        missing = {"version", "in_force_from", "by", "note", "rules"} - set(one)
        if missing:
            yield f"Version {number} does not say {', '.join(sorted(missing))}."
            continue
        codes = [rule.get("code") for rule in one["rules"]]
        if len(set(codes)) < len(codes):
            yield f"Version {one['version']} has two rules of one code."
        for rule in one["rules"]:
            yield from _faults_of(rule)


def _faults_of(rule: Mapping[str, Any]) -> Iterator[str]:
    name = rule.get("code") or "A rule without a code"
    strange = set(rule) - {one.name for one in fields(Rule)}
    if strange:
        yield f"{name}: nothing is known of {', '.join(sorted(strange))}."
    if not (rule.get("code") and rule.get("label") and rule.get("when")):
        yield f"{name}: a rule has a code, a label and at least one condition."
    if rule.get("tone") not in TONES:
        yield f"{name}: the tone is one of {', '.join(TONES)}."
    for condition, wanted in (rule.get("when") or {}).items():
        yield from (f"{name}: {sentence}" for sentence in _faults_in(condition, wanted))
    yield from _unknown(name, "board_themes", [rule["theme"]] if rule.get("theme") else [])
    yield from _unknown(name, "agency_kinds", rule.get("ask", []))


def _faults_in(condition: str, wanted: Any) -> Iterator[str]:
    if condition not in CONDITIONS:
        yield f"there is no condition {condition}."
    elif condition in _NUMBERS and (not isinstance(wanted, int) or isinstance(wanted, bool)):
        yield f"{condition} needs a whole number."
    elif condition == "urgent" and not isinstance(wanted, bool):
        yield "urgent needs true or false."
    elif condition in _CODES and not (isinstance(wanted, list) and wanted):
        yield f"{condition} needs a list of codes."
    elif condition in _CODES:
        yield from _unknown(condition, _CODES[condition], wanted)


def _unknown(name: str, words: str, codes: Sequence[str]) -> Iterator[str]:
    if codes and words in vocabulary.names():
        known = vocabulary.get(words)
        yield from (f"{name}: {code} is no code of {words}." for code in codes if code not in known)


def _rules(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    return tuple(Rule(**{**row, "ask": tuple(row.get("ask", ()))}) for row in rows)
