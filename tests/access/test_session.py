"""Signing in, acting in one membership at a time, and how a session ends."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client

from backend.access.models import Session
from backend.access.sessions import SessionStore
from backend.agencies.models import Membership, User
from backend.agencies.roles import Role
from backend.core import clock
from tests.actors import Browser, browser_of, membership

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOGIN, SESSION = "/_allauth/browser/v1/auth/login", "/_allauth/browser/v1/auth/session"
PASSWORD = "correct horse battery staple"


def _teacher() -> Membership:
    return membership("oakfield-school", Role.PRACTITIONER)


def _with_password(row: Membership) -> User:
    row.user.set_password(PASSWORD)
    row.user.save(update_fields=["password"])
    return row.user


def _who(browser: Browser) -> dict[str, Any]:
    answer = browser.get("session/")
    assert answer.status_code == 200
    return answer.json()


def _key(browser: Browser) -> str:
    return browser.client.cookies[django_settings.SESSION_COOKIE_NAME].value


def test_a_browser_without_a_token_gets_one_by_asking_who_it_is() -> None:
    browser = Browser()
    _who(browser)
    assert browser.client.cookies[django_settings.CSRF_COOKIE_NAME].value


def test_nobody_is_told_so_and_whom_to_call() -> None:
    told = _who(Browser())
    assert told["signed_in"] is False
    assert told["person"] is told["membership"] is None
    assert told["navigation"] == told["memberships"] == []
    assert told["partnership"]["front_door"]["phone"]


def test_somebody_is_told_who_and_in_which_role() -> None:
    row = _teacher()
    told = _who(browser_of(row))
    assert told["signed_in"] is True
    assert told["person"] == {"id": str(row.user_id), "name": row.user.name}
    assert told["membership"]["agency"]["name"] == row.agency.name
    assert told["can_refer"] is True
    assert told["idle_minutes"] == 15


@pytest.mark.parametrize("role", [Role.PARTNERSHIP_ANALYST, Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR])
def test_a_role_without_children_finds_only_services_and_messages_in_the_menu(role: Role) -> None:
    row = Membership.objects.select_related("user", "agency").filter(role=role, ended_at=None)[0]
    told = _who(browser_of(row))
    # An administrator also keeps people, agencies and the rules that flag: none is about a child.
    kept = ["people", "agencies", "services", "rules"] if role is Role.SYSTEM_ADMINISTRATOR else ["services"]
    assert [place["name"] for place in told["navigation"]] == [*kept, "messages"]
    assert told["can_refer"] is False


# --- Password -----------------------------------------------------------------------------------------------


def test_a_password_signs_in_and_gives_a_membership_to_act_in() -> None:
    row = _teacher()
    user = _with_password(row)
    browser = Browser()
    assert browser.post(LOGIN, {"email": user.email, "password": PASSWORD}).status_code == 200
    told = _who(browser)
    assert told["signed_in"] is True
    assert told["membership"]["id"] == str(row.id)


def test_the_address_may_be_typed_in_capitals() -> None:
    user = _with_password(_teacher())
    browser = Browser()
    assert browser.post(LOGIN, {"email": user.email.upper(), "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("body", [{}, {"email": "x"}, {"email": "nobody@example.org", "password": PASSWORD}])
def test_a_wrong_sign_in_is_refused_in_the_same_words_for_known_and_unknown_people(body: dict[str, str]) -> None:
    user = _with_password(_teacher())
    unknown = Browser().post(LOGIN, {"email": "nobody@example.org", "password": "x" * 20})
    known = Browser().post(LOGIN, {"email": user.email, "password": "x" * 20})
    assert (unknown.status_code, unknown.json()["errors"]) == (known.status_code, known.json()["errors"])
    assert Browser().post(LOGIN, body).status_code == 400


def test_somebody_disabled_cannot_sign_in() -> None:
    user = _with_password(_teacher())
    user.is_active = False
    user.save(update_fields=["is_active"])
    browser = Browser()
    assert browser.post(LOGIN, {"email": user.email, "password": PASSWORD}).status_code >= 400
    assert _who(browser)["signed_in"] is False


def test_the_session_id_changes_at_sign_in() -> None:
    user = _with_password(_teacher())
    browser = Browser()
    fixed = signed_out_session()
    browser.client.cookies[django_settings.SESSION_COOKIE_NAME] = fixed
    browser.post(LOGIN, {"email": user.email, "password": PASSWORD})
    assert _key(browser) != fixed


def signed_out_session() -> str:
    """A session an attacker made and planted."""
    store = SessionStore()
    store["planted"] = True
    store.create()
    return str(store.session_key)


def test_nobody_can_sign_up() -> None:
    body = {"email": "new@example.org", "password": PASSWORD}
    assert Browser().post("/_allauth/browser/v1/auth/signup", body).status_code == 403
    assert not User.objects.filter(email="new@example.org").exists()


def test_signing_out_ends_the_session_in_the_database_too() -> None:
    browser = browser_of(_teacher())
    key = _key(browser)
    assert browser.send("DELETE", SESSION).status_code == 401
    assert not Session.objects.filter(session_key=key).exists()
    assert _who(browser)["signed_in"] is False


# --- Ends ---------------------------------------------------------------------------------------------------


def test_a_disabled_person_is_out_on_the_next_request() -> None:
    row = _teacher()
    browser = browser_of(row)
    assert browser.get("agencies/").status_code == 200
    row.user.is_active = False
    row.user.save(update_fields=["is_active"])
    assert browser.get("agencies/").status_code == 401
    assert _who(browser)["signed_in"] is False


def test_a_changed_password_ends_the_other_sessions() -> None:
    row = _teacher()
    browser = browser_of(row)
    _with_password(row)
    assert browser.get("agencies/").status_code == 401


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_ended_membership_does_nothing_on_the_next_request() -> None:
    row = _teacher()
    browser = browser_of(row)
    Membership.objects.using("owner").filter(pk=row.pk).update(ended_at=clock.now())
    answer = browser.get("agencies/")
    assert (answer.status_code, answer.json()["code"]) == (403, "no_membership")
    told = _who(browser)
    assert told["signed_in"] is True
    assert told["membership"] is None
    assert told["navigation"] == []


def test_a_quarter_of_an_hour_of_nothing_ends_the_session() -> None:
    with clock.at(MONDAY):
        browser = browser_of(_teacher())
    with clock.at(MONDAY + timedelta(minutes=14, seconds=50)):
        assert browser.get("agencies/").status_code == 200
    with clock.at(MONDAY + timedelta(minutes=29)):
        assert browser.get("agencies/").status_code == 200, "the idle time runs from the last request"
    with clock.at(MONDAY + timedelta(minutes=44, seconds=30)):
        assert browser.get("agencies/").status_code == 401


def test_ten_hours_end_the_session_however_busy() -> None:
    with clock.at(MONDAY):
        browser = browser_of(_teacher())
    minute = 0
    while minute < 10 * 60 - 10:
        minute += 10
        with clock.at(MONDAY + timedelta(minutes=minute)):
            assert browser.get("agencies/").status_code == 200
    with clock.at(MONDAY + timedelta(hours=10, seconds=30)):
        assert browser.get("agencies/").status_code == 401


def test_a_new_sign_in_has_ten_hours_of_its_own(settings: Any) -> None:
    settings.DEMO = True
    people = Browser().get("demo/people/").json()["results"]
    with clock.at(MONDAY):
        browser = Browser()
        browser.post("demo/sign-in/", {"membership_id": people[0]["id"]})
    Session.objects.filter(session_key=_key(browser)).update(started_at=MONDAY - timedelta(hours=9, minutes=59))
    with clock.at(MONDAY + timedelta(seconds=30)):
        browser.post("demo/sign-in/", {"membership_id": people[1]["id"]})
        assert _who(browser)["membership"]["id"] == people[1]["id"]
    with clock.at(MONDAY + timedelta(minutes=5)):
        assert _who(browser)["signed_in"] is True


# --- Roles --------------------------------------------------------------------------------------------------


def _with_two_hats() -> tuple[Membership, Membership]:
    mine = membership("oakfield-school", Role.MANAGER)
    other = Membership.objects.select_related("user", "agency").get(user=mine.user, agency__slug="lantern-mentoring")
    return mine, other


def test_switching_the_role_acts_for_the_other_agency_under_a_new_session_id() -> None:
    mine, other = _with_two_hats()
    browser = browser_of(mine)
    before = _key(browser)
    answer = browser.post("session/membership/", {"membership_id": other.id})
    assert answer.status_code == 200
    assert answer.json()["membership"]["id"] == str(other.id)
    assert _key(browser) != before
    assert not Session.objects.filter(session_key=before).exists()
    assert _who(browser)["membership"]["agency"]["name"] == other.agency.name


def test_switching_does_not_prolong_the_session() -> None:
    mine, other = _with_two_hats()
    with clock.at(MONDAY):
        browser = browser_of(mine)
    with clock.at(MONDAY + timedelta(minutes=10)):
        browser.post("session/membership/", {"membership_id": other.id})
    assert Session.objects.get(session_key=_key(browser)).started_at == MONDAY


@pytest.mark.parametrize("wanted", ["somebody else's", "none"])
def test_a_membership_that_is_not_ones_own_cannot_be_acted_in(wanted: str) -> None:
    mine, _ = _with_two_hats()
    browser = browser_of(mine)
    pk = _teacher().id if wanted == "somebody else's" else uuid4()
    answer = browser.post("session/membership/", {"membership_id": pk})
    assert answer.status_code == 404
    assert _who(browser)["membership"]["id"] == str(mine.id)


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
    answer = browser_of(_teacher()).post("session/membership/", body)
    assert answer.status_code == 400
    assert answer.json()["fields"]


# --- Demo ---------------------------------------------------------------------------------------------------


def test_outside_the_demo_there_are_no_demo_people_and_no_demo_sign_in() -> None:
    there_is_nothing = Browser().get("no/such/thing/")
    for answer in (
        Browser().get("demo/people/"),
        Browser().post("demo/sign-in/", {"membership_id": _teacher().id}),
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
    assert _who(browser)["person"]["name"] == people[0]["name"]


def test_in_the_demo_nobody_but_a_demo_person_signs_in_with_one_click(settings: Any) -> None:
    settings.DEMO = True
    people = {person["id"] for person in Browser().get("demo/people/").json()["results"]}
    other = next(str(pk) for pk in Membership.objects.values_list("id", flat=True) if str(pk) not in people)
    assert Browser().post("demo/sign-in/", {"membership_id": other}).status_code == 404


# --- Forged requests ----------------------------------------------------------------------------------------


def test_a_write_without_the_csrf_token_is_refused() -> None:
    browser = browser_of(_teacher())
    strict = Browser(Client(enforce_csrf_checks=True, raise_request_exception=False))
    strict.client.cookies = browser.client.cookies
    answer = strict.post("referrals/", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_cookies_of_a_session_are_closed_to_scripts_and_other_sites() -> None:
    row = _teacher()
    user = _with_password(row)
    browser = Browser()
    browser.post(LOGIN, {"email": user.email, "password": PASSWORD})
    cookie = browser.client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["max-age"], "it goes with the browser"
