"""Trying rules before they are in force: on made-up examples, and on the referrals of late as counts alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from backend.referrals.rules.flagging import Features, Rule, features, flags, rules_of

# A smaller number could tell of one child; it is said to be fewer than this. A larger one is given to the nearest
# multiple: else two rules that differ by one code would tell of one child between them.
FEWEST = 5
# Always the same stretch of days: two that differ by one would tell what came on that day.
DAYS = 90
_RECENT = "SELECT level, factors, age, ward, source, agency_kind, contacts, urgent FROM app.rule_features(%s)"


def tried(
    new: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]], examples: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what new rules flag beside those in force: in examples by name, of referrals of late in safe counts."""
    rules, in_force = rules_of(new), rules_of(now)
    recent = recent_features(DAYS)
    every = {rule.code: rule for rule in [*in_force, *rules]}
    by_new, by_now = _counts(rules, recent), _counts(in_force, recent)
    return {
        "examples": [_example(one, rules, in_force) for one in examples],
        "counts": [
            {
                "code": code,
                "label": rule.label,
                "count": safe(by_new.get(code, 0)),
                "count_now": safe(by_now.get(code, 0)),
            }
            for code, rule in every.items()
        ],
        "looked_at": safe(len(recent)),
        "days": DAYS,
        "fewest": FEWEST,
    }


def recent_features(days: int) -> list[Features]:
    """Return what rules may look at in the partnership's referrals of late; none to a role that may not try rules."""
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, [days])
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [Features(**{**row, "factors": frozenset(row["factors"])}) for row in rows]


def safe(count: int) -> int | None:
    """Return a count that tells of nobody: nothing where it is above none and below five, else to the nearest five."""
    return None if 0 < count < FEWEST else FEWEST * ((count + FEWEST // 2) // FEWEST)


def _counts(rules: Sequence[Rule], recent: Sequence[Features]) -> dict[str, int]:
    return {rule.code: sum(rule.holds(one) for one in recent) for rule in rules}


def _example(one: Mapping[str, Any], rules: Sequence[Rule], in_force: Sequence[Rule]) -> dict[str, Any]:
    given = features(one["given"])
    found, now = ([rule.label for rule in flags(some, given)] for some in (rules, in_force))
    return {"name": one["name"], "found": found, "found_now": now}
