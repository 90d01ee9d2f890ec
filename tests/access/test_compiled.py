"""A subquery that is compiled once asks what it would ask if it were compiled each time."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q, QuerySet

from backend.access import compiled
from backend.access.compiled import compiled_once
from backend.access.models import Involvement
from backend.core import clock
from backend.core.ids import uuid7

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
