"""Weighs how two records compare: the Fellegi–Sunter model with the weights that were trained with Splink.

A pair is the same child, two strangers, or two children of one family. Brothers and sisters share a family name and an
address, twins the date of birth too: against them only the given name, the sex and the numbers speak.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

from backend.matching.comparing import COMPARISONS, Compared, levels

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "matching" / "weights.json"
_SAME_CHILD, _STRANGERS, _SIBLINGS = "m", "u", "siblings"


@dataclass(frozen=True, slots=True)
class Weights:
    """How often each level is found among records of the same child, of strangers, and of brothers and sisters."""

    same_child: float
    siblings: float
    likely_from: float
    shares: Mapping[str, Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How two records compare, and what that says: the odds that they are the same child, as a power of two."""

    levels: Mapping[str, str | None]
    weight: float

    @property
    def is_likely(self) -> bool:
        """Say whether the records are likely enough to be the same child to be put before an officer."""
        return self.weight >= weights().likely_from


@cache
def weights(path: Path = FILE) -> Weights:
    """Return the committed weights."""
    read: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Weights(read["same_child"], read["siblings"], read["likely_from"], read["shares"])


def weigh(one: Compared, other: Compared, by: Weights | None = None) -> Weighed:
    """Weigh whether two descriptions are of the same child."""
    found = levels(one, other)
    return Weighed(found, weight_of(found, by or weights()))


def weight_of(found: Mapping[str, str | None], by: Weights) -> float:
    """Return log2 of the odds that two records that compare like this are the same child."""
    same, strangers, siblings = by.same_child, 1 - by.same_child - by.siblings, by.siblings
    for name in COMPARISONS:
        level = found[name]
        if level is not None:
            shares = by.shares[name][level]
            same *= shares[_SAME_CHILD]
            strangers *= shares[_STRANGERS]
            siblings *= shares[_SIBLINGS]
    return log2(same / (strangers + siblings))
