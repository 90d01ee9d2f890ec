"""Recording a child, and who sees the record."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from backend.access.actors import SYSTEM
from backend.access.binding import acting
from backend.access.models import Conflict
from backend.audit.models import Event
from backend.children import queries
from backend.children.commands import record_child
from backend.children.models import Child
from backend.core.errors import Forbidden
from tests.cases.conftest import World

AMINA = {"given_name": "Amina", "family_name": "O’Neil", "date_of_birth": date(2012, 5, 4)}


def test_a_child_is_recorded_with_history_and_event_before_any_referral_points_to_it(world: World) -> None:
    with acting(world.teacher):
        child = record_child(world.teacher, {**AMINA, "nhs_number": "943 476 5919", "upn": "a123456789012"})
        kept = Child.objects.get(pk=child.id)
        assert (kept.name, kept.name_key) == ("Amina O’Neil", "oneil|amina")
        assert (kept.nhs_number, kept.upn) == ("9434765919", "A123456789012")
        assert (kept.root_id, kept.child_id) == (child.id, child.id)
        assert [event.verb for event in Event.objects.filter(root_id=child.id)] == ["child.record"]
        assert kept.history.count() == 1


def test_only_a_person_records_a_child(world: World) -> None:
    with pytest.raises(Forbidden, match=r"\.$"):
        record_child(SYSTEM, AMINA)


def test_nobody_else_sees_a_recorded_child_until_a_referral_is_about_it(world: World) -> None:
    with acting(world.teacher):
        child = record_child(world.teacher, AMINA)
    for somebody in (world.officer, world.manager, world.stranger):
        with acting(somebody):
            assert not Child.objects.filter(pk=child.id).exists()
            assert not queries.visible_to(somebody).filter(pk=child.id).exists()
    known = world.referred()
    with acting(world.officer):
        assert Child.objects.filter(pk=known.id).exists()
        assert queries.visible_to(world.officer).filter(pk=known.id).exists()


def test_python_and_the_database_agree_on_who_sees_which_child(world: World) -> None:
    world.referred()
    world.proposed()
    with acting(world.teacher):
        record_child(world.teacher, AMINA)
    for somebody in vars(world).values():
        with acting(somebody):
            seen = set(Child.objects.values_list("id", flat=True))
            assert set(queries.visible_to(somebody).values_list("id", flat=True)) == seen, somebody


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_conflict_of_interest_hides_the_child_even_from_who_recorded_it(world: World) -> None:
    with acting(world.teacher):
        child = record_child(world.teacher, AMINA)
    Conflict.objects.using("owner").create(user_id=world.teacher.user_id, child_id=child.id)
    with acting(world.teacher):
        assert not queries.visible_to(world.teacher).filter(pk=child.id).exists()
        assert not Child.objects.filter(pk=child.id).exists()


def test_a_child_is_born_or_expected_never_both(world: World) -> None:
    with acting(world.teacher), pytest.raises(IntegrityError, match="child_born_or_expected"), transaction.atomic():
        record_child(world.teacher, {**AMINA, "expected_date": date(2027, 3, 3)})
