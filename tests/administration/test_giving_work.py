"""The tasks, actions and services of a leaver go to several people, with their cases or without, all or nothing."""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict as Barred
from backend.access.models import Named
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Action, Case, Task
from backend.core.ids import uuid7
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.access.honest_rows import event
from tests.actors import Browser, actor, browser_of
from tests.administration.leading import as_system, caseload_of, given_by, led_by, manager, worker
from tests.administration.many import many_cases
from tests.api.counting import said, statements
from tests.casework import action_of, task_about
from tests.edges import take
from tests.factories import REFERRER

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHY = {"reason_code": "LEFTRL", "handover_note": "Each child knows."}
# What one more task, action or service may cost, and what is around them; a service goes by its own edge.
GIVING_ONE, AROUND = 15, 60


def work_of(who: Actor) -> tuple[Case, Task, Action, Intervention]:
    """One of each, for children whose cases somebody else leads."""
    case = led_by(worker(1))
    return case, task_about(case, who, by=manager()), action_of(case, worker(1), who), given_by(who)


def given(load: dict[str, Any], *receivers: Actor) -> list[dict[str, Any]]:
    return [
        {
            "kind": row["kind"],
            "id": row["id"],
            "version": row["version"],
            "to_id": str(receivers[n % len(receivers)].user_id),
        }
        for n, row in enumerate(load["pieces"])
    ]


def owners(task: Task, action: Action, target: Intervention) -> list[Any]:
    [task], [action] = as_system(Task, id=task.id), as_system(Action, id=action.id)
    [target] = as_system(Intervention, id=target.id)
    return [task.owner_id, action.owner_id, target.worker_id]


def end(browser: Browser, who: Actor) -> None:
    assert browser.post(f"people/{who.membership_id}/end/", {}).status_code == 200


@pytest.mark.parametrize("has_left", [False, True])
def test_each_goes_to_who_was_chosen_before_somebody_leaves_and_after(has_left: bool) -> None:
    who, first, second = worker(), worker(1), manager(1)
    case, task, action, target = work_of(who)
    browser = browser_of(manager())
    if has_left:
        end(browser, who)
    load = browser.get(caseload_of(who)).json()
    assert [row["kind"] for row in load["pieces"]] == ["task", "action", "service"]
    assert {row["is_minded"] for row in load["pieces"]} == {has_left}
    done = browser.post(caseload_of(who), {"pieces": given(load, first, second)})
    assert (done.status_code, done.json()) == (200, {"moved": 3}), done.content
    assert owners(task, action, target) == [first.user_id, second.user_id, first.user_id]
    assert browser.get(caseload_of(who)).json()["pieces"] == [], "nothing is minded any more"
    told = {one.message: one.audience["user_id"] for one in as_system(Outbox) if one.message.endswith("_given")}
    assert told["task_given"] == told["intervention_given"] == str(first.user_id)
    assert told["action_given"] == str(second.user_id)
    assert len(as_system(Event, root_id=case.id, verb="task.pass_on")) == 1 + has_left


def test_with_the_cases_under_one_confirmation_or_nothing_at_all() -> None:
    who, first, second = worker(), worker(1), manager(1)
    mine = led_by(who)
    _case, task, action, target = work_of(who)
    browser = browser_of(manager())
    load = browser.get(caseload_of(who)).json()
    [row] = load["cases"]
    case = {"case_id": row["id"], "version": row["version"], "lead_practitioner_id": str(second.user_id)}
    body = {"choices": [case], "pieces": given(load, first), **WHY}
    body["pieces"][1]["version"] -= 1
    refused = browser.post(caseload_of(who), body)
    assert refused.status_code == 409
    assert refused.json()["reasons"] == [
        f"{action.case_reference}: Somebody has changed this since you opened it. Look at it again."
    ]
    assert owners(task, action, target) == [who.user_id] * 3
    assert as_system(Case, id=mine.id)[0].lead_practitioner_id == who.user_id, "all or nothing"
    body["pieces"][1]["version"] += 1
    assert browser.post(caseload_of(who), body).json() == {"moved": 4}
    assert as_system(Case, id=mine.id)[0].lead_practitioner_id == second.user_id


