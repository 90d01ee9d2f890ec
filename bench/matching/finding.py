"""Finds the pairs of a labelled set as the product does: by shared keys, then by weight; and counts what was right."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from backend.children.match_keys import keys_of, keys_to_ask
from backend.matching.comparing import ready
from backend.matching.weighing import Weighed, Weights, weigh
from bench.matching.labelled import Labelled

# As in backend/children/sql/30_match_candidates.sql: rows read for one key, and candidates looked at.
_OF_A_KEY, _LOOKED_AT = 300, 200


@dataclass(frozen=True)
class Found:
    """What was found in one set."""

    name: str
    pairs: int
    blocked: int
    likely: int
    right: int

    @property
    def recall(self) -> float:
        """Return the share of true pairs that were found."""
        return self.right / self.pairs

    @property
    def precision(self) -> float:
        """Return the share of found pairs that are true."""
        return self.right / self.likely if self.likely else 1.0

    @property
    def reach(self) -> float:
        """Return the share of true pairs that share a key: no weight can find the others."""
        return self.blocked / self.pairs


def weighed_pairs(labelled: Labelled, by: Weights) -> Iterator[tuple[Weighed, bool]]:
    """Yield how each pair that shares a key weighs, and whether it is one child."""
    compared = [ready(person) for person in labelled.people]
    for one, other in candidate_pairs(labelled):
        yield weigh(compared[one], compared[other], by), labelled.truth[one] == labelled.truth[other]


def candidate_pairs(labelled: Labelled) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places that share a key, each once."""
    stored: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(labelled.people):
        if labelled.sides is None or labelled.sides[place] == 1:
            for key in keys_of(person):
                stored[key].append(place)
    seen: set[tuple[int, int]] = set()
    for place, person in enumerate(labelled.people):
        if labelled.sides is not None and labelled.sides[place] == 1:
            continue
        shared = Counter(other for key in keys_to_ask(person) for other in stored[key][:_OF_A_KEY] if other != place)
        for other, _count in shared.most_common(_LOOKED_AT):
            pair = (min(place, other), max(place, other))
            if pair not in seen:
                seen.add(pair)
                yield pair


def find(labelled: Labelled, by: Weights) -> Found:
    """Return how well the pairs of a set are found at the committed threshold."""
    blocked = likely = right = 0
    for weighed, is_one_child in weighed_pairs(labelled, by):
        is_likely = weighed.is_likely(by)
        blocked += is_one_child
        likely += is_likely
        right += is_likely and is_one_child
    return Found(labelled.name, labelled.true_pairs, blocked, likely, right)
