"""What a panel decided becomes an action of the plan: by hand, once, with its words, its day and its agency."""

from typing import Any

import pytest

from backend.cases.models import Action
from backend.core import clock
from backend.deadlines.calendar import local
from backend.panels.models import PanelDecision, PanelItem
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing
from tests.edges import BASIS
from tests.panels import made

pytestmark = pytest.mark.django_db
WORDS = "Keep a place in the Friday group."
ITEM = 15


def decided(world: World, *, owner: Any = None) -> PanelItem:
    """A case about which a panel has decided that an agency does something: its own, or another one."""
    panel = made.soon()
    item = made.invited(made.on_agenda(assessing(world), world.worker, panel), world.worker)
    due_on = local(clock.now()).date().replace(month=12, day=20)
    given = {"owner": str(owner or world.worker.agency_id), "due_on": due_on.isoformat()}
    with made.at_the_meeting(panel):
        made.lead("hold", panel)
        made.go("decide", item, made.chair(), text=WORDS, **given)
    return item


def page(item: PanelItem, who: Any) -> dict[str, Any]:
    return dict(browser_of(who).get(f"panel-items/{item.id}/").json())


def form(item: PanelItem, who: Any) -> dict[str, dict[str, Any]]:
    """The fields of the form, by name; none where it is not offered."""
    asked = [one["input"] for one in page(item, who)["options"] if one["name"] == "put_in_plan"]
    return {field["name"]: field for fields in asked for field in fields}


def put(item: PanelItem, who: Any, **given: Any) -> Any:
    [decision] = made.rows(PanelDecision, made.chair(), root_id=item.id)
    return browser_of(who).post(f"panel-items/{item.id}/plan/", {"decision": str(decision.id), **given})


def test_one_press_makes_an_action_with_the_words_and_the_day_that_the_item_and_the_action_lead_to(
    world: World,
) -> None:
    item = decided(world)
    asked = form(item, world.worker)
    assert asked["owner"]["value"] == str(world.worker.membership_id)
    answer = put(item, world.worker, owner=asked["owner"]["value"])
    assert answer.status_code == 201, answer.content
    [action] = made.rows(Action, world.worker, root_id=item.case_id)
    [decision] = made.rows(PanelDecision, made.chair(), root_id=item.id)
    assert (action.text, action.due_on, action.owner_id) == (WORDS, decision.due_on, world.worker.user_id)
    [shown] = answer.json()["decisions"]
    assert (shown["action_url"], shown["action_state_label"]) == (f"/actions/{action.id}", Action.LABELS[Action.OPEN])
    back = browser_of(world.worker).get(f"actions/{action.id}/").json()
    assert back["panels_url"] == f"/cases/{item.case_id}/panels"


def test_it_is_put_there_once(world: World) -> None:
    item = decided(world)
    owner = form(item, world.worker)["owner"]["value"]
    put(item, world.worker, owner=owner)
    assert form(item, world.worker) == {}
    again = put(item, world.manager, owner=owner)
    assert (again.status_code, again.json()["code"]) == (409, "already_open")
    [action] = made.rows(Action, world.worker, root_id=item.case_id)
    assert again.json()["existing"]["url"] == f"/actions/{action.id}"


def test_only_who_writes_the_plan_may(world: World) -> None:
    item = decided(world)
    owner = form(item, world.worker)["owner"]["value"]
    assert form(item, world.manager)
    for other, status in ((made.chair(), 403), (made.nurse(), 403), (world.stranger, 404)):
        assert put(item, other, owner=owner).status_code == status
    assert form(item, made.chair()) == form(item, made.nurse()) == {}


def test_what_another_agency_does_is_done_by_somebody_of_it_and_shared_on_a_basis(world: World) -> None:
    item = decided(world, owner=made.nurse().agency_id)
    offered = {one["group"] for one in form(item, world.worker)["owner"]["choices"]}
    assert offered == {made.nurse().agency_name}
    nurse = next(
        one["value"] for one in form(item, world.worker)["owner"]["choices"] if one["label"] == made.nurse().name
    )
    assert put(item, world.worker, owner=nurse).status_code == 400
    answer = put(item, world.worker, owner=nurse, **BASIS)
    assert answer.status_code == 201, answer.content
    [action] = made.rows(Action, world.worker, root_id=item.case_id)
    assert action.owner_id == made.nurse().user_id
    assert browser_of(made.nurse()).get(f"actions/{action.id}/").json()["panels_url"] is None


def test_nobody_else_does_what_the_panel_gave_to_an_agency(world: World) -> None:
    item = decided(world, owner=made.nurse().agency_id)
    refused = put(item, world.worker, owner=str(world.worker.membership_id))
    assert refused.status_code == 400
    assert f"The panel gave this to {made.nurse().agency_name}." in refused.json()["reasons"][0]


def test_a_decision_with_nothing_to_do_is_not_put_there(world: World) -> None:
    panel = made.soon()
    item = made.on_agenda(assessing(world), world.worker, panel)
    with made.at_the_meeting(panel):
        made.lead("hold", panel)
        made.go("decide", item, made.chair(), owner=None, due_on=None)
    assert form(item, world.worker) == {}
    assert put(item, world.worker, owner=str(item.id)).status_code == 400


def test_who_is_to_do_it_reads_the_action_and_no_more(world: World) -> None:
    item = decided(world, owner=made.nurse().agency_id)
    [decision] = made.rows(PanelDecision, made.chair(), root_id=item.id)
    choices = form(item, world.worker)["owner"]["choices"]
    body = {"decision": str(decision.id), "owner": choices[0]["value"], **BASIS}
    answer = browser_of(world.worker).post(f"panel-items/{item.id}/plan/preview/", body)
    assert answer.status_code == 200, answer.content
    [read] = answer.json()["agencies"]
    assert read["agency"] == made.nurse().agency_name
    assert WORDS in str(read["sections"])
    assert made.QUESTION not in str(read["sections"])
    assert made.rows(Action, world.worker, root_id=item.case_id) == []


def test_the_page_of_an_item_costs_no_more_for_it(world: World) -> None:
    item = decided(world)
    browser = browser_of(world.worker)
    found = statements(lambda: browser.get(f"panel-items/{item.id}/"))
    assert len(found) <= ITEM, said(found)
