"""A conflict of interest or a seal is about a child, not about one of its records: joined records are closed alike."""

from uuid import UUID

import pytest
from django.db import connection, connections

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict, Named, SameChild
from backend.cases.queries import is_barred
from backend.children import queries as children
from backend.core import clock
from backend.core.ids import uuid7
from backend.referrals.models import Referral
from backend.referrals.queries import seeing
from tests.actors import seen
from tests.factories import manager, officer, second_manager, submitted

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def _join(record: Referral, into: Referral | None) -> None:
    """What joining and taking apart come to, whoever agreed to it."""
    with connections["owner"].cursor() as cursor:
        canonical = into.child_id if into else None
        cursor.execute("UPDATE children_child SET canonical_id = %s WHERE id = %s", [canonical, record.child_id])


def _open_to(who: Actor, *referrals: Referral) -> list[bool]:
    """Which of them are open to somebody: by row security, by the product's own reads, and by their child alike."""
    with acting(who):
        rows, named = seen("referrals_referral"), seen("children_child")
        listed = set(seeing.visible_to(who).values_list("id", flat=True))
        known = set(children.visible_to(who).values_list("id", flat=True))
        _assert_asked_alike([_child(one) for one in referrals])
    found = []
    for one in referrals:
        ways = {one.id in rows, one.id in listed, one.child_id in named, one.child_id in known}
        assert len(ways) == 1, "decided twice, and not alike"
        assert not is_barred(who.user_id, _child(one)) or not ways.pop()
        found.append(one.id in rows)
    return found


def _assert_asked_alike(children_asked: list[UUID]) -> None:
    """Of one child and of all the database answers the same, by different ways."""
    with connection.cursor() as cursor:
        alike = "SELECT app.is_barred(one) = (one = ANY (app.barred_children())) FROM unnest(%s::uuid[]) AS one"
        cursor.execute(alike, [children_asked])
        assert cursor.fetchall() == [(True,)] * len(children_asked)


def _child(referral: Referral) -> UUID:
    assert referral.child_id is not None
    return referral.child_id


def _conflict(who: Actor, referral: Referral) -> None:
    Conflict.objects.using("owner").bulk_create([Conflict(id=uuid7(), user_id=who.user_id, child_id=_child(referral))])


def _seal(referral: Referral, *named: Actor) -> None:
    Named.objects.using("owner").bulk_create(
        Named(id=uuid7(), user_id=who.user_id, child_id=_child(referral)) for who in named
    )


def test_a_conflict_holds_for_every_record_of_the_child_for_as_long_as_they_are_one() -> None:
    first, second, third, other = (submitted() for _ in range(4))
    who = officer()
    _conflict(who, second)
    assert _open_to(who, first, second, third, other) == [True, False, True, True]
    _join(second, into=first)
    assert _open_to(who, first, second, third, other) == [False, False, True, True]
    _join(first, into=third)
    assert _open_to(who, first, second, third, other) == [False, False, False, True], "through a chain"
    assert _open_to(manager(), first, second, third, other) == [True, True, True, True]
    _join(first, into=None)
    assert _open_to(who, first, second, third, other) == [False, False, True, True]
    _join(second, into=None)
    assert _open_to(who, first, second, third, other) == [True, False, True, True]
    assert not SameChild.objects.exists(), "who was taken apart leaves nothing behind"


def test_a_seal_holds_for_a_record_joined_after_it_and_takes_nothing_from_those_it_names() -> None:
    sealed, joined = submitted(), submitted()
    named, colleague = manager(), officer()
    _seal(sealed, named)
    _join(joined, into=sealed)
    assert _open_to(named, sealed, joined) == [True, True]
    assert _open_to(colleague, sealed, joined) == [False, False]
    _join(joined, into=None)
    assert _open_to(colleague, sealed, joined) == [False, True]


def test_of_two_seals_each_speaks_for_its_own_record_and_both_for_the_rest() -> None:
    """Joining must not open one seal to those who are named on the other, nor close a record to everybody."""
    one, two, rest = (submitted() for _ in range(3))
    _seal(one, manager())
    _seal(two, second_manager())
    _join(one, into=rest)
    _join(two, into=rest)
    assert _open_to(manager(), one, two, rest) == [True, False, True]
    assert _open_to(second_manager(), one, two, rest) == [False, True, True]
    assert _open_to(officer(), one, two, rest) == [False, False, False]
    Named.objects.using("owner").filter(child_id=_child(one)).update(ended_at=clock.now())
    assert _open_to(second_manager(), one, two, rest) == [True, True, True], "the seal that is left covers them all"
    assert _open_to(manager(), one, two, rest) == [False, False, False]
