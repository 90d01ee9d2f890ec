"""Names as keys, and ages in words."""

from datetime import date

import pytest

from backend.children.ages import age_in_words, years_between
from backend.children.names import name_key


@pytest.mark.parametrize(
    ("given", "family"),
    [("Zoë", "O'Neil"), ("zoe", "ONeil"), ("ZOE ", "O’Neil"), ("Zoe\u0308", "o neil")],
)
def test_spellings_of_one_name_share_a_key(given: str, family: str) -> None:
    assert name_key(given, family) == "oneil|zoe"


def test_given_and_family_name_are_not_mixed_up() -> None:
    assert name_key("Ali", "Hassan") != name_key("Hassan", "Ali")
    assert name_key("Ali", "") == "|ali"


AGES = [
    (date(2012, 5, 4), date(2026, 5, 3), "13 years"),
    (date(2012, 5, 4), date(2026, 5, 4), "14 years"),
    (date(2024, 11, 23), date(2026, 11, 23), "2 years"),
    (date(2024, 11, 24), date(2026, 11, 23), "23 months"),
    (date(2026, 10, 23), date(2026, 11, 23), "1 month"),
    (date(2026, 10, 24), date(2026, 11, 23), "less than a month"),
    (date(2026, 11, 23), date(2026, 11, 23), "less than a month"),
    # A date of birth that is still to come is a slip that the form refuses; it has no age.
    (date(2026, 12, 1), date(2026, 11, 23), "less than a month"),
]


@pytest.mark.parametrize(("born", "on", "words"), AGES)
def test_age_in_words(born: date, on: date, words: str) -> None:
    assert age_in_words(born=born, expected=None, on=on) == words


def test_the_age_of_an_unborn_child_is_the_expected_date() -> None:
    assert age_in_words(born=None, expected=date(2027, 3, 3), on=date(2026, 11, 23)) == "expected 3 March 2027"
    assert age_in_words(born=None, expected=None, on=date(2026, 11, 23)) is None


def test_somebody_born_on_a_leap_day_turns_a_year_on_the_first_of_march() -> None:
    born = date(2012, 2, 29)
    assert years_between(born, date(2030, 2, 28)) == 17
    assert years_between(born, date(2030, 3, 1)) == 18
    assert years_between(born, date(2028, 2, 29)) == 16
