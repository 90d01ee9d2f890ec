"""The first assessment of a case begins with the last one of the same child in another, where its writer reads both."""

from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.commands import assessing
from backend.cases.models import Assessment, Case
from backend.children.models import Child
from backend.core.ids import uuid7
from tests import casework, edges
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing as case_in_assessment
from tests.cases.working import work

pytestmark = pytest.mark.django_db


def found_out(world: World, case: Case, **typed: Any) -> Assessment:
    """What was found out in a case."""
    begun = casework.assessment_of(case, world.worker, **typed)
    done: Assessment = edges.take("complete", begun.id, world.worker, noun="assessment")
    return done


def closed(world: World) -> tuple[Case, Assessment]:
    """A case that was assessed and has ended."""
    case = case_in_assessment(world)
    done = found_out(world, case)
    return work(world, "close", case, goes_on="Her school."), done


def again(world: World, case: Case, *, led_by: str = "city-early-help", to: Actor | None = None) -> Case:
    """Another case of the same child."""
    with acting(world.manager):
        child = Child.objects.get(pk=case.child_id)
    in_hand = world.opened(child, led_by=led_by, choice="new")
    manager = world.manager if led_by == "city-early-help" else actor(led_by, Role.MANAGER)
    return world.allocate(in_hand.id, manager, to or world.worker)


def begin(who: Actor, case: Case) -> dict[str, Any]:
    """An assessment that somebody begins, as they see it."""
    with acting(who):
        begun = assessing.start(who, case.id, assessment_id=uuid7())
    body: dict[str, Any] = browser_of(who).get(f"assessments/{begun.id}/").json()
    return body


def test_it_begins_with_the_words_of_the_closed_case_and_says_where_they_are_from(world: World) -> None:
    former, done = closed(world)
    case = again(world, former)
    body = begin(world.manager, case)
    assert body["answers"]["needs"]["value"] == done.needs
    assert (body["based_on"]["id"], body["based_on"]["from_case"]) == (str(done.id), former.reference)
    hints = {field["name"]: field["hint"] for field in body["form"]}
    assert f"in case {former.reference}" in hints["needs"]


def test_its_own_last_one_comes_before_that_of_another_case(world: World) -> None:
    former, _done = closed(world)
    case = again(world, former)
    own = found_out(world, case, needs="A key adult.")
    body = begin(world.worker, case)
    assert (body["based_on"]["id"], body["based_on"]["from_case"]) == (str(own.id), "")
    assert body["answers"]["needs"]["value"] == "A key adult."


def test_who_does_not_read_the_other_case_begins_with_nothing(world: World) -> None:
    former, _done = closed(world)
    worker = actor("youth-justice", Role.CASE_WORKER)
    body = begin(worker, again(world, former, led_by="youth-justice", to=worker))
    assert body["based_on"] is None
    assert body["answers"] == {}


def test_a_reader_of_this_case_alone_is_not_told_of_the_other(world: World) -> None:
    former, _done = closed(world)
    case = again(world, former)
    body = begin(world.manager, case)
    work(world, "reallocate", case, lead_practitioner_id=str(world.other_worker.user_id))
    seen = browser_of(world.other_worker).get(f"assessments/{body['id']}/")
    assert seen.status_code == 200
    assert seen.json()["based_on"] is None
    assert former.reference not in seen.content.decode()
    assert browser_of(world.other_worker).get(f"cases/{former.id}/").status_code == 404


def test_one_that_was_not_completed_is_no_beginning(world: World) -> None:
    former = case_in_assessment(world)
    casework.assessment_of(former, world.worker)
    case = again(world, work(world, "close", former, goes_on="Her school."))
    assert begin(world.manager, case)["based_on"] is None
