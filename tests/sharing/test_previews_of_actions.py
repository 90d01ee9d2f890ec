"""Before an action is given to another agency: the preview is what its owner then reads, and nothing of the case."""

from datetime import time, timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.cases.models import Action
from backend.cases.serializers.previewing import action_sections
from backend.core import clock
from backend.deadlines.calendar import at_local
from backend.sharing.models import Disclosure
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, today
from tests.edges import BASIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return World()


def _body(owner: Any, **more: Any) -> dict[str, Any]:
    told = {"text": "Sit with Amina at lunch.", "due_on": today().isoformat(), "not_for_family": False}
    return {"owner": str(owner.membership_id), **told, **BASIS, **more}


def test_an_action_shows_its_owner_the_action_and_changes_nothing(world: World) -> None:
    case = assessing(world)
    browser, body = browser_of(world.worker), _body(world.teacher)
    answer = browser.post(f"cases/{case.id}/actions/preview/", body, key=None)
    assert answer.status_code == 200, answer.content
    [seen] = answer.json()["agencies"]
    assert (seen["agency"], seen["who"]) == (world.teacher.agency_name, world.teacher.name)
    with acting(world.worker):
        assert not Action.objects.filter(root_id=case.id).exists()
        assert not Disclosure.objects.filter(root_id=case.id, to_agency_id=world.teacher.agency_id).exists()
    made = browser.post(f"cases/{case.id}/actions/", body).json()
    read = browser_of(world.teacher).get(f"actions/{made['id']}/").json()
    assert read["record_url"] is None
    with acting(world.teacher):
        given = Action.objects.get(pk=made["id"])
    assert seen["sections"] == action_sections({**read, "due_on": given.due_on})
    labels = {one["label"]: one["value"] for one in seen["sections"][0]["answers"]}
    assert labels["What will be done"] == body["text"]
    assert labels["Case"] == read["reference"]


def test_in_the_evening_something_can_still_be_asked_for_today(world: World) -> None:
    evening = at_local(today() + timedelta(days=1), time(21, 30))
    with clock.at(evening):
        case = assessing(world)
        made = browser_of(world.worker).post(f"cases/{case.id}/actions/", _body(world.worker))
    assert made.status_code == 201, made.content


def test_giving_it_to_somebody_else_shows_them_the_same(world: World) -> None:
    case = assessing(world)
    browser = browser_of(world.worker)
    made = browser.post(f"cases/{case.id}/actions/", _body(world.worker)).json()
    body = {"owner": str(world.teacher.membership_id), "version": made["version"], **BASIS}
    answer = browser.post(f"actions/{made['id']}/reassign/preview/", body, key=None)
    assert answer.status_code == 200, answer.content
    [seen] = answer.json()["agencies"]
    assert seen["who"] == world.teacher.name
    assert "Sit with Amina at lunch." in str(seen["sections"])
    with acting(world.worker):
        assert Action.objects.get(pk=made["id"]).owner_id == world.worker.user_id


def test_a_colleague_needs_no_preview_and_what_does_not_fit_is_refused_as_by_the_act_itself(world: World) -> None:
    case = assessing(world)
    browser = browser_of(world.worker)
    path = f"cases/{case.id}/actions/preview/"
    assert browser.post(path, _body(world.worker), key=None).json() == {"agencies": []}
    assert browser.post(path, _body(world.teacher, article6=""), key=None).status_code == 400
    assert browser_of(world.teacher).post(path, _body(world.teacher), key=None).status_code == 404
    assert browser_of(world.stranger).post(path, _body(world.teacher), key=None).status_code == 404


def test_the_form_says_where_to_look(world: World) -> None:
    case = assessing(world)
    options = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()["options"]
    [adds] = [one for one in options if one["name"] == "add_action"]
    assert adds["preview_url"] == f"/api/v1/cases/{case.id}/actions/preview/"
