"""Changing the role of a session, the sign-in of the demonstration, and requests that somebody forged."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client
from structlog.testing import capture_logs

from backend.access.models import Session
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.core import clock
from tests.access.signing_in import LOGIN, MONDAY, PASSWORD, a_teacher, session_key, stale, who_is_in, with_password
from tests.actors import Browser, browser_of, membership
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def _with_two_hats() -> tuple[Membership, Membership]:
    mine = membership("oakfield-school", Role.MANAGER)
    other = Membership.objects.select_related("user", "agency").get(user=mine.user, agency__slug="lantern-mentoring")
    return mine, other


def test_switching_the_role_acts_for_the_other_agency_under_a_new_session_id() -> None:
    mine, other = _with_two_hats()
    browser = browser_of(mine)
    before = session_key(browser)
    answer = browser.post("session/membership/", {"membership_id": other.id})
    assert answer.status_code == 200
    assert answer.json()["membership"]["id"] == str(other.id)
    assert session_key(browser) != before
    assert not Session.objects.filter(session_key=before).exists()
    assert who_is_in(browser)["membership"]["agency"]["name"] == other.agency.name


def test_a_page_that_was_opened_in_another_role_is_told_and_does_nothing() -> None:
    mine, other = _with_two_hats()
    browser = browser_of(mine)
    opened_as = {"HTTP_ACTING_AS": str(mine.id)}
    assert browser.client.get("/api/v1/referrals/", **opened_as).status_code == 200
    browser.post("session/membership/", {"membership_id": other.id})
    answer = browser.client.get("/api/v1/referrals/", **opened_as)
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_role")
    assert other.agency.name in answer.json()["reasons"][0]
    asked = browser.client.get("/api/v1/session/", **opened_as)
    assert asked.json()["membership"]["id"] == str(other.id), "it may ask who it is by now"
    browser.post("session/membership/", {"membership_id": mine.id})
    assert browser.client.get("/api/v1/referrals/", **opened_as).status_code == 200


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE, Role.PRACTITIONER])
def test_a_role_that_looks_after_others_asks_for_a_fresh_sign_in(role: Role) -> None:
    mine, _other = _with_two_hats()
    new = MembershipFactory(user=mine.user, agency=mine.agency, role=role)
    browser = stale(mine)
    answer = browser.post("session/membership/", {"membership_id": new.id})
    asks = role is not Role.PRACTITIONER
    assert (answer.status_code, who_is_in(browser)["membership"]["id"] == str(new.id)) == (
        (401, False) if asks else (200, True)
    )
    if asks:
        assert answer.json()["code"] == "fresh_sign_in"
        assert browser_of(mine).post("session/membership/", {"membership_id": new.id}).status_code == 200


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_changing_the_role_is_a_line_of_the_log_and_a_row_of_who_did_what() -> None:
    mine, other = _with_two_hats()
    browser = browser_of(mine)
    with capture_logs() as lines:
        browser.post("session/membership/", {"membership_id": other.id})
    row = AccessLog.objects.using("owner").filter(label="session.switch").latest("id")
    assert (row.user_id, row.membership_id, row.status, row.child_ids) == (mine.user_id, other.id, 200, [])
    [line] = [one for one in lines if one["event"] == "changed role"]
    assert (line["person"], line["before"], line["membership"]) == (str(mine.user_id), str(mine.id), str(other.id))


def test_switching_does_not_prolong_the_session() -> None:
    mine, other = _with_two_hats()
    with clock.at(MONDAY):
        browser = browser_of(mine)
    with clock.at(MONDAY + timedelta(minutes=10)):
        browser.post("session/membership/", {"membership_id": other.id})
    assert Session.objects.get(session_key=session_key(browser)).started_at == MONDAY


@pytest.mark.parametrize("wanted", ["somebody else's", "none"])
def test_a_membership_that_is_not_ones_own_cannot_be_acted_in(wanted: str) -> None:
    mine, _ = _with_two_hats()
    browser = browser_of(mine)
    pk = a_teacher().id if wanted == "somebody else's" else uuid4()
    answer = browser.post("session/membership/", {"membership_id": pk})
    assert answer.status_code == 404
    assert who_is_in(browser)["membership"]["id"] == str(mine.id)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_ended_membership_cannot_be_switched_to() -> None:
    mine, other = _with_two_hats()
    Membership.objects.using("owner").filter(pk=other.pk).update(ended_at=clock.now())
    browser = browser_of(mine)
    assert browser.post("session/membership/", {"membership_id": other.id}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"membership_id": "x"},
        {"membership_id": None},
        {"membership_id": "0198c0de-0000-7000-8000-000000000000", "role": "manager"},
    ],
)
def test_a_switch_that_says_nothing_sensible_is_refused(body: dict[str, Any]) -> None:
    answer = browser_of(a_teacher()).post("session/membership/", body)
    assert answer.status_code == 400
    assert answer.json()["fields"]


# --- Demo ---------------------------------------------------------------------------------------------------


def test_outside_the_demo_there_are_no_demo_people_and_no_demo_sign_in() -> None:
    there_is_nothing = Browser().get("no/such/thing/")
    for answer in (
        Browser().get("demo/people/"),
        Browser().post("demo/sign-in/", {"membership_id": a_teacher().id}),
        Browser().post("demo/sign-in/", {}),
    ):
        assert answer.status_code == 404
        assert answer.content == there_is_nothing.content


def test_in_the_demo_one_click_signs_in(settings: Any) -> None:
    settings.DEMO = True
    people = Browser().get("demo/people/").json()["results"]
    assert {person["role_label"] for person in people} >= {"Practitioner", "Triage officer", "Manager"}
    browser = Browser()
    answer = browser.post("demo/sign-in/", {"membership_id": people[0]["id"]})
    assert answer.status_code == 200
    assert answer.json()["membership"]["id"] == people[0]["id"]
    assert who_is_in(browser)["person"]["name"] == people[0]["name"]


def test_in_the_demo_nobody_but_a_demo_person_signs_in_with_one_click(settings: Any) -> None:
    settings.DEMO = True
    people = {person["id"] for person in Browser().get("demo/people/").json()["results"]}
    other = next(str(pk) for pk in Membership.objects.values_list("id", flat=True) if str(pk) not in people)
    assert Browser().post("demo/sign-in/", {"membership_id": other}).status_code == 404


# --- Forged requests ----------------------------------------------------------------------------------------


def test_a_write_without_the_csrf_token_is_refused() -> None:
    browser = browser_of(a_teacher())
    strict = Browser(Client(enforce_csrf_checks=True, raise_request_exception=False))
    strict.client.cookies = browser.client.cookies
    answer = strict.post("referrals/", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_cookies_of_a_session_are_closed_to_scripts_and_other_sites() -> None:
    row = a_teacher()
    user = with_password(row)
    browser = Browser()
    browser.post(LOGIN, {"email": user.email, "password": PASSWORD})
    cookie = browser.client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["max-age"], "it goes with the browser"
