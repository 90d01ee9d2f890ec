"""How well a service fits a child, and what the search function sees."""

import pytest
from django.db import connection

from backend.access.binding import bind
from backend.core import vocabulary
from backend.directory import queries
from backend.directory.models import Service
from backend.directory.rules import Wanted, ages_in_words, needs_of_factor, why_it_matches
from tests.directory.entries import keeper, service, with_capacity

pytestmark = pytest.mark.django_db

TEEN = Wanted(age=14, ward="E05011151", factors=("carries_weapon", "persistent_absence"), language="somali")


def test_every_factor_that_needs_group_exists_and_protective_ones_are_no_need() -> None:
    factors = vocabulary.get("factors")
    assert set(needs_of_factor()) <= set(factors.terms)
    assert all(factors.terms[code].more["polarity"] == "risk" for code in needs_of_factor())
    grouped = {code for code, term in factors.terms.items() if term.more["polarity"] == "risk"}
    # Harm by an adult is the front door's, whatever service there is.
    assert grouped - set(needs_of_factor()) == {"unexplained_injuries", "physical_harm", "sexual_harm"}


def test_services_that_meet_most_needs_come_first_then_those_with_room() -> None:
    both = service(name="Z both", needs=["safety_weapons", "school"])
    service(name="A full", needs=["school"])
    room = with_capacity(service(name="B room", needs=["school"]), wait_weeks=0)
    service(name="Too young", needs=["school"], max_age=9)
    service(name="Elsewhere", needs=["school"], is_citywide=False, wards=["E05011118"])
    service(name="For something else", needs=["housing_money"])
    bind(keeper().membership_id)
    found = queries.fitting(keeper(), TEEN)
    assert [one.name for one in found] == [both.name, room.name, "A full"]


def test_without_any_factor_everything_of_the_right_age_and_place_is_offered() -> None:
    service(name="Any", needs=["school"], min_age=10)
    bind(keeper().membership_id)
    assert [one.name for one in queries.fitting(keeper(), Wanted(14, "", (), ""))] == ["Any"]
    assert queries.fitting(keeper(), Wanted(6, "", (), "")) == []


def test_why_it_matches_says_so_in_the_referrals_own_words() -> None:
    one = Service(
        min_age=11, max_age=18, is_citywide=False, wards=["E05011151"], needs=["school"], languages=["somali"]
    )
    assert why_it_matches(one, TEEN) == [
        "For ages 11 to 18",
        "Works in Ladywood",
        "Helps with school, attendance and exclusion (the referral says: misses a lot of school)",
        "Speaks Somali",
    ]


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [(None, None, "all ages"), (8, None, "ages 8 and over"), (None, 4, "ages 0 to 4"), (11, 18, "ages 11 to 18")],
)
def test_ages_read_as_people_say_them(youngest: int | None, oldest: int | None, words: str) -> None:
    assert ages_in_words(youngest, oldest) == words


def test_the_search_function_sees_what_the_row_policy_lets_through() -> None:
    """It looks past the policy so that the index can be used: the two must agree."""
    made = {service(name=f"Mentoring {number}").id for number in range(3)}
    for membership in (keeper().membership_id, None):
        bind(membership)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM app.find_services('mentoring')")
            found = {key for (key,) in cursor.fetchall()}
            cursor.execute("SELECT id FROM directory_service")
            assert found == {key for (key,) in cursor.fetchall()}
        assert found == (made if membership else set())
