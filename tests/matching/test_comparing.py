"""Every comparison level as a table: what two descriptions say, and the level they are on."""

from datetime import date
from typing import Any

import pytest

from backend.children.match_keys import Described
from backend.matching.comparing import COMPARISONS, LEVELS, levels, ready
from backend.matching.similarity import jaro_winkler, one_character_off

BORN = date(2012, 5, 4)


def level(fact: str, one: dict[str, Any], other: dict[str, Any]) -> str | None:
    a, b = ready(Described(**one)), ready(Described(**other))
    assert levels(a, b)[fact] == levels(b, a)[fact], "a level must not depend on who is asked about"
    return levels(a, b)[fact]


GIVEN = [
    ("Amina", "amina", "same"),
    ("Zoë", "Zoe", "same"),
    ("O'Shea", "O’Shea", "same"),
    ("Mohammed", "Muhammad", "alias"),
    ("Katherine", "Katie", "alias"),
    ("Bob", "Robert", "alias"),
    ("Yusuf", "Joseph", "alias"),
    ("Christopher", "Christohper", "close"),
    ("Jessica", "Jesica", "close"),
    ("Anne-Marie", "Marie", "alike"),
    ("Shannon", "Sharon", "alike"),
    ("A", "Amina", "alike"),
    ("Amina", "George", "different"),
    ("Amina", "", None),
]


@pytest.mark.parametrize(("one", "other", "expected"), GIVEN)
def test_given_names(one: str, other: str, expected: str | None) -> None:
    assert level("given_name", {"given_name": one}, {"given_name": other}) == expected


def test_a_name_the_child_is_known_as_counts_on_either_side() -> None:
    known = {"given_name": "Anastasia", "known_as": "Stasi"}
    assert level("given_name", known, {"given_name": "Stasi"}) == "alias"


def test_given_and_family_name_exchanged_are_said_once() -> None:
    one, other = {"given_name": "Amina", "family_name": "Hirsi"}, {"given_name": "Hirsi", "family_name": "Amina"}
    assert level("given_name", one, other) == "swapped"
    assert level("family_name", one, other) is None


MOTHER, FATHER, OTHERS = "fadumohirsi", "caliyusuf", ("janeclarke", "peterclarke")
AROUND = [
    ((MOTHER, FATHER), (FATHER, MOTHER), "several"),
    ((MOTHER, FATHER), (MOTHER,), "one"),
    ((MOTHER,), ("fadumohirsl",), "one"),
    ((MOTHER, FATHER), OTHERS, "different"),
    ((MOTHER,), (), None),
    ((), (), None),
]


@pytest.mark.parametrize(("one", "other", "expected"), AROUND)
def test_people_around_the_child(one: tuple[str, ...], other: tuple[str, ...], expected: str | None) -> None:
    assert level("household", {"household": one}, {"household": other}) == expected


def test_a_child_named_among_the_people_around_the_other_is_its_brother_or_sister() -> None:
    amina = {"given_name": "Amina", "family_name": "Hirsi"}
    assert level("household", amina, {"given_name": "Yusuf", "household": ["aminahirsi", MOTHER]}) == "named"
    # A son who has his father's name is not his own brother.
    assert level("household", {**amina, "household": [MOTHER]}, {**amina, "household": [MOTHER, "aminahirsi"]}) == "one"


TELEPHONES = [(["+447700900123"], ["+447700900123", "+447700900124"], "same"),
              (["+447700900123"], ["+447700900124"], "different"), (["+447700900123"], [], None)]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), TELEPHONES)
def test_telephone_numbers(one: list[str], other: list[str], expected: str | None) -> None:
    assert level("phones", {"phones": one}, {"phones": other}) == expected


FAMILY = [
    ("Smith", "SMITH", "same"),
    ("Smith", "Smyth", "alias"),
    ("Hussain", "Hussein", "alias"),
    ("Taylor-Brown", "Brown", "alias"),
    ("Henderson", "Hendersen", "close"),
    ("Fairhurst", "Fayrest", "alike"),
    ("Smith", "Okafor", "different"),
    ("Smith", "", None),
]


@pytest.mark.parametrize(("one", "other", "expected"), FAMILY)
def test_family_names(one: str, other: str, expected: str | None) -> None:
    found = level("family_name", {"family_name": one}, {"family_name": other})
    assert found == expected


BIRTHS = [
    (BORN, BORN, "same"),
    (BORN, date(2012, 4, 5), "swapped"),
    (BORN, date(2013, 5, 4), "digit"),
    (BORN, date(2012, 5, 6), "digit"),
    (BORN, date(2012, 5, 27), "partly"),
    (BORN, date(2009, 5, 4), "partly"),
    (date(2012, 5, 31), date(2012, 6, 12), "near"),
    (BORN, date(2008, 11, 23), "different"),
    (BORN, None, None),
]


@pytest.mark.parametrize(("one", "other", "expected"), BIRTHS)
def test_dates_of_birth(one: date | None, other: date | None, expected: str | None) -> None:
    assert level("birth", {"date_of_birth": one}, {"date_of_birth": other}) == expected


