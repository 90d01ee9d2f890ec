"""People of one's own agency through the API: who may, what is refused, and giving a caseload away."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.binding import acting_as_system
from backend.access.models import Conflict
from backend.agencies.models import Membership, Team
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core.ids import uuid7
from tests.actors import Browser, actor, browser_of
from tests.administration.leading import administrator, led_by, manager, worker
from tests.factories import officer
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NEW = {
    "email": "New.Worker@made-up.example",
    "name": "Mx New Worker",
    "role": "case_worker",
    "job_title": "Family worker",
}


def end(browser: Browser, pk: Any, **given: Any) -> Any:
    return browser.post(f"people/{pk}/end/", given)


def test_a_manager_adds_changes_and_ends_somebody() -> None:
    browser = browser_of(manager())
    made = browser.post("people/", NEW, key="one-key-for-this-person")
    assert made.status_code == 201, made.content
    again = browser.post("people/", NEW, key="one-key-for-this-person")
    assert (again.status_code, again.json()["id"]) == (201, made.json()["id"])
    person = made.json()
    assert (person["email"], person["role_label"]) == ("new.worker@made-up.example", "Case worker")
    assert person["id"] in {row["id"] for row in browser.get("people/?page_size=100").json()["results"]}
    team = Team.objects.filter(agency_id=manager().agency_id).order_by("name")[0]
    changed = browser.post(
        f"people/{person['id']}/change/", {"role": "case_worker", "team_id": str(team.id), "job_title": "Lead"}
    )
    assert (changed.json()["team"], changed.json()["id"]) == (team.name, person["id"])
    other = browser.post(f"people/{person['id']}/change/", {"role": "practitioner"})
    assert other.status_code == 200, other.content
    assert other.json()["id"] != person["id"]
    assert Membership.objects.get(pk=person["id"]).ended_at is not None
    assert end(browser, other.json()["id"]).json()["ended_at"] is not None
    assert end(browser, other.json()["id"]).status_code == 409
    left = {row["id"] for row in browser.get("people/?view=left&page_size=100").json()["results"]}
    assert left >= {person["id"], other.json()["id"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "system"},
        {"role": "king"},
        {"email": "nobody"},
        {"name": ""},
        {"agency_id": str(uuid7())},
        {"name": "\u202eevil"},
    ],
)
def test_what_is_wrong_is_refused_at_its_field(wrong: dict[str, str]) -> None:
    answer = browser_of(manager()).post("people/", {**NEW, **wrong})
    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == set(wrong)


def test_another_agencys_team_cannot_be_given() -> None:
    team = Team.objects.exclude(agency_id=manager().agency_id).order_by("name")[0]
    assert browser_of(manager()).post("people/", {**NEW, "team_id": str(team.id)}).status_code == 409


def test_an_administrator_cannot_give_themself_a_role_with_children() -> None:
    who = administrator()
    browser = browser_of(who)
    assert browser.post(f"people/{who.membership_id}/change/", {"role": "manager"}).status_code == 409
    email = browser.get(f"people/{who.membership_id}/").json()["email"]
    assert browser.post("people/", {**NEW, "email": email, "role": "triage_officer"}).status_code == 409
    assert browser.post("people/", {**NEW, "role": "triage_officer"}).status_code == 201


def test_others_people_are_not_there_and_others_may_not_look() -> None:
    stranger = actor("front-door", Role.MANAGER)
    for path in ("", "change/", "end/", "caseload/"):
        address = f"people/{worker().membership_id}/{path}"
        for browser in (browser_of(stranger), browser_of(actor("brightwater", Role.MANAGER))):
            answer = (
                browser.post(address, {"role": "manager"} if path == "change/" else {})
                if path
                else browser.get(address)
            )
            if path == "caseload/":
                answer = browser.get(address)
            assert answer.status_code == 404, (path, answer.content)
        for nobody in (worker(), officer()):
            answer = (
                browser_of(nobody).get(address) if path in ("", "caseload/") else browser_of(nobody).post(address, {})
            )
            assert answer.status_code in (400, 403)
    assert browser_of(worker()).get("people/").status_code == 403
    assert browser_of(administrator()).get(f"people/{officer().membership_id}/caseload/").status_code == 403


def test_the_preview_says_what_passes_to_whom() -> None:
    who = worker()
    led_by(who)
    shown = browser_of(manager(1)).get(f"people/{who.membership_id}/").json()
    assert {what: number for what, number in shown["held"].items() if number} == {"cases": 1}
    assert manager().name in shown["passes_to"]
    assert (shown["is_last_manager"], shown["may_reassign"]) == (False, True)
    boss = browser_of(actor("youth-justice", Role.MANAGER))
    last = boss.get(f"people/{actor('youth-justice', Role.MANAGER).membership_id}/").json()
    assert last["is_last_manager"] is True
    assert last["successors"]


def test_a_caseload_is_given_to_several_at_once_or_not_at_all() -> None:
    who, boss = worker(), manager()
    cases = [led_by(who) for _ in range(3)]
    browser = browser_of(boss)
    assert end(browser, who.membership_id).status_code == 200
    load = browser.get(f"people/{who.membership_id}/caseload/").json()
    assert {row["id"] for row in load["cases"]} == {str(case.id) for case in cases}
    assert (load["has_left"], all(row["is_minded"] for row in load["cases"])) == (True, True)
    first, second = worker(), worker(1)
    assert {str(first.user_id), str(second.user_id)} <= {person["id"] for person in load["people"]}
    versions = {row["id"]: row["version"] for row in load["cases"]}

    def body(**change: Any) -> dict[str, Any]:
        to = [first, second, first]
        choices = [
            {"case_id": str(case.id), "version": versions[str(case.id)], "lead_practitioner_id": str(one.user_id)}
            for case, one in zip(cases, to, strict=True)
        ]
        choices[-1] |= change
        return {"choices": choices, "reason_code": "LEFTRL", "handover_note": "She likes football."}

    address = f"people/{who.membership_id}/caseload/"
    refused = browser.post(address, body(version=0))
    assert refused.status_code == 409
    assert refused.json()["reasons"][0].startswith(cases[-1].reference)
    assert browser.post(address, body(lead_practitioner_id=str(officer().user_id))).status_code == 409
    assert browser.post(address, body(case_id=str(uuid7()))).status_code == 404
    with worker_login(), acting_as_system(job="test"):
        assert set(Case.objects.values_list("minded_for_id", flat=True)) == {who.user_id}, "all or none"
    done = browser.post(address, body())
    assert (done.status_code, done.json()) == (200, {"moved": 3})
    with worker_login(), acting_as_system(job="test"):
        found = dict(Case.objects.values_list("id", "lead_practitioner_id"))
        assert [found[case.id] for case in cases] == [first.user_id, second.user_id, first.user_id]
        assert not Case.objects.filter(minded_for_id__isnull=False).exists()
    assert browser.get(address).json()["cases"] == []


def test_somebody_with_a_conflict_is_no_choice() -> None:
    who, other = worker(), worker(1)
    case = led_by(who)
    Conflict.objects.using("owner").create(id=uuid7(), user_id=other.user_id, child_id=case.child_id)
    [row] = browser_of(manager()).get(f"people/{who.membership_id}/caseload/").json()["cases"]
    assert row["unsuitable"] == [str(other.user_id)]


def test_pages_cost_few_statements() -> None:
    who = worker()
    for _ in range(2):
        led_by(who)
    browser = browser_of(manager())
    for path, most in (
        ("people/", 8),
        (f"people/{who.membership_id}/", 15),
        (f"people/{who.membership_id}/caseload/", 15),
    ):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        said = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(said) <= most, said


def test_people_come_a_page_at_a_time_in_the_order_of_their_names() -> None:
    browser, path, found = browser_of(manager()), "people/?page_size=2", []
    whole = [row["id"] for row in browser.get("people/").json()["results"]]
    cursor = None
    while cursor != "":
        page = browser.get(f"{path}&cursor={cursor}" if cursor else path)
        assert page.status_code == 200, page.content
        found += [row["id"] for row in page.json()["results"]]
        cursor = page.json()["next"] or ""
    assert len(whole) > 2
    assert found == whole
