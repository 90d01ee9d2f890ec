"""Candidates from the database: the planted kinds are found by their keys, bounded, and nothing leaks."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict, Named
from backend.children.commands import record_child
from backend.children.models import Child
from backend.matching.queries import likely_children
from tests.cases.conftest import World

BORN = date(2012, 5, 4)
HOME = {"address": "12 Alder Road", "postcode": "B99 1AA", "ward": "E05011118", "sex": "F"}


def offered(who: Actor, child: Child) -> list[object]:
    with acting(who):
        return [one.id for one in likely_children(child.id)]


def candidates(who: Actor, child: Child) -> list[tuple[object, ...]]:
    with acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT id, is_asked FROM app.match_candidates(%s)", [child.id])
        return cursor.fetchall()


PLANTED = {
    "a typing mistake": {"family_name": "Exampel"},
    "another spelling": {"given_name": "Aminah"},
    "day and month exchanged": {"date_of_birth": date(2012, 4, 5)},
    "a digit wrong": {"date_of_birth": date(2013, 5, 4)},
    "names exchanged": {"given_name": "Example", "family_name": "Amina"},
    "the family name changed": {"family_name": "Clarke"},
    "moved": {"address": "3 Elm Close", "postcode": "B98 2ZZ", "ward": "E05011120"},
    "no date of birth": {"date_of_birth": None},
}


@pytest.mark.parametrize("kind", list(PLANTED))
def test_a_planted_second_record_is_offered(world: World, kind: str) -> None:
    known = world.referred(date_of_birth=BORN, **HOME)
    new = world.referred(**{"date_of_birth": BORN, **HOME, **PLANTED[kind]})
    assert offered(world.officer, new) == [known.id]


def test_brothers_sisters_and_twins_are_not_offered(world: World) -> None:
    new = world.referred(date_of_birth=BORN, **HOME)
    world.referred(given_name="Leyla", date_of_birth=BORN, **HOME)
    world.referred(given_name="Yusuf", date_of_birth=BORN, **{**HOME, "sex": "M"})
    world.referred(given_name="Poppy", date_of_birth=date(2015, 9, 12), **HOME)
    assert offered(world.officer, new) == []


def test_a_child_is_found_by_the_telephone_when_name_and_home_have_changed(world: World) -> None:
    around = {"phones": ["+447700900123"], "household": ["fadumoexample"]}
    known = world.referred(date_of_birth=BORN, **HOME, **around)
    elsewhere = {"address": "3 Elm Close", "postcode": "B98 2ZZ", "ward": "E05011120", "sex": "F"}
    new = world.referred(family_name="Clarke", date_of_birth=BORN, **elsewhere, **around)
    assert offered(world.officer, new) == [known.id]
    with acting(world.officer):
        (found,) = likely_children(new.id)
    assert "Same telephone number" in found.why
    assert "+447700900123" not in str(found), "the number finds the child and is shown nowhere"


FURTHER: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the former home": ({"postcode": "B99 1AA"}, {"postcode": "B98 2ZZ", "other_postcodes": ["B99 1AA"]}),
    "another home of both": ({"other_postcodes": ["B97 3CC"]}, {"other_postcodes": ["B97 3CC"]}),
    "the former pupil number": ({"upn": "A123456789012"}, {"other_numbers": ["upn A123456789012"]}),
    "a number of youth justice": ({"other_numbers": ["youth_justice Y1"]}, {"other_numbers": ["youth_justice Y1"]}),
}


@pytest.mark.parametrize("kind", list(FURTHER))
def test_further_homes_and_numbers_are_keys_a_child_is_found_by(world: World, kind: str) -> None:
    """Nothing else of the two is alike, so that no other key reaches the record."""
    first, second = FURTHER[kind]
    known = world.referred(**first)
    new = world.referred(given_name="Amina", family_name="Okafor", date_of_birth=None, **second)
    assert {row[0] for row in candidates(world.officer, new)} == {known.id, new.id}


def test_a_child_of_another_name_is_offered_by_the_home_it_came_from(world: World) -> None:
    known = world.referred(date_of_birth=BORN, **HOME)
    elsewhere = {"address": "3 Elm Close", "postcode": "B98 2ZZ", "ward": "E05011120", "sex": "F"}
    new = world.referred(family_name="Clarke", date_of_birth=BORN, **elsewhere)
    assert offered(world.officer, new) == []
    told = world.referred(family_name="Clarke", date_of_birth=BORN, other_postcodes=["B99 1AA"], **elsewhere)
    assert known.id in offered(world.officer, told)


def test_brothers_and_sisters_at_one_telephone_are_not_offered(world: World) -> None:
    around = {"phones": ["+447700900123"], "household": ["fadumoexample", "caliyusuf"]}
    new = world.referred(date_of_birth=BORN, **HOME, **around)
    world.referred(given_name="Leyla", date_of_birth=BORN, **HOME, **around)
    world.referred(given_name="Poppy", date_of_birth=date(2015, 9, 12), **HOME, **around)
    assert offered(world.officer, new) == []


def test_amended_facts_are_found_by_new_keys(world: World) -> None:
    known, new = world.referred(), world.referred(given_name="Yusuf", family_name="Okafor")
    assert offered(world.officer, new) == []
    assert "Okafor" not in str(known.match_keys)
    assert set(new.match_keys).isdisjoint(known.match_keys)


def test_an_agency_that_holds_no_referral_about_the_child_gets_nothing(world: World) -> None:
    world.referred()
    new = world.referred()
    assert len(candidates(world.officer, new)) == 2
    for somebody in (world.teacher, world.manager, world.worker, world.stranger):
        assert candidates(somebody, new) == []
        assert offered(somebody, new) == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_sealed_child_and_one_in_conflict_never_come_back(world: World) -> None:
    known, new = world.referred(), world.referred()
    assert offered(world.officer, new) == [known.id]
    Named.objects.using("owner").create(user_id=world.stranger.user_id, child_id=known.id)
    assert candidates(world.officer, new) == [(new.id, True)]
    Named.objects.using("owner").filter(child_id=known.id).delete()
    Conflict.objects.using("owner").create(user_id=world.officer.user_id, child_id=known.id)
    assert candidates(world.officer, new) == [(new.id, True)]
    assert offered(world.front_door_manager, new) == [known.id]


def test_candidates_are_bounded_however_many_share_a_key(world: World) -> None:
    new = world.referred()
    with acting(world.teacher):
        for _ in range(220):
            record_child(world.teacher, {"given_name": "Amina", "family_name": "Example", "date_of_birth": BORN})
    assert len(candidates(world.officer, new)) == 201
    assert len(offered(world.officer, new)) == 10
