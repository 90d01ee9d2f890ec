"""Reporting a critical moment: anybody may, and the answer is the same whoever the child is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core import clock
from backend.moments.views import ReportThrottle
from tests.actors import bound_to, browser_of, membership, seen
from tests.casework import allocated, case_of
from tests.factories import every_role_in, manager, officer, referral_in

pytestmark = pytest.mark.django_db

URL = "critical-moments/"


def report(**more: Any) -> dict[str, Any]:
    """A report about a child nobody knows, unless the answers say otherwise."""
    return {
        "danger_now": False,
        "kind": "arrest",
        "happened_at": (clock.now() - timedelta(hours=2)).isoformat(),
        "given_name": "Nobody",
        "family_name": "Knows",
        "date_of_birth": "2011-05-06",
        "text": "Held at the custody suite with an older cousin.",
        **more,
    }


def police():
    return membership("city-police", Role.PRACTITIONER)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("role", AGENCY_ROLES)
def test_any_role_of_any_agency_may_report(role: Role) -> None:
    who = every_role_in("lantern-mentoring")[role]
    assert browser_of(who).post(URL, report()).status_code == 201


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("role", sorted(set(Role) - {*AGENCY_ROLES, Role.SYSTEM}))
def test_roles_without_children_may_not(role: Role) -> None:
    who = every_role_in("lantern-mentoring")[role]
    assert browser_of(who).post(URL, report()).status_code == 403


def test_a_known_child_and_an_unknown_one_answer_the_same_bytes_after_the_same_statements() -> None:
    known = referral_in("triage")
    case = case_of(referral_in("accepted"))
    allocated(case, to=manager())
    bound_to(officer().membership_id)
    child = known.about
    described = [
        report(given_name=child.given_name, family_name=child.family_name, date_of_birth=str(child.date_of_birth)),
        report(),
    ]
    browser, answers = browser_of(police()), []
    for body in described:
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(URL, body)
        assert answer.status_code == 201
        headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
        answers.append((answer.content, headers, _statements(captured)))
    assert answers[0] == answers[1]


def _statements(captured: CaptureQueriesContext) -> list[str]:
    return [one["sql"][:60] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]


def test_who_reported_reads_nothing_back() -> None:
    who = police()
    browser = browser_of(who)
    assert browser.post(URL, report()).status_code == 201
    bound_to(who.id)
    with connection.cursor() as cursor:
        # Another transaction would begin later than what was written in this one.
        cursor.execute("SELECT count(*) FROM moments_historicalcriticalmoment")
        assert cursor.fetchone()[0] == 0
    for path in (URL, "tasks/", "referrals/", "cases/"):
        answer = browser.get(path)
        assert answer.status_code == 405 or answer.json()["results"] == []


def test_the_same_key_is_one_report_and_another_body_is_refused() -> None:
    browser = browser_of(police())
    first = browser.post(URL, report(happened_at="2026-01-05T10:00:00Z"), key="one-key-for-this-report")
    again = browser.post(URL, report(happened_at="2026-01-05T10:00:00Z"), key="one-key-for-this-report")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    bound_to(police().id)
    assert len(seen("moments_criticalmoment")) == 1
    assert browser.post(URL, report(kind="missing"), key="one-key-for-this-report").status_code == 422
    assert browser.post(URL, report(), key=None).status_code == 400


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"danger_now": True}, "danger_called"),
        ({"kind": "party"}, "kind"),
        ({"happened_at": "2126-01-01T00:00:00Z"}, "happened_at"),
        ({"date_of_birth": "2126-01-01"}, "date_of_birth"),
        ({"nhs_number": "9990000019"}, "nhs_number"),
        ({"upn": "A123"}, "upn"),
        ({"given_name": ""}, "given_name"),
        ({"child_id": "x"}, "child_id"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong: dict[str, Any], field: str) -> None:
    answer = browser_of(police()).post(URL, report(**wrong))
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


def test_the_form_names_whom_to_call_first() -> None:
    form = browser_of(police()).get(f"{URL}form/").json()
    assert form["phones"][0] == {"label": "Emergency services", "number": "999"}
    assert [field["name"] for field in form["input"]][:3] == ["danger_now", "danger_called", "kind"]


def test_so_many_reports_an_hour_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReportThrottle, "rate", "2/hour", raising=False)
    browser = browser_of(membership("fire-service", Role.PRACTITIONER))
    assert [browser.post(URL, report()).status_code for _ in range(3)] == [201, 201, 429]
    assert browser.get(f"{URL}form/").status_code == 200


def test_a_report_costs_few_statements() -> None:
    browser = browser_of(police())
    with CaptureQueriesContext(connection) as captured:
        assert browser.post(URL, report()).status_code == 201
    assert len([one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 10
