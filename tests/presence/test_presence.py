"""Two people on one record know of each other; nobody else learns who is there, nor that the record is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.audit.models import AccessLog
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.presence import jobs
from backend.presence.commands import be_at
from backend.presence.models import Presence
from backend.presence.queries import others_at
from backend.presence.rules import KEPT, LASTS
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World, world
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
__all__ = ["world"]


@pytest.fixture
def case(world: World) -> Case:
    return world.allocated()


def is_at(who: Actor, case: Case, *, is_writing: bool = False) -> list[tuple[str, bool]]:
    """Who else is there, as somebody hears who has just opened the case."""
    with acting(who):
        be_at(who, case.id, is_writing=is_writing)
        return [(one.name, one.is_writing) for one in others_at(case.id)]


def test_two_people_on_one_case_know_of_each_other_and_who_is_changing_it(world: World, case: Case) -> None:
    assert is_at(world.worker, case, is_writing=True) == []
    assert is_at(world.manager, case) == [(world.worker.name, True)]
    assert is_at(world.worker, case) == [(world.manager.name, False)]
    assert is_at(world.manager, case) == [(world.worker.name, False)], "what they said last holds"


def test_whoever_has_not_said_so_for_a_minute_is_not_there_any_more(world: World, case: Case) -> None:
    is_at(world.worker, case)
    with clock.at(clock.now() + LASTS + timedelta(seconds=1)):
        assert is_at(world.manager, case) == []


@pytest.mark.parametrize("who", ["stranger", "other_worker", "youth_justice_manager"])
def test_nobody_else_learns_who_is_there_nor_is_noted(world: World, case: Case, who: str) -> None:
    outsider = getattr(world, who)
    is_at(world.worker, case)
    assert is_at(outsider, case) == []
    assert not Presence.objects.using("owner").filter(user_id=outsider.user_id).exists()
    with acting(outsider):
        assert not Presence.objects.exists(), "nor by the table"


def test_a_row_in_the_name_of_another_is_refused_by_the_database(world: World, case: Case) -> None:
    row = {"root_id": case.id, "agency_id": world.worker.agency_id, "seen_at": clock.now()}
    with pytest.raises(ProgrammingError, match="row-level security"), acting(world.manager):
        Presence.objects.create(user_id=world.worker.user_id, **row)


def said_by(who: Actor, root_id: UUID) -> tuple[int, Any]:
    """What the product answers somebody who has opened a record."""
    answer = browser_of(who).post(f"presence/{root_id}/", {"is_writing": False})
    return answer.status_code, answer.json()


def test_the_answer_of_a_case_one_may_not_read_is_that_of_no_case(world: World, case: Case) -> None:
    is_at(world.worker, case)
    assert said_by(world.stranger, case.id) == said_by(world.stranger, uuid7()) == (200, {"others": []})


def test_being_there_costs_few_statements_and_is_no_look_at_the_child(world: World, case: Case) -> None:
    is_at(world.worker, case, is_writing=True)
    looked = AccessLog.objects.using("owner").count()
    browser = browser_of(world.manager)
    answers: list[Any] = []
    found = statements(lambda: answers.append(browser.post(f"presence/{case.id}/", {"is_writing": False})))
    there = {"name": world.worker.name, "agency": world.worker.agency_name, "is_writing": True}
    assert answers[0].json() == {"others": [there]}
    assert len(found) <= 8, said(found)
    assert AccessLog.objects.using("owner").count() == looked


def test_yesterday_is_forgotten(world: World, case: Case) -> None:
    is_at(world.worker, case)
    with clock.at(clock.now() + KEPT + timedelta(hours=1)):
        is_at(world.manager, case)
        with worker_login():
            assert jobs.forget_old() == 1
    assert [row.user_id for row in Presence.objects.using("owner").all()] == [world.manager.user_id]
