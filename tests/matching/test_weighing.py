"""The committed weights: better levels never speak less, twins are kept apart, the planted are found."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from backend.children.match_keys import Described, keys_of, keys_to_ask
from backend.matching.comparing import LEVELS, ready
from backend.matching.reasons import in_words
from backend.matching.weighing import weigh, weigh_levels, weights
from bench.matching.made import made, recorded_again

AMINA = Described(
    given_name="Amina",
    family_name="Hirsi",
    date_of_birth=date(2012, 5, 4),
    sex="F",
    address="12 Alder Road",
    postcode="B99 1AA",
    ward="E05011118",
)

# The same child, with how the family is reached and who is around it.
REACHED = replace(AMINA, phones=("+447700900123",), household=("fadumohirsi", "caliyusuf"))


def is_offered(one: Described, other: Described) -> bool:
    """As the product does: a shared key, and then the weight."""
    by = weights()
    shares_a_key = not set(keys_to_ask(one)).isdisjoint(keys_of(other))
    return shares_a_key and weigh(ready(one), ready(other), by).is_likely(by)


def test_every_level_has_its_shares() -> None:
    by = weights()
    for fact, names in LEVELS.items():
        assert set(by.shares[fact]) == set(names)
        assert all(0 < share <= 1 for level in by.shares[fact].values() for share in level.values())


@pytest.mark.parametrize("fact", list(LEVELS))
def test_a_better_level_never_weighs_less(fact: str) -> None:
    by = weights()
    nothing = dict.fromkeys(LEVELS)
    for others in (nothing, {**nothing, "family_name": "same", "address": "same"}):
        found = [weigh_levels({**others, fact: level}, by) for level in LEVELS[fact]]
        for better, worse in pairwise(found):
            assert better.against_strangers >= worse.against_strangers - 0.01
        unknown = weigh_levels({**others, fact: None}, by)
        assert found[0].against_strangers > unknown.against_strangers > found[-1].against_strangers


SAME_CHILD = {
    "written alike": AMINA,
    "a transliteration": replace(AMINA, given_name="Emine"),
    "a typing mistake": replace(AMINA, family_name="Hirsl"),
    "day and month exchanged": replace(AMINA, date_of_birth=date(2012, 4, 5)),
    "a digit wrong": replace(AMINA, date_of_birth=date(2013, 5, 4)),
    "names exchanged": replace(AMINA, given_name="Hirsi", family_name="Amina"),
    "the family name changed": replace(AMINA, family_name="Roberts"),
    "moved": replace(AMINA, address="3 Elm Close", postcode="B98 2ZZ", ward="E05011120"),
    "address not known": replace(AMINA, address="", postcode="", ward=""),
    "date of birth not known": replace(AMINA, date_of_birth=None),
    "family name not known": replace(AMINA, family_name=""),
    "name and home changed, the telephone kept": replace(
        REACHED, family_name="Roberts", address="3 Elm Close", postcode="B98 2ZZ", ward="E05011120"
    ),
}


@pytest.mark.parametrize("kind", list(SAME_CHILD))
def test_the_same_child_is_offered(kind: str) -> None:
    assert is_offered(REACHED, SAME_CHILD[kind])
    assert is_offered(SAME_CHILD[kind], REACHED)


OTHERS = {
    "a twin brother": replace(AMINA, given_name="Yusuf", sex="M"),
    "a twin sister": replace(AMINA, given_name="Leyla"),
    "a younger sister": replace(AMINA, given_name="Leyla", date_of_birth=date(2015, 9, 12)),
    "a namesake of another age": replace(
        AMINA, date_of_birth=date(2017, 11, 23), address="3 Elm Close", postcode="B98 2ZZ", ward="E05011120"
    ),
    "born on the same day": replace(
        AMINA, given_name="George", family_name="Okafor", sex="M", address="", postcode="B12 3AB", ward=""
    ),
    "a sister at the same telephone, with the same people around her": replace(
        REACHED, given_name="Leyla", date_of_birth=date(2015, 9, 12)
    ),
    "a brother whom the other record names": replace(
        REACHED, given_name="Yusuf", sex="M", date_of_birth=date(2014, 1, 30), household=("aminahirsi", "fadumohirsi")
    ),
    "a twin at the same telephone": replace(REACHED, given_name="Leyla"),
    "a cousin at another address": replace(
        REACHED, given_name="Zahra", address="3 Elm Close", postcode="B98 2ZZ", date_of_birth=date(2009, 11, 2)
    ),
    "a neighbour": replace(AMINA, given_name="Poppy", family_name="Clarke", date_of_birth=date(2014, 1, 30)),
}


@pytest.mark.parametrize("kind", list(OTHERS))
def test_another_child_is_not_offered(kind: str) -> None:
    assert not is_offered(REACHED, OTHERS[kind])
    assert not is_offered(OTHERS[kind], REACHED)


def test_the_same_number_brings_a_child_whose_name_changed() -> None:
    one = replace(AMINA, nhs_number="9434765919")
    other = Described(
        given_name="Leyla", family_name="Clarke", date_of_birth=AMINA.date_of_birth, nhs_number="9434765919"
    )
    assert is_offered(one, other)


def test_twins_who_differ_only_by_number_stay_apart() -> None:
    one = replace(AMINA, nhs_number="9434765919")
    assert not is_offered(one, replace(AMINA, given_name="Amira", nhs_number="9000000009", sex="M"))


def test_a_second_record_shares_a_key_with_the_first() -> None:
    random = Random(5)
    children = made("some", seed=5, count=400, again=0.0).people
    found = [
        not set(keys_to_ask(child)).isdisjoint(keys_of(recorded_again(random, child)))
        for child in children
        for _ in range(3)
    ]
    assert sum(found) / len(found) > 0.98


def test_keys_stay_few_and_short_whatever_is_typed() -> None:
    wild = Described(
        given_name="a-b c" * 40, family_name="x y z " * 30, date_of_birth=date(2012, 5, 4), postcode="B99 1AA"
    )
    keys = keys_to_ask(wild)
    assert len(keys) < 500
    assert max(map(len, keys)) <= 100


def test_reasons_are_words_for_and_then_against() -> None:
    by = weights()
    other = replace(AMINA, given_name="Amira", family_name="Roberts")
    said = in_words(weigh(ready(AMINA), ready(other), by).levels)
    assert said[-1] == "But family name differs"
    assert "Same date of birth" in said
    assert in_words(dict.fromkeys(LEVELS)) == ()