def test_an_expected_date_is_near_the_birth_and_equal_to_itself() -> None:
    expected = {"expected_date": date(2026, 3, 1)}
    assert level("birth", expected, expected) == "same"
    assert level("birth", expected, {"date_of_birth": date(2026, 2, 20)}) == "near"
    assert level("birth", expected, {"date_of_birth": date(2025, 1, 1)}) == "different"


NUMBERS = [
    ({"nhs_number": "9434765919"}, {"nhs_number": "9434765919"}, "same"),
    ({"nhs_number": "9434765919"}, {"nhs_number": "9434765918"}, "near"),
    ({"nhs_number": "9434765919"}, {"nhs_number": "9434756919"}, "near"),
    ({"nhs_number": "9434765919"}, {"nhs_number": "9000000009"}, "different"),
    ({"nhs_number": "9434765919", "upn": "A1"}, {"nhs_number": "9000000009", "upn": "A1"}, "same"),
    ({"nhs_number": "9434765919"}, {"upn": "A123456789012"}, None),
]


@pytest.mark.parametrize(("one", "other", "expected"), NUMBERS)
def test_numbers(one: dict[str, str], other: dict[str, str], expected: str | None) -> None:
    assert level("number", one, other) == expected


HOME = {"address": "12 Alder Road\nBirmingham", "postcode": "B99 1AA", "ward": "E05011118"}
ADDRESSES = [
    ({"address": "12 alder road", "postcode": "b991aa"}, "same"),
    ({"address": "7 Other Street", "postcode": "B99 1AA"}, "postcode"),
    ({"address": "12 Alder Raod", "postcode": ""}, "line"),
    ({"address": "7 Other Street", "postcode": "B98 7ZZ", "ward": "E05011118"}, "area"),
    ({"address": "7 Other Street", "postcode": "B99 7ZZ", "ward": ""}, "area"),
    ({"address": "7 Other Street", "postcode": "B12 7ZZ", "ward": "E05011120"}, "different"),
    ({"address": "", "postcode": "", "ward": ""}, None),
]


@pytest.mark.parametrize(("other", "expected"), ADDRESSES)
def test_addresses(other: dict[str, str], expected: str | None) -> None:
    assert level("address", HOME, other) == expected


@pytest.mark.parametrize(("one", "other", "expected"), [("F", "F", "same"), ("F", "M", "different"), ("F", "U", None)])
def test_sex(one: str, other: str, expected: str | None) -> None:
    assert level("sex", {"sex": one}, {"sex": other}) == expected


def test_nothing_known_says_nothing() -> None:
    nothing = ready(Described())
    assert set(levels(nothing, nothing).values()) == {None}
    assert set(COMPARISONS) == set(LEVELS)


# Winkler's own examples (Census Bureau report RR99/04).
WINKLER = [("MARTHA", "MARHTA", 0.961), ("DWAYNE", "DUANE", 0.840), ("DIXON", "DICKSONX", 0.813), ("A", "B", 0.0)]


@pytest.mark.parametrize(("one", "other", "expected"), WINKLER)
def test_jaro_winkler(one: str, other: str, expected: float) -> None:
    assert round(jaro_winkler(one, other), 3) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("123", "123", False),
        ("123", "124", True),
        ("123", "132", True),
        ("123", "12", True),
        ("123", "0123", True),
        ("123", "321", False),
        ("123", "1", False),
    ],
)
def test_one_character_off(one: str, other: str, expected: bool) -> None:
    assert one_character_off(one, other) is expected
    assert one_character_off(other, one) is expected


HOMES = [
    ({"postcode": "B99 1AA"}, {"postcode": "B98 2ZZ", "other_postcodes": ["b991aa"]}, "postcode"),
    ({"other_postcodes": ["B99 1AA"]}, {"other_postcodes": ["B97 3CC", "B99 1AA"]}, "postcode"),
    ({"postcode": "B99 1AA", "other_postcodes": ["B97 3CC"]}, {"postcode": "B98 2ZZ"}, "different"),
    ({"postcode": "", "other_postcodes": ["B97 3CC"]}, {"postcode": ""}, None),
]


@pytest.mark.parametrize(("one", "other", "expected"), HOMES)
def test_a_further_home_counts_as_a_postcode_and_never_against(
    one: dict[str, Any], other: dict[str, Any], expected: str | None
) -> None:
    assert level("address", one, other) == expected


NUMBERS = [
    ({"upn": "A123456789012"}, {"upn": "B123456789012", "other_numbers": ["upn A123456789012"]}, "same"),
    ({"other_numbers": ["nhs 9990000018"]}, {"nhs_number": "9990000018"}, "same"),
    ({"other_numbers": ["incident 77"]}, {"other_numbers": ["incident 77"]}, None),
    ({"upn": "A123456789012"}, {"other_numbers": ["nhs 9990000018"]}, None),
]


@pytest.mark.parametrize(("one", "other", "expected"), NUMBERS)
def test_a_former_number_names_the_child_and_that_of_an_incident_does_not(
    one: dict[str, Any], other: dict[str, Any], expected: str | None
) -> None:
    assert level("number", one, other) == expected
