"""Somebody leaves who has forty cases: what it costs grows with what they had and no faster, and nothing is dropped."""

from collections import Counter
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict as Barred
from backend.access.models import Involvement
from backend.administration.commands.leaving import end_membership
from backend.cases.models import Action, Case, Task
from backend.core.ids import uuid7
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.administration.leading import as_system, caseload_of, given_by, led_by, manager, worker
from tests.administration.many import many_cases
from tests.api.counting import said, statements
from tests.casework import action_of, task_about

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FORTY = 40
# What one case may cost more: an edge has 25, and each case is given by its own.
MOVING_ONE, MINDING_ONE, AROUND = 30, 12, 60


def moves(load: dict[str, Any], *receivers: Actor) -> dict[str, Any]:
    """Every case of a caseload, one after the other to each of these."""
    choices = [
        {
            "case_id": row["id"],
            "version": row["version"],
            "lead_practitioner_id": str(receivers[n % len(receivers)].user_id),
        }
        for n, row in enumerate(load["cases"])
    ]
    return {"choices": choices, "reason_code": "LEFTRL", "handover_note": "Each child knows."}


def test_the_preview_costs_the_same_for_one_case_and_for_forty() -> None:
    one, many = worker(), worker(1)
    led_by(one)
    many_cases(many, FORTY)
    browser = browser_of(manager())
    for path in ("people/{}/", "people/{}/caseload/"):
        costs = []
        for who in (one, many):
            browser.get(path.format(who.membership_id))
            costs.append(statements(lambda who=who, path=path: browser.get(path.format(who.membership_id))))
        assert len(costs[0]) == len(costs[1]) <= 15, said(costs[1])
    assert len(browser.get(caseload_of(many)).json()["cases"]) == FORTY


def test_forty_cases_go_to_several_people_under_one_confirmation() -> None:
    who, first, second = worker(), worker(1), manager(1)
    many_cases(who, FORTY)
    browser = browser_of(manager())
    load = browser.get(caseload_of(who)).json()
    costs = {}
    for number, part in ((1, load["cases"][:1]), (FORTY - 1, load["cases"][1:])):
        body = moves({"cases": part}, first, second)
        found: list[Any] = []
        costs[number] = statements(lambda body=body, found=found: found.append(browser.post(caseload_of(who), body)))
        assert found[0].status_code == 200, found[0].content
        assert found[0].json() == {"moved": number}
    assert len(costs[FORTY - 1]) <= AROUND + MOVING_ONE * FORTY, said(costs[FORTY - 1][:80])
    leads = Counter(case.lead_practitioner_id for case in as_system(Case))
    assert leads == {first.user_id: FORTY // 2 + 1, second.user_id: FORTY // 2 - 1}
    assert not as_system(Case, lead_practitioner_id=who.user_id)
    for receiver, number in leads.items():
        working = Involvement.objects.filter(user_id=receiver, relation="WORKER", ends_at=None)
        assert working.count() == number, "each reads what they lead"


def test_one_receiver_who_may_not_have_one_of_forty_moves_none_and_says_which() -> None:
    who, first, second = worker(), worker(1), manager(1)
    cases = many_cases(who, FORTY)
    browser = browser_of(manager())
    body = moves(browser.get(caseload_of(who)).json(), first, second)
    hers = next(one for one in body["choices"] if one["lead_practitioner_id"] == str(first.user_id))
    case = next(one for one in cases if str(one.id) == hers["case_id"])
    Barred.objects.using("owner").create(id=uuid7(), user_id=first.user_id, child_id=case.child_id)
    [row] = [row for row in browser.get(caseload_of(who)).json()["cases"] if row["id"] == str(case.id)]
    assert row["unsuitable"] == [str(first.user_id)], "the page offers her for all the others"
    refused = browser.post(caseload_of(who), body)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
    [reason] = refused.json()["reasons"]
    assert reason.startswith(case.reference)
    assert len(as_system(Case, lead_practitioner_id=who.user_id)) == FORTY, "all of them or none"
    hers["lead_practitioner_id"] = str(second.user_id)
    assert browser.post(caseload_of(who), body).json() == {"moved": FORTY}


def test_they_leave_at_once_with_all_they_had_and_none_of_it_is_nobodys() -> None:
    who = worker()
    cases = many_cases(who, FORTY)
    others = [led_by(worker(1)) for _ in range(3)]
    tasks = [task_about(case, who, by=manager()) for case in others]
    actions = [action_of(case, worker(1), who) for case in others]
    services = [given_by(who) for _ in range(3)]
    Barred.objects.using("owner").create(id=uuid7(), user_id=manager().user_id, child_id=cases[7].child_id)
    held = browser_of(manager()).get(f"people/{who.membership_id}/").json()["held"]
    assert {what: number for what, number in held.items() if number} == {
        "cases": FORTY,
        "tasks": 3,
        "actions": 3,
        "services": 3,
    }
    with acting(manager(1)):
        cost = statements(lambda: end_membership(manager(1), who.membership_id))
    assert len(cost) <= AROUND + MINDING_ONE * (FORTY + 9), said(cost[:80])
    assert Counter(one.lead_practitioner_id for one in as_system(Case, minded_for_id=who.user_id)) == {
        manager().user_id: FORTY - 1,
        manager(1).user_id: 1,
    }
    boss = {manager().user_id}
    assert {
        one.owner_id
        for model, rows in ((Task, tasks), (Action, actions))
        for one in as_system(model, id__in=[row.id for row in rows])
    } == boss
    managers = {manager().user_id, manager(1).user_id}
    assert {one.worker_id for one in as_system(Intervention, id__in=[row.id for row in services])} <= managers
    told = {one.audience["user_id"]: one.fields["amount"] for one in as_system(Outbox, message="work_passed_on")}
    assert set(told) == {str(pk) for pk in managers}
    assert "39 cases" in told[str(manager().user_id)]
