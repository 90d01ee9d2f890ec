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
    no_sibling_from: float
    shares: Mapping[str, Mapping[str, Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How two records compare, and the odds, as powers of two, that they are one child rather than the alternative."""

    levels: Mapping[str, str | None]
    against_strangers: float
    against_siblings: float

    @property
    def weight(self) -> float:
        """Return the odds that they are one child at all, which puts the likeliest first."""
        return -log2(2**-self.against_strangers + 2**-self.against_siblings)

    def is_likely(self, by: Weights) -> bool:
        """Say whether the records are likely enough to be of one child to be put before an officer."""
        return self.against_strangers >= by.likely_from and self.against_siblings >= by.no_sibling_from


@cache
def weights(path: Path = FILE) -> Weights:
    """Return the committed weights."""
    read: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Weights(**{name: read[name] for name in Weights.__dataclass_fields__})


def weigh(one: Compared, other: Compared, by: Weights) -> Weighed:
    """Weigh whether two descriptions are of the same child."""
    return weigh_levels(levels(one, other), by)


def weigh_levels(found: Mapping[str, str | None], by: Weights) -> Weighed:
    """Weigh how two descriptions compare; a fact that one of them does not know says nothing."""
    same, strangers, siblings = by.same_child, 1 - by.same_child - by.siblings, by.siblings
    for name in COMPARISONS:
        level = found[name]
        if level is not None:
            shares = by.shares[name][level]
            same *= shares[_SAME_CHILD]
            strangers *= shares[_STRANGERS]
            siblings *= shares[_SIBLINGS]
    return Weighed(found, log2(same / strangers), log2(same / siblings))
