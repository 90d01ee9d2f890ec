"""Which known children a new record may be, and saying that it is one of them."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Named
from backend.audit.models import Event
from backend.children.commands import same_child, separate_child
from backend.children.models import Child
from backend.children.queries import LikelyChild, canonical_of, likely_children
from backend.core.errors import Conflict, NotFound
from backend.core.ids import uuid7
from tests.cases.conftest import World

NHS, UPN = "9434765919", "A123456789012"
BORN = date(2012, 5, 4)


def likely(who: Actor, child: Child) -> list[LikelyChild]:
    with acting(who):
        return likely_children(child.id)


SAME = [
    ({"given_name": "AMINA", "family_name": "O'Neil"}, True),
    ({"given_name": "Emine", "family_name": "Oneill"}, True),
    ({"given_name": "Someone", "family_name": "Else", "nhs_number": NHS}, True),
    ({"given_name": "Someone", "family_name": "Else", "upn": UPN}, True),
    ({"given_name": "Amina", "family_name": "O’Neil", "date_of_birth": date(2012, 4, 5)}, True),
    ({"given_name": "O’Neil", "family_name": "Amina"}, True),
    ({"given_name": "Someone", "family_name": "O’Neil"}, False),
    ({"given_name": "Amina", "family_name": "Else"}, True),
    ({"given_name": "Someone", "family_name": "Else"}, False),
]


@pytest.mark.parametrize(("values", "is_likely"), SAME)
def test_who_may_be_the_same_child(world: World, values: dict[str, Any], is_likely: bool) -> None:
    known = world.referred(family_name="O’Neil", nhs_number=NHS, upn=UPN)
    new = world.referred(**{"date_of_birth": BORN, **values})
    found = likely(world.officer, new)
    assert [one.id for one in found] == ([known.id] if is_likely else [])
    assert all(one.why for one in found)


def test_the_surest_come_first_and_there_are_at_most_ten(world: World) -> None:
    for number in range(10):
        world.referred(given_name="Amina", family_name="Exampel", address=f"{number} Made Up Lane")
    same = world.referred(given_name="Amina", family_name="Example")
    new = world.referred(given_name="Amina", family_name="Example")
    found = likely(world.officer, new)
    assert len(found) == 10
    assert found[0].id == same.id
    assert found[0].why == ("Same given name", "Same family name", "Same date of birth")


def test_only_who_holds_a_referral_about_the_child_and_decides_may_ask(world: World) -> None:
    world.referred()
    new = world.referred()
    assert len(likely(world.officer, new)) == 1
    assert len(likely(world.front_door_manager, new)) == 1
    for somebody in (world.teacher, world.manager, world.worker, world.stranger):
        assert likely(somebody, new) == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_sealed_child_is_never_offered_whichever_of_its_records_is_sealed(world: World) -> None:
    known, alias, new = world.referred(), world.referred(), world.referred()
    with acting(world.officer):
        same_child(world.officer, alias.id, known.id)
    assert [one.id for one in likely(world.officer, new)] == [known.id]
    for sealed in (known, alias):
        Named.objects.using("owner").create(user_id=world.stranger.user_id, child_id=sealed.id)
        assert likely(world.officer, new) == []
        Named.objects.using("owner").filter(child_id=sealed.id).delete()


def test_a_record_is_joined_to_the_child_that_was_offered_and_taken_apart_again(world: World) -> None:
    known, new = world.referred(), world.referred()
    with acting(world.officer):
        same_child(world.officer, new.id, known.id)
        same_child(world.officer, new.id, known.id)
        assert canonical_of(new.id) == known.id
        assert likely_children(new.id) == []
        assert [event.verb for event in Event.objects.filter(root_id=new.id).order_by("id")][1:] == ["child.same_as"]
        separate_child(world.officer, new.id, reason="Two cousins with one name.")
        assert canonical_of(new.id) == new.id
        assert [one.id for one in likely_children(new.id)] == [known.id]
        with pytest.raises(Conflict, match=r"\.$"):
            separate_child(world.officer, new.id, reason="Again.")


def test_a_third_record_is_offered_the_child_once_by_the_record_that_stands_for_it(world: World) -> None:
    known, second, third = world.referred(), world.referred(), world.referred()
    with acting(world.officer):
        same_child(world.officer, second.id, known.id)
        found = likely_children(third.id)
        assert [one.id for one in found] == [known.id]
        same_child(world.officer, third.id, known.id)
        assert canonical_of(third.id) == known.id


def test_records_joined_in_a_chain_stand_for_one_child(world: World) -> None:
    first, second, third = world.referred(), world.referred(), world.referred()
    with acting(world.officer):
        same_child(world.officer, third.id, second.id)
        same_child(world.officer, second.id, first.id)
        assert canonical_of(third.id) == first.id
        assert likely_children(first.id) == []


@pytest.mark.parametrize("offered", ["made up", "another"])
def test_a_child_who_was_not_offered_cannot_be_named(world: World, offered: str) -> None:
    other, new = world.referred(given_name="Yusuf", family_name="Different"), world.referred()
    existing: UUID = other.id if offered == "another" else uuid7()
    with acting(world.officer), pytest.raises(Conflict, match=r"\.$"):
        same_child(world.officer, new.id, existing)


def test_who_does_not_see_the_record_cannot_join_it(world: World) -> None:
    known, new = world.referred(), world.referred()
    with acting(world.stranger), pytest.raises(NotFound):
        same_child(world.stranger, new.id, known.id)
