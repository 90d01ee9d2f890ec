"""A set of descriptions with the truth of who is who."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from backend.children.match_keys import Described


@dataclass(frozen=True)
class Labelled:
    """Descriptions and, for each, the person it is truly of; `sides` where only pairs across two files count."""

    name: str
    people: list[Described]
    truth: list[str]
    sides: list[int] | None = None

    @property
    def true_pairs(self) -> int:
        """Return how many pairs there are to be found."""
        if self.sides is None:
            return sum(count * (count - 1) // 2 for count in Counter(self.truth).values())
        left, right = (Counter(t for t, s in zip(self.truth, self.sides, strict=True) if s == side) for side in (0, 1))
        return sum(count * right[person] for person, count in left.items())

    def without(self, name: str, **blank: Any) -> "Labelled":
        """Return the same set with some facts not known."""
        people = [replace(person, **blank) for person in self.people]
        return Labelled(name, people, self.truth, self.sides)
