"""Whoever holds or leads work about either of two records is told when they are joined or taken apart, and no more."""

import pytest

from backend.access.binding import acting
from backend.children.models import Child
from backend.matching import queries
from backend.notifications import commands as notifications
from tests.cases.conftest import World
from tests.matching.test_merging import confirmed, proposed, referral_of, taken_apart

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, dict[str, str]]]:
    found: list[tuple[str, str, dict[str, str]]] = []
    make = notifications._outbox_row

    def note(notice, **about):  # type: ignore[no-untyped-def] # what the product passes on
        row = make(notice, **about)
        found.append((row.message, row.path, row.fields))
        return row

    monkeypatch.setattr(notifications, "_outbox_row", note)
    return found


def of(told: list[tuple[str, str, dict[str, str]]], message: str) -> dict[str, dict[str, str]]:
    return {path: fields for code, path, fields in told if code == message}


def test_joining_and_taking_apart_are_told_by_their_own_reference(
    world: World, told: list[tuple[str, str, dict[str, str]]]
) -> None:
    known, _new, merge = proposed(world)
    theirs = referral_of(world.officer, known)
    confirmed(world.front_door_manager, merge)
    joined = of(told, "records_joined")
    assert set(joined) == {f"/referrals/{theirs.id}"}
    assert joined[f"/referrals/{theirs.id}"]["reference"] == theirs.reference
    assert merge.reference not in str(joined), "nothing of the other record"
    told.clear()
    apart = taken_apart(world.officer, merge)
    assert of(told, "records_taken_apart") == {}, "it is only asked for"
    confirmed(world.front_door_manager, apart, reason="Two cousins.")
    assert set(of(told, "records_taken_apart")) == {f"/referrals/{theirs.id}"}


def test_nobody_learns_who_works_with_a_child_they_may_not_match(world: World) -> None:
    known, new, _merge = proposed(world)
    for who in (world.teacher, world.stranger):
        with acting(who):
            assert queries.work_with(new.id, known.id) == []
    with acting(world.officer):
        unrelated = Child.objects.exclude(pk__in=[known.id, new.id]).first()
        if unrelated is not None:
            assert all(one.noun for one in queries.work_with(new.id, unrelated.id))
        assert len(queries.work_with(new.id, known.id)) == 2
