"""What in some words shows by its form who said them, and in which months something can have been said."""

from datetime import date

import pytest

from backend.core.ids import ALPHABET, check_character, new_reference
from backend.voices.rules import months, telling


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Write to me at kim@example.org about it.", ["an email address"]),
        ("Ring 0121 496 0223 in the evening.", ["a telephone number"]),
        ("It is bad around B27 6QQ.", ["a postcode"]),
        ("It is about R-7KQ-MXDA4.", []),
        ("The bus stop is dark and nobody is there.", []),
        ("They took 3 months, 2 visits and 14 calls.", []),
        ("In year 9 we were 30 in a room.", []),
    ],
)
def test_words_are_looked_through_for_what_leads_to_somebody(words: str, found: list[str]) -> None:
    assert telling(words) == found


def test_the_reference_of_a_record_is_found_where_it_is_one() -> None:
    like_a_postcode = [f"R-{one}AA-C34Q{check_character(f'{one}AAC34Q')}" for one in ALPHABET]
    assert any(one[-1].isalpha() for one in like_a_postcode)
    for reference in (new_reference("R"), *like_a_postcode):
        assert telling(f"It is about {reference}.") == ["the reference of a record"]


def test_it_can_have_been_said_this_month_and_in_the_two_years_before() -> None:
    found = months(date(2026, 1, 31))
    assert found[:2] == [date(2026, 1, 1), date(2025, 12, 1)]
    assert (found[-1], len(found)) == (date(2024, 1, 1), 25)
