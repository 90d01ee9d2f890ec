"""Finds the pairs of a labelled set as the product does: by shared keys, then by weight; and counts what was right."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from backend.children.match_keys import keys_of, keys_to_ask
from backend.matching.comparing import DIFFERENT, NEAR, SAME, ready
from backend.matching.weighing import Weighed, Weights, weigh, weigh_levels
from bench.matching.labelled import Labelled

# As in backend/children/sql/30_match_candidates.sql: rows read for one key, and candidates looked at.
_OF_A_KEY, _LOOKED_AT = 300, 200
# However few brothers and sisters a set shows, some there may be.
_FEWEST = 1e-4


@dataclass(frozen=True)
class Found:
    """What was found in one set."""

    name: str
    pairs: int
    blocked: int
    likely: int
    right: int
    # The same where the set's own share of brothers and sisters was used instead of a city's.
    counted: "Found | None" = None

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
    """Return how well the pairs of a set are found at the committed threshold, as the product is set, and `counted`."""
    pairs = list(weighed_pairs(labelled, by))
    own = replace(by, siblings=_siblings(labelled, by, [weighed for weighed, _is_one in pairs]))
    again = [(weigh_levels(weighed.levels, own), is_one_child) for weighed, is_one_child in pairs]
    return replace(_found(labelled, by, pairs), counted=_found(labelled, own, again))


def _found(labelled: Labelled, by: Weights, pairs: list[tuple[Weighed, bool]]) -> Found:
    likely = [is_one_child for weighed, is_one_child in pairs if weighed.is_likely(by)]
    blocked = sum(is_one_child for _weighed, is_one_child in pairs)
    return Found(labelled.name, labelled.true_pairs, blocked, len(likely), sum(likely))


def _siblings(labelled: Labelled, by: Weights, weighed: list[Weighed]) -> float:
    """Return how often two records are of brothers and sisters, for each time that they are of one child, in this set.

    Counted without the labels: a family name and an address in common, another given name and another birthday; then
    as much as the committed weights expect for one child at the share of pairs that are one child here.
    """
    shares = by.shares
    looks = sum(_looks_like_siblings(one) for one in weighed)
    seldom = shares["family_name"][SAME]["siblings"] * shares["address"][SAME]["siblings"]
    found = looks / (seldom * shares["birth"][DIFFERENT]["siblings"] * shares["given_name"][DIFFERENT]["siblings"])
    same = sum(one.is_likely(by) for one in weighed)
    return min(max(found / max(same, 1), _FEWEST), by.siblings / by.same_child) * by.same_child


def _looks_like_siblings(one: Weighed) -> bool:
    level = one.levels
    alike = level["family_name"] == SAME and level["address"] == SAME
    return alike and level["given_name"] == DIFFERENT and level["birth"] in (DIFFERENT, NEAR)