def test_a_conflict_and_a_seal_are_said_before_and_refused_with_a_sentence() -> None:
    who, near, unnamed = worker(), worker(1), manager(1)
    case, task, action, target = work_of(who)
    Barred.objects.using("owner").create(id=uuid7(), user_id=near.user_id, child_id=case.child_id)
    for one in (who, manager()):
        Named.objects.using("owner").create(id=uuid7(), user_id=one.user_id, child_id=target.child_id)
    browser = browser_of(manager())
    load = browser.get(caseload_of(who)).json()
    rows = {row["kind"]: row for row in load["pieces"]}
    for kind in ("task", "action"):
        assert str(near.user_id) in rows[kind]["unsuitable"]
        assert f"{near.name} has a conflict of interest with this family." in rows[kind]["why_not"]
        assert rows[kind]["proposed_id"] != str(near.user_id)
    assert f"{unnamed.name} is not named on this sealed record." in rows["service"]["why_not"]
    refused = browser.post(caseload_of(who), {"pieces": given(load, near, near, unnamed)})
    assert refused.status_code == 409
    assert sorted(refused.json()["reasons"]) == sorted(
        [
            f"{task.reference}: {near.name} cannot work with this family. Choose somebody else.",
            f"{action.case_reference}: {near.name} cannot work with this family. Choose somebody else.",
            f"{target.case_reference}: {unnamed.name} is not named on this sealed record. Choose somebody who is.",
        ]
    )
    assert owners(task, action, target) == [who.user_id] * 3


def test_only_what_that_person_has_and_only_to_people_of_the_agency() -> None:
    who, other = worker(), worker(1)
    _case, task, _action, _target = work_of(who)
    browser = browser_of(manager())
    load = browser.get(caseload_of(who)).json()
    pieces = given(load, other)[:1]
    assert browser.post(caseload_of(other), {"pieces": pieces}).status_code == 404
    assert browser.post(caseload_of(who), {"pieces": [{**pieces[0], "id": str(uuid7())}]}).status_code == 404
    assert browser.post(caseload_of(who), {"pieces": [{**pieces[0], "kind": "action"}]}).status_code == 404
    stranger = actor("front-door", Role.MANAGER)
    refused = browser.post(caseload_of(who), {"pieces": [{**pieces[0], "to_id": str(stranger.user_id)}]})
    assert refused.status_code == 409
    assert refused.json()["reasons"] == [f"{task.reference}: Choose somebody who works for your agency now."]
    assert browser_of(stranger).post(caseload_of(who), {"pieces": pieces}).status_code == 404
    assert browser_of(worker()).post(caseload_of(who), {"pieces": pieces}).status_code == 403
    assert browser.post(caseload_of(who), {}).status_code == 400
    assert browser.post(caseload_of(who), {"pieces": pieces * 2}).status_code == 400


def test_a_case_changes_hands_for_a_reason_and_with_a_note() -> None:
    who = worker()
    led_by(who)
    browser = browser_of(manager())
    [row] = browser.get(caseload_of(who)).json()["cases"]
    choice = {"case_id": row["id"], "version": row["version"], "lead_practitioner_id": str(worker(1).user_id)}
    answer = browser.post(caseload_of(who), {"choices": [choice]})
    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"reason_code", "handover_note"}


def test_an_action_for_a_case_of_another_agency_is_given_on_by_the_owners_manager() -> None:
    """Their manager does not read that case, and still answers for what their people have to do there."""
    who, lead, boss = actor(REFERRER, Role.PRACTITIONER), worker(), actor(REFERRER, Role.MANAGER)
    action = action_of(led_by(lead), lead, who)
    browser = browser_of(boss)
    load = browser.get(caseload_of(who)).json()
    assert [row["id"] for row in load["pieces"]] == [str(action.id)]
    assert browser.post(caseload_of(who), {"pieces": given(load, boss)}).json() == {"moved": 1}
    [action] = as_system(Action, id=action.id)
    assert action.owner_id == boss.user_id
    assert browser_of(boss).get(f"cases/{action.root_id}/").status_code == 404, "and nothing of the case is opened"


