"""Rules that flag a referral and suggest whom to ask: data, a fixed list of conditions, never a decision."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

# The kind of configuration that holds the rules.
FLAG_RULES = "flag_rules"
# The condition that asks for nothing more than itself.
URGENT = "urgent"


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
        """Say whether every condition is met; a rule without any flags nothing."""
        return bool(self.when) and all(CONDITIONS[name](one, wanted) for name, wanted in self.when.items())


def conditions_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry of the configuration asks of a referral, by the name of each condition it chose."""
    return {name: True if name == URGENT else entry[name] for name in entry["conditions"]}


def rules_of(entries: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """Return the rules of a version, in its order."""
    return [
        Rule(
            code=entry["code"],
            label=entry["label"],
            tone=entry["tone"],
            when=conditions_of(entry),
            theme=entry["theme"],
            ask=tuple(entry["ask"]),
            page=entry["page"],
        )
        for entry in entries
    ]


def flags(rules: Iterable[Rule], one: Features) -> list[Rule]:
    """Return the rules that hold."""
    return [rule for rule in rules if rule.holds(one)]


def features(given: Mapping[str, Any]) -> Features:
    """Return made-up features as an example gives them; raise ValueError for one that does not exist."""
    strange = set(given) - {one.name for one in fields(Features)}
    if strange:
        raise ValueError(f"An example may not say {', '.join(sorted(strange))}.")
    return Features(**{**given, "factors": frozenset(given.get("factors", ()))})
