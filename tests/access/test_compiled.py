"""What is compiled once asks what it would ask if it were compiled each time, and returns the same."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Q, QuerySet, UUIDField, Value
from django.test.utils import CaptureQueriesContext

from backend.access import compiled
from backend.access.compiled import compiled_once, read
from backend.access.models import Involvement
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.among import among
from backend.core.ids import uuid7
from tests.actors import membership

ONE, ANOTHER = uuid7(), uuid7()
MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)


def _rows(relation: str, *, user_id: UUID | None, until: datetime) -> QuerySet[Involvement, Any]:
    mine = Q(user_id=user_id) if user_id else Q(user_id__isnull=True)
    return Involvement.objects.filter(mine, relation=relation, ends_at__gt=until).values_list("root_id", flat=True)


def _nothing(*, user_id: UUID) -> QuerySet[Involvement, Any]:
    return Involvement.objects.filter(pk__in=[], user_id=user_id).values_list("root_id", flat=True)


@pytest.mark.parametrize("relation", ["WORKER", "TEAM"])
@pytest.mark.parametrize("user_id", [ONE, ANOTHER, None])
@pytest.mark.parametrize("until", [MONDAY, TUESDAY])
def test_each_person_relation_and_moment_gets_its_own_answer(
    relation: str, user_id: UUID | None, until: datetime
) -> None:
    found = compiled_once(_rows, relation, user_id=user_id, until=until)
    text, parameters = _rows(relation, user_id=user_id, until=until).query.sql_with_params()
    assert (found.sql, tuple(found.params)) == (text, parameters)


def test_a_value_asked_for_twice_goes_to_both_places() -> None:
    found = compiled_once(_twice, user_id=(asked := uuid7()))
    assert found.params.count(asked) == 2


def _twice(*, user_id: UUID) -> QuerySet[Involvement, Any]:
    return Involvement.objects.filter(Q(user_id=user_id) | Q(agency_id=user_id)).values_list("root_id", flat=True)


def test_it_is_compiled_alike_whatever_the_clock_says() -> None:
    compiled.forget()
    with clock.at(datetime(1, 1, 2, tzinfo=UTC)):
        found = compiled_once(_rows, "WORKER", user_id=ONE, until=MONDAY)
    assert ONE in found.params
    assert MONDAY in found.params


@pytest.mark.django_db
def test_where_nothing_can_be_found_nothing_is() -> None:
    found = compiled_once(_nothing, user_id=uuid7())
    assert not Involvement.objects.filter(root_id__in=found).exists()
    assert Involvement.objects.exclude(root_id__in=found).count() == Involvement.objects.count()


def _members(*, ids: list[UUID], user_id: UUID | None = None) -> QuerySet[Membership]:
    asked = among("user_id", Value(ids, output_field=ArrayField(UUIDField())))
    theirs = Q(user_id=user_id) if user_id else Q()
    return Membership.objects.filter(asked, theirs).select_related("user", "agency__partnership", "team").order_by("id")


def _names(*, name: str, until: datetime) -> QuerySet[Any, Any]:
    known = Membership.objects.filter(user__name=name, started_at__lt=until).order_by("id")
    return known.values_list("id", "user__name", "started_at")


@pytest.mark.django_db
def test_what_is_read_is_what_the_queryset_has_whoever_is_asked_about_and_however_many() -> None:
    people = [membership("front-door", role).user_id for role in (Role.TRIAGE_OFFICER, Role.MANAGER)]
    nobody = uuid7()
    for ids, one in ((people, None), (people[:1], None), ([], None), ([nobody], None), (people, people[1])):
        found = read(_members, ids=ids, user_id=one)
        expected = list(_members(ids=ids, user_id=one))
        assert [vars_of(each) for each in found] == [vars_of(each) for each in expected]
    with CaptureQueriesContext(connection) as asked:
        assert {each.user.name and each.agency.partnership.name for each in read(_members, ids=people)}
    assert len(asked) == 1, "what stands beside a row is read with it"


def vars_of(row: Membership) -> dict[str, Any]:
    """Every column of a membership, and of whom it is."""
    columns = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in columns} | {"user": row.user.name, "agency": row.agency.name}


@pytest.mark.django_db
def test_columns_are_read_as_columns_and_an_empty_question_asks_nothing() -> None:
    one = membership("front-door", Role.MANAGER)
    name = one.user.name
    for until in (clock.now(), one.started_at):
        assert read(_names, name=name, until=until) == list(_names(name=name, until=until))
    with CaptureQueriesContext(connection) as asked:
        assert read(_nothing, user_id=uuid7()) == []
    assert len(asked) == 0
