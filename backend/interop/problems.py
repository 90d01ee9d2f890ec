"""What was wrong with a feed, said line by line so that whoever publishes it can put it right."""

from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    """How much a problem costs."""

    STOPS = "stops"  # nothing can be read
    LEAVES_OUT = "leaves_out"  # this service is not taken in, and not taken away either
    NOTED = "noted"  # one value is left out or changed; the service is taken in


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where it stands, and a sentence."""

    where: str
    sentence: str
    weight: Weight


@dataclass(slots=True)
class Report:
    """Problems as they are found, at most so many: a feed with a wrong delimiter has one for each of its lines."""

    most: int = 500
    found: list[Problem] = field(default_factory=list)
    more: int = 0

    def say(self, where: str, sentence: str, weight: Weight = Weight.NOTED) -> None:
        """Add a problem."""
        if len(self.found) < self.most:
            self.found.append(Problem(where, sentence, weight))
        else:
            self.more += 1

    @property
    def stops(self) -> bool:
        """Say whether the feed cannot be read at all."""
        return any(problem.weight is Weight.STOPS for problem in self.found)


class Unreadable(Exception):
    """A file that cannot be read at all; the sentence says why."""
