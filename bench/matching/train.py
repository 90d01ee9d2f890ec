"""Trains the weights with Splink: how often each level is found among strangers (u) and among records of one child (m).

Splink gets its levels from the product's own comparison functions, which DuckDB calls for each pair: there is one
definition of a level, in backend/matching/comparing.py. u is counted on random pairs of a made city, the population
the product serves. m is estimated without labels by expectation maximisation, on FEBRL 3 and on the made city, and
averaged, so that the habits of neither maker of mistakes decide alone.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import duckdb
import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from backend.matching.comparing import LEVELS, NAMED, SAME, household, ready
from backend.matching.weighing import FILE, weights
from bench.matching.finding import weighed_pairs
from bench.matching.for_splink import comparisons, register_levels, row
from bench.matching.labelled import Labelled
from bench.matching.made import made
from bench.matching.reading import febrl

Shares = dict[str, dict[str, dict[str, float]]]
# The children of a large city; the share of referred children who are known already; brothers and sisters of a child.
PEOPLE, KNOWN_BEFORE, SIBLINGS = 300_000, 0.3, 1.2
TRAINED_ON, SEED, CHILDREN = 3, 20_261, 12_000
# On the training sets, so many of a hundred children put before an officer are the right one, and the steps tried.
PRECISE, STEPS = 0.98, [-step / 2 for step in range(32)]
# Four times as likely one child as a brother or sister.
NO_SIBLING_FROM = 2.0
RANDOM_PAIRS = 600_000
# No sample of pairs is large enough to find one number at two strangers, or to say how seldom that is: an identifier is
# issued once; a telephone may be a school's, a hostel's or a worker's, given for several children.
_KNOWN_SHARES = {"number": {SAME: 1e-8}, "phones": {SAME: 1e-4}}
# A parent or a clerk may give one child's number for another's of the family.
_SIBLINGS_NUMBER = 1e-4
# Parents do not give two of their children one name.
_SIBLINGS_NAME = 1e-4
# Of brothers and sisters, one pair in so many are twins.
TWINS = 0.03
_RARE = 0.5 / RANDOM_PAIRS
# Of one family name so many are compared with each other.
_NAMESAKES = 100

# Not on an address: brothers and sisters would be taken for one child there.
_SESSIONS = (("date_of_birth",), ("given_name", "family_name"), ("nhs_number",))


def main() -> None:
    """Train, write the weights, and say what they are."""
    # One child of each family: a model of one child or strangers would take twins for one child.
    apart = made("strangers", seed=SEED, count=CHILDREN, siblings=False, again=0.0)
    strangers = train(apart, sessions=())
    strangers["household"] = of_namesakes(apart)
    city = train(made("city", seed=SEED, count=CHILDREN, siblings=False))
    febrl_3 = febrl(TRAINED_ON)
    other = train(febrl_3)
    families = made("city", seed=SEED, count=CHILDREN)
    shares = with_siblings(monotonous(together(strangers, city, other)), named(families))
    FILE.write_text(written(document(shares, 0.0)), encoding="utf-8")
    FILE.write_text(written(document(shares, likely_from([febrl_3, families]))), encoding="utf-8")
    for comparison, found in shares.items():
        for level, share in found.items():
            shown = "  ".join(f"{kind} {value:.2e}" for kind, value in share.items())
            print(f"  {comparison:12} {level:10} {shown}")


def train(labelled: Labelled, *, sessions: tuple[tuple[str, ...], ...] = _SESSIONS) -> Shares:
    """Return what Splink learns of a set; the truth in it is not looked at."""
    connection = duckdb.connect()
    register_levels(connection, labelled)
    rows = [row(place, labelled) for place in range(len(labelled.people))]
    table = DuckDBAPI(connection=connection).register(pyarrow.Table.from_pylist(rows))
    linker = Linker(table, SettingsCreator(link_type="dedupe_only", comparisons=[*comparisons()]), log_level="ERROR")
    if sessions:
        linker.training.estimate_probability_two_random_records_match(
            [block_on("given_name", "family_name", "date_of_birth")], recall=0.5
        )
    pairs = RANDOM_PAIRS // 4 if sessions else RANDOM_PAIRS
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=1, min_count_per_level=None)
    for columns in sessions:
        if all(any(row[column] for row in rows) for column in columns):
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), record_sample_proportion=1.0
            )
    return _learned(linker.misc.save_model_to_json())


def together(apart: Shares, city: Shares, other: Shares) -> Shares:
    """Return u of children who are all strangers, and m averaged where both sets know it."""
    shares: Shares = {}
    for comparison, names in LEVELS.items():
        strangers = _whole({level: max(apart[comparison].get(level, {}).get("u") or 0, _RARE) for level in names})
        strangers |= _KNOWN_SHARES.get(comparison, {})
        same = _whole({level: _mean(level, city[comparison], other.get(comparison, {})) for level in names})
        shares[comparison] = {level: {"m": same[level], "u": strangers[level]} for level in names}
    return shares


def of_namesakes(apart: Labelled) -> dict[str, dict[str, float]]:
    """Return how often strangers of one family name have each level of the people around them.

    A name is shared with the people of one's family, so that two families of one name have them in common far more
    often than two others: as strangers of any name the people would count for what the name has counted already.
    """
    of_name: dict[str, list[int]] = defaultdict(list)
    for place, child in enumerate(apart.people):
        of_name[child.family_name].append(place)
    compared = [ready(child) for child in apart.people]
    found = Counter(
        household(compared[one], compared[other])
        for places in of_name.values()
        for one, other in combinations(places[:_NAMESAKES], 2)
    )
    # One more of each than was seen: what no pair of the sample shows is still possible.
    return {
        level: {"u": share} for level, share in _whole({one: found[one] + 1 for one in LEVELS["household"]}).items()
    }


def named(families: Labelled) -> float:
    """Return how often, of two children of one made family, the record of the one names the other."""
    at_home: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, child in enumerate(families.people):
        at_home[child.family_name, child.address, child.postcode].append(place)
    compared = [ready(child) for child in families.people]
    found = [
        household(compared[one], compared[other])
        for places in at_home.values()
        for one, other in combinations(places, 2)
        if families.truth[one] != families.truth[other]
    ]
    return found.count(NAMED) / sum(level is not None for level in found)


def with_siblings(shares: Shares, naming: float) -> Shares:
    """Add what brothers and sisters share: what a home has in common as one child does, the rest as strangers do."""
    for comparison, found in shares.items():
        strangers = {level: share["u"] for level, share in found.items()}
        if comparison in ("family_name", "address", "phones", "household"):
            strangers = {level: share["m"] for level, share in found.items()}
        if comparison == "household":
            # That nobody is named says nothing: most records do not say who the brothers and sisters are.
            strangers |= {NAMED: naming}
        if comparison == "birth":
            rest = _whole({level: share for level, share in strangers.items() if level != SAME})
            strangers = {SAME: TWINS, **{level: share * (1 - TWINS) for level, share in rest.items()}}
        if comparison == "number":
            strangers |= {SAME: _SIBLINGS_NUMBER}
        if comparison == "given_name":
            strangers |= {SAME: _SIBLINGS_NAME}
        for level, share in found.items():
            share["siblings"] = strangers[level]
    return shares


def monotonous(shares: Shares) -> Shares:
    """Let a better level never speak less than a worse one: where few pairs say otherwise, pool them."""
    for comparison, names in LEVELS.items():
        pools: list[list[str]] = []
        for level in names:
            pools.append([level])
            while len(pools) > 1 and _ratio(shares[comparison], pools[-1]) > _ratio(shares[comparison], pools[-2]):
                worse = pools.pop()
                pools[-1] += worse
        for pool in pools:
            ratio = _ratio(shares[comparison], pool)
            for level in pool:
                shares[comparison][level]["m"] = ratio * shares[comparison][level]["u"]
    return shares


def _ratio(found: Mapping[str, Mapping[str, float]], pool: list[str]) -> float:
    return sum(found[level]["m"] for level in pool) / sum(found[level]["u"] for level in pool)


def likely_from(sets: list[Labelled]) -> float:
    """Return the lowest weight from which enough of what is found is right, by the truth of each training set."""
    weights.cache_clear()
    lowest = []
    for labelled in sets:
        by = weights()
        pairs = list(weighed_pairs(labelled, by))
        best = STEPS[0]
        for step in STEPS:
            found = [one for weighed, one in pairs if weighed.is_likely(replace(by, likely_from=step))]
            if sum(found) < PRECISE * len(found):
                break
            best = step
        lowest.append(best)
    return max(lowest)


def written(found: Mapping[str, Any]) -> str:
    """Return the text of the file of weights."""
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def document(shares: Shares, likely: float) -> dict[str, Any]:
    """Return the file of weights, which says where it comes from."""
    return {
        "source": (
            f"bench/matching/train.py: u by Splink's random sampling on a made city of {CHILDREN} children (seed "
            f"{SEED}); m by Splink's expectation maximisation on the same city and on FEBRL {TRAINED_ON}, averaged"
        ),
        "same_child": KNOWN_BEFORE / PEOPLE,
        "siblings": SIBLINGS / PEOPLE,
        "likely_from": likely,
        "no_sibling_from": NO_SIBLING_FROM,
        "shares": {
            comparison: {
                level: {kind: float(f"{value:.4g}") for kind, value in share.items()} for level, share in found.items()
            }
            for comparison, found in shares.items()
        },
    }


def _learned(model: Mapping[str, Any]) -> Shares:
    return {
        comparison["output_column_name"]: {
            level["label_for_charts"]: {"m": level.get("m_probability"), "u": level.get("u_probability")}
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
        }
        for comparison in model["comparisons"]
    }


def _mean(level: str, *found: Mapping[str, Mapping[str, float | None]]) -> float:
    known = [share for one in found if (share := one.get(level, {}).get("m"))]
    return max(sum(known) / len(known), 1e-4) if known else 1e-4


def _whole(shares: Mapping[str, float]) -> dict[str, float]:
    total = sum(shares.values())
    return {level: share / total for level, share in shares.items()}


if __name__ == "__main__":
    main()
