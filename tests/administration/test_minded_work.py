"""What somebody had in hand and a colleague only minds is on the list of exceptions until it is given to somebody."""

from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.models import Conflict as Barred
from backend.agencies.roles import Role
from backend.core.ids import uuid7
from tests.actors import actor, browser_of
from tests.administration.leading import caseload_of, given_by, led_by, manager, worker
from tests.casework import action_of, task_about
from tests.factories import REFERRER

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def minded(by: Actor) -> list[dict[str, Any]]:
    """The list, which has as many rows as its number says."""
    browser = browser_of(by)
    [number] = [one["count"] for one in browser.get("exceptions/").json()["kinds"] if one["kind"] == "minded_work"]
    found: list[dict[str, Any]] = browser.get("exceptions/list/?kind=minded_work").json()["results"]
    assert len(found) == number
    return found


def leave(who: Actor, boss: Actor) -> None:
    assert browser_of(boss).post(f"people/{who.membership_id}/end/", {}).status_code == 200


def test_every_manager_sees_it_until_it_is_given_and_each_row_leads_to_where_that_is_done() -> None:
    who, case = worker(), led_by(worker(1))
    task_about(case, who, by=manager())
    task_about(case, who, by=manager())
    action_of(case, worker(1), who)
    given_by(who)
    assert minded(manager()) == [], "it is theirs: nobody minds it"
    leave(who, manager())
    [row] = minded(manager(1))
    assert row["title"] == f"{who.name}: 2 tasks, 1 action of a plan, 1 service for a child"
    assert row["url"] == f"/people/{who.membership_id}/reassign"
    assert row["since"]
    load = browser_of(manager(1)).get(caseload_of(who)).json()
    assert row["due_at"] == min(one["due_at"] for one in load["pieces"] if one["due_at"])
    pieces = [
        {**{key: one[key] for key in ("kind", "id", "version")}, "to_id": str(worker(1).user_id)}
        for one in load["pieces"]
    ]
    assert browser_of(manager(1)).post(caseload_of(who), {"pieces": pieces[1:]}).status_code == 200
    [row] = minded(manager())
    assert row["title"] == f"{who.name}: 1 task"
    browser_of(manager(1)).post(caseload_of(who), {"pieces": pieces[:1]})
    assert minded(manager()) == []


def test_what_somebody_is_too_close_to_is_minded_and_not_shown_to_a_manager_who_is_too() -> None:
    who, lead, boss = actor(REFERRER, Role.PRACTITIONER), worker(), actor(REFERRER, Role.MANAGER)
    action = action_of(led_by(lead), lead, who)
    leave(who, boss)
    [row] = minded(boss)
    assert row["title"] == f"{who.name}: 1 action of a plan"
    Barred.objects.using("owner").create(id=uuid7(), user_id=boss.user_id, child_id=action.child_id)
    assert minded(boss) == []


def test_nobody_elses_is_on_it() -> None:
    who, case = worker(), led_by(worker(1))
    task_about(case, who, by=manager())
    leave(who, manager())
    assert minded(actor(REFERRER, Role.MANAGER)) == []
