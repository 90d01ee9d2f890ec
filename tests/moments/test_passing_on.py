"""Passing a critical moment on: to the lead practitioner, else the lead manager, else the front door; never lost."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.db import connections

from backend.access.binding import acting_as_system
from backend.access.models import Conflict
from backend.agencies.roles import Role
from backend.cases.models import Case, Task
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from backend.moments.commands import passing_on
from backend.moments.models import CriticalMoment
from backend.notifications.models import Outbox
from backend.referrals.models import Referral, Statement
from backend.sharing.models import Disclosure
from tests.actors import actor, browser_of, membership
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import agency_id, manager, officer, referral_in, second_manager, with_two
from tests.moments.test_reporting import report
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)
CHILD = {"child_given_name": "Amara", "child_family_name": "Okafor", "child_date_of_birth": "2012-03-27"}
SAME = {"given_name": "Amara", "family_name": "Okafor", "date_of_birth": "2012-03-27"}


@pytest.fixture(autouse=True)
def at_a_fixed_time():
    with clock.at(TUESDAY):
        yield


def led_case(**answers: Any) -> Case:
    """A case at the front door that waits for a lead practitioner."""
    referral = referral_in("triage", **{**CHILD, "child_nhs_number": None, "child_upn": None, **answers})
    return case_of(take("accept", referral.id, officer(), lead_agency=agency_id("front-door")))


def reported(**more: Any) -> None:
    who = membership("city-police", Role.PRACTITIONER)
    answer = browser_of(who).post("critical-moments/", report(**{**SAME, **more}))
    assert answer.status_code == 201, answer.content


def passed_on() -> CriticalMoment:
    with worker_login():
        assert passing_on.pass_on_all() == 1
        assert passing_on.pass_on_all() == 0
        with acting_as_system(job="test"):
            return CriticalMoment.objects.select_related("agency").latest("id")


def test_the_lead_practitioner_has_it_the_same_day() -> None:
    worker = manager()
    case = allocated(led_case(), to=worker)
    reported(contact_rule="do_not_contact", contact_note="Ring the grandmother.")
    moment = passed_on()
    assert (moment.root_id, moment.child_id) == (case.id, case.child_id)
    browser = browser_of(worker)
    [task] = browser.get("tasks/").json()["results"]
    assert (task["owner"], task["reference"], task["kind_label"]) == (
        worker.name,
        case.reference,
        "Speak to the child after a critical moment",
    )
    assert task["record_url"] == f"/cases/{case.id}"
    for part in ("Arrested", "custody suite", "Do not contact at home", "Ring the grandmother", "City Police"):
        assert part in task["text"]
    assert task["due_at"] == "2026-11-24T17:00:00+00:00"
    assert [option["name"] for option in task["options"]] == ["complete", "cancel"]
    with worker_login(), acting_as_system(job="test"):
        told = Outbox.objects.get(message="task_given")
        assert (told.audience, told.urgent) == ({"user_id": str(worker.user_id)}, True)
        assert "Amara" not in str(told.fields)
        assert Disclosure.objects.filter(root_id=case.id, what="A critical moment").count() == 1
    done = browser.post(
        f"tasks/{task['id']}/complete/", {"version": task["version"], "outcome": "We spoke in the car park."}
    )
    assert done.status_code == 200, done.content
    assert done.json()["state"] == "done"
    assert browser.get("tasks/").json()["results"] == []
    with worker_login(), acting_as_system(job="test"):
        assert Deadline.objects.get(root_id=task["id"]).state == "met"


def test_without_a_lead_practitioner_the_lead_manager_has_it() -> None:
    case = led_case()
    reported()
    passed_on()
    with worker_login(), acting_as_system(job="test"):
        task = Task.objects.get(root_id=case.id)
        assert task.owner_id == manager().user_id or task.owner_id == actor("front-door", Role.MANAGER, nth=1).user_id


def test_a_lead_practitioner_with_a_conflict_never_reads_it() -> None:
    case = allocated(led_case(), to=manager())
    Conflict.objects.using("owner").create(id=uuid7(), user_id=manager().user_id, child_id=case.child_id)
    reported()
    passed_on()
    with worker_login(), acting_as_system(job="test"):
        assert Task.objects.get(root_id=case.id).owner_id == actor("front-door", Role.MANAGER, nth=1).user_id
    assert browser_of(manager()).get("tasks/").json()["results"] == []


def test_a_child_without_a_case_is_a_referral_at_the_front_door_that_the_reporter_never_sees() -> None:
    referral_in("triage", **CHILD, child_nhs_number=None, child_upn=None)
    reported(kind="threat_to_life")
    moment = passed_on()
    who = membership("city-police", Role.PRACTITIONER)
    assert browser_of(who).get("referrals/").json()["results"] == []
    assert browser_of(who).get(f"referrals/{moment.root_id}/").status_code == 404
    shown = browser_of(officer()).get(f"referrals/{moment.root_id}/")
    assert shown.status_code == 200
    assert (shown.json()["state"], shown.json()["is_urgent"]) == ("submitted", True)
    assert {one["kind"] for one in shown.json()["clocks"]} == {"acknowledge", "reach_child", "decide", "total_age"}
    with worker_login(), acting_as_system(job="test"):
        said = Statement.objects.get(root_id=moment.root_id)
        assert (said.basis, said.told_by) == ("told", "Kerry Dunmore, City Police") or "City Police" in said.told_by
        told = Outbox.objects.filter(root_id=moment.root_id)
        assert {one.audience.get("agency_id") for one in told} == {agency_id("front-door")}
        assert not any(str(who.user_id) in str(one.audience) for one in told)
    # From there on it is a referral like any other.
    taken = take("start_triage", moment.root_id, officer())
    assert taken.state == Referral.TRIAGE


def test_a_call_about_danger_starts_the_written_follow_up() -> None:
    reported(danger_now=True, danger_called="999, at ten, PC Green", given_name="Someone")
    moment = passed_on()
    shown = browser_of(officer()).get(f"referrals/{moment.root_id}/").json()
    assert "written_follow_up" in {one["kind"] for one in shown["clocks"]}


@pytest.mark.parametrize(
    "other",
    [
        {"given_name": "Zahra"},
        {"date_of_birth": "2010-01-01"},
        {"given_name": "Amara", "family_name": "", "date_of_birth": None},
    ],
)
def test_a_child_who_is_not_certain_goes_to_the_front_door(other: dict[str, Any]) -> None:
    """A twin, another birthday, half a name: an officer looks first, no worker of another child reads it."""
    case = allocated(led_case(), to=manager())
    reported(**other)
    assert passed_on().root_id != case.id


def test_two_children_of_one_name_and_birthday_with_a_case_each_are_for_an_officer() -> None:
    first, second = led_case(child_postcode="B99 1AA"), led_case(child_postcode="B99 9ZZ")
    assert first.id != second.id
    reported()
    assert passed_on().root_id not in (first.id, second.id)


def test_a_report_that_could_not_be_passed_on_waits_and_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    reported(given_name="First")
    reported(given_name="Second")
    real = passing_on.pass_on

    def fails_once(who, moment):
        if moment.given_name == "First":
            raise ValueError("nobody is there")
        real(who, moment)

    monkeypatch.setattr(passing_on, "pass_on", fails_once)
    with worker_login():
        assert passing_on.pass_on_all() == 1
        monkeypatch.setattr(passing_on, "pass_on", real)
        assert passing_on.pass_on_all() == 1


def test_a_paused_case_goes_on() -> None:
    case = allocated(led_case(), to=manager())
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """UPDATE cases_case SET state = 'paused', paused_from = 'engaging', pause_reason = 'child_away',
                      look_again_on = current_date + 7 WHERE id = %s""",
            [case.id],
        )
    reported()
    passed_on()
    with worker_login(), acting_as_system(job="test"):
        assert Case.objects.get(pk=case.id).state == Case.ENGAGING


def test_only_the_owner_and_the_cases_people_see_a_task() -> None:
    case = allocated(led_case(), to=manager())
    reported()
    passed_on()
    with worker_login(), acting_as_system(job="test"):
        task = Task.objects.get(root_id=case.id)
    for who in (officer(), actor("youth-justice", Role.MANAGER), actor("city-police", Role.MANAGER)):
        assert browser_of(who).get(f"tasks/{task.id}/").status_code == 404
    assert browser_of(actor("front-door", Role.MANAGER, nth=1)).get(f"tasks/{task.id}/").status_code == 200


def test_the_front_door_without_anybody_keeps_the_report_waiting() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE agencies_membership SET ended_at = now() WHERE role = 'manager'")
    reported()
    with worker_login():
        assert passing_on.pass_on_all() == 0


def test_after_a_death_nobody_is_sent_to_the_family() -> None:
    case = led_case()
    today = TUESDAY.date().isoformat()
    with_two(
        partial(take, noun="case"), "record_death", case.id, manager(), confirmed_by=second_manager(), died_on=today
    )
    referrals = Referral.objects.using("owner").count()
    reported()
    moment = passed_on()
    assert moment.root_id == case.id
    assert Referral.objects.using("owner").count() == referrals
    assert not Task.objects.using("owner").exists()
    told = Outbox.objects.using("owner").filter(message="case_report_after_death")
    assert {row.audience["user_id"] for row in told} == {str(manager().user_id), str(second_manager().user_id)}