def test_an_owners_manager_may_write_where_they_have_something_to_do_and_reads_nothing_there() -> None:
    who, lead, boss = actor(REFERRER, Role.PRACTITIONER), worker(), actor(REFERRER, Role.MANAGER)
    case = led_by(lead)
    assert may(boss, case) == (False, False), "before there is anything to do"
    action = action_of(case, lead, who)
    assert may(boss, case) == (True, False)
    assert may(actor("brightwater", Role.MANAGER), case) == (False, False)
    assert may(actor(REFERRER, Role.PRACTITIONER), case) == (True, False)
    take("complete", action.id, who, noun="action")
    assert may(boss, case) == (False, False), "and no longer than that"


def test_a_manager_who_is_too_close_or_unnamed_writes_nothing_there() -> None:
    who, lead, boss = actor(REFERRER, Role.PRACTITIONER), worker(), actor(REFERRER, Role.MANAGER)
    near, sealed = led_by(lead), led_by(lead)
    for case in (near, sealed):
        action_of(case, lead, who)
        assert may(boss, case) == (True, False)
    Barred.objects.using("owner").create(id=uuid7(), user_id=boss.user_id, child_id=near.child_id)
    Named.objects.using("owner").create(id=uuid7(), user_id=lead.user_id, child_id=sealed.child_id)
    assert may(boss, near) == may(boss, sealed) == (False, False)


def test_what_a_manager_writes_there_is_in_their_own_name() -> None:
    who, lead, boss = actor(REFERRER, Role.PRACTITIONER), worker(), actor(REFERRER, Role.MANAGER)
    case = led_by(lead)
    action_of(case, lead, who)
    row = {**event(boss), "root_id": case.id, "child_id": case.child_id}
    with acting(boss):
        Event.objects.create(id=uuid7(), **row)
    for lie in ({"actor_user_id": who.user_id}, {"actor_name": who.name}, {"role": "practitioner"}):
        with pytest.raises(DatabaseError, match="row-level security"), acting(boss):
            Event.objects.create(id=uuid7(), **{**row, **lie})


def may(who: Actor, case: Case) -> tuple[bool, bool]:
    """Whether somebody may write at a case, and whether they read it; row security alone is asked."""
    with acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT app.writes_at(%s), app.reads_root(%s)", [case.id] * 2)
        found: tuple[bool, bool] = cursor.fetchone()
        return found


def test_receivers_are_weighed_and_a_spread_is_proposed_at_a_bounded_cost() -> None:
    who = worker()
    many_cases(who, 40)
    others = [led_by(worker(1)) for _ in range(20)]
    for case in others:
        task_about(case, who, by=manager())
        action_of(case, worker(1), who)
    browser = browser_of(manager())
    browser.get(caseload_of(who))
    found: list[Any] = []
    cost = statements(lambda: found.append(browser.get(caseload_of(who)).json()))
    assert len(cost) <= 15, said(cost)
    load = found[0]
    assert who.name not in {person["name"] for person in load["people"]}
    assert {person["name"]: person["weight"] for person in load["people"]}[worker(1).name] >= 20
    assert all(row["proposed_id"] for row in (*load["cases"], *load["pieces"]))
    body = {"pieces": given(load, worker(1), manager(1))}
    assert len(body["pieces"]) == 40
    cost = statements(lambda: found.append(browser.post(caseload_of(who), body)))
    assert found[1].json() == {"moved": 40}, found[1].content
    assert len(cost) <= AROUND + GIVING_ONE * 40, said(cost[:80])
