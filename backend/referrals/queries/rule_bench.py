"""Trying rules before they are in force: on made-up examples, and on the referrals of late as counts alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from backend.referrals.rules.flagging import Features, RuleSet, features

# A smaller number could tell of one child; it is said to be fewer than this. A larger one is given to the nearest
# multiple: else two rules that differ by one code, or two stretches of days, would tell of one child between them.
FEWEST = 5
_RECENT = "SELECT level, factors, age, ward, source, agency_kind, contacts, urgent FROM app.rule_features(%s)"


@dataclass(frozen=True, slots=True)
class Tried:
    """What a version flags in an example, beside what was expected of it."""

    name: str
    expected: tuple[str, ...]
    found: tuple[str, ...]


def on_examples(rules: RuleSet, examples: Sequence[Mapping[str, Any]]) -> list[Tried]:
    """Return what a version flags in each made-up example; raise ValueError for an example that makes no sense."""
    return [
        Tried(
            str(one.get("name", "")),
            tuple(one.get("expect", ())),
            tuple(rule.code for rule in rules.flags(features(one.get("given", {})))),
        )
        for one in examples
    ]


def recent_features(days: int) -> list[Features]:
    """Return what rules may look at in the partnership's referrals of late; none to a role that may not try rules."""
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, [days])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [Features(**{**row, "factors": frozenset(row["factors"])}) for row in rows]


def counted(rules: RuleSet, recent: Sequence[Features]) -> dict[str, int]:
    """Return how many of these referrals each rule flags."""
    return {rule.code: sum(rule.holds(one) for one in recent) for rule in rules.rules}


def safe(count: int) -> int | None:
    """Return a count that tells of nobody: nothing where it is above none and below five, else to the nearest five."""
    return None if 0 < count < FEWEST else FEWEST * ((count + FEWEST // 2) // FEWEST)
