"""Finding a record again: names nearly right, references, and nothing that the person may not see."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from backend.access.models import Conflict
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.children.models import Child
from tests.actors import actor, bound_to, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World

pytestmark = pytest.mark.django_db
DETAIL = 15


def found(who: Any, text: str, **more: Any) -> list[str]:
    answer = browser_of(who).post("find/", {"text": text, **more})
    assert answer.status_code == 200, answer.content
    return [row["reference"] for row in answer.json()["results"]]


@pytest.mark.parametrize("text", ["Amina Example", "example amina", "Amina", "amin", "AMINA EXAMPEL", "Áminá"])
def test_a_name_is_found_in_any_order_nearly_right_and_by_its_beginning(world: World, text: str) -> None:
    case = world.allocated()
    assert found(world.worker, text)[0] == case.reference


def test_another_name_is_not_found(world: World) -> None:
    world.allocated()
    assert found(world.worker, "Bartholomew") == []


def test_the_date_of_birth_tells_children_of_one_name_apart(world: World) -> None:
    one = world.allocated()
    child = world.referred(world.agency("city-early-help"), date_of_birth=date(2014, 1, 2))
    other = world.allocate(world.opened(child, led_by="city-early-help").id, world.manager, world.worker)
    assert {one.reference, other.reference} <= set(found(world.worker, "Amina Example"))
    by_birth = found(world.worker, "Amina Example", date_of_birth="2014-01-02")
    assert other.reference in by_birth
    assert one.reference not in by_birth


def test_a_reference_finds_its_record_however_it_is_typed(world: World) -> None:
    case = world.allocated()
    assert found(world.worker, f" {case.reference.lower()} ") == [case.reference]


def test_a_child_of_others_is_as_if_it_were_not_there(world: World) -> None:
    case = world.allocated()
    nobody = browser_of(world.stranger)
    for text in ("Amina Example", case.reference):
        known, unknown = (nobody.post("find/", {"text": asked}) for asked in (text, "Nobody Atall"))
        assert known.content == unknown.content


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_conflict_of_interest_hides_the_child_from_search(world: World) -> None:
    case = world.allocated()
    Conflict.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    assert found(world.worker, "Amina Example") == []
    assert found(world.worker, case.reference) == []


def test_the_function_of_the_database_finds_only_whom_the_policy_shows(world: World) -> None:
    world.allocated()
    world.referred(world.agency("front-door"), given_name="Aminah")
    for who in (world.worker, world.manager, world.officer, world.teacher, world.stranger):
        bound_to(who.membership_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM app.find_children('amina', NULL)")
            ids = {row[0] for row in cursor.fetchall()}
        assert ids <= set(Child.objects.values_list("id", flat=True))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_was_typed_is_kept_nowhere_and_what_was_found_is_logged(world: World) -> None:
    case = world.allocated()
    found(world.worker, "Amina Example")
    row = AccessLog.objects.using("owner").get(label="record.find")
    assert case.id in row.root_ids
    assert "Amina" not in str(vars(row))


@pytest.mark.parametrize("body", [{}, {"text": " "}, {"text": "x" * 201}, {"text": "Amina", "date_of_birth": "soon"}])
def test_half_a_question_is_refused_at_its_field(world: World, body: dict[str, str]) -> None:
    answer = browser_of(world.worker).post("find/", body)
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_a_role_without_children_is_refused(world: World) -> None:
    answer = browser_of(actor("front-door", Role.SYSTEM_ADMINISTRATOR)).post("find/", {"text": "Amina"})
    assert answer.status_code == 403


def test_it_costs_the_same_for_one_and_for_twenty(world: World) -> None:
    world.allocated()
    one = statements(lambda: found(world.worker, "Amina Example"))
    assert len(one) <= DETAIL, said(one)
    for number in range(19):
        child = world.referred(world.agency("city-early-help"), date_of_birth=date(2013, 1, 1 + number))
        world.allocate(world.opened(child, led_by="city-early-help").id, world.manager, world.worker)
    many = statements(lambda: found(world.worker, "Amina Example"))
    assert len(many) == len(one), said(many)
