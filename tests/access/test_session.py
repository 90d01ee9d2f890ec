"""Signing in, acting in one membership at a time, and how a session ends."""

import json
from datetime import timedelta
from typing import Any

import pytest
import structlog
from django.conf import settings as django_settings
from django.core.cache import cache

from backend.access.models import Session
from backend.access.sessions import SessionStore
from backend.agencies.models import Membership, User
from backend.agencies.roles import Role
from backend.core import clock
from tests.access.second_factor import AUTH, code, password_only, sign_in, with_app
from tests.access.signing_in import LOGIN, MONDAY, PASSWORD, SESSION, a_teacher, session_key, who_is_in, with_password
from tests.actors import Browser, browser_of

pytestmark = pytest.mark.django_db


def test_a_browser_without_a_token_gets_one_by_asking_who_it_is() -> None:
    browser = Browser()
    who_is_in(browser)
    assert browser.client.cookies[django_settings.CSRF_COOKIE_NAME].value


def test_nobody_is_told_so_and_whom_to_call() -> None:
    told = who_is_in(Browser())
    assert told["signed_in"] is False
    assert told["person"] is told["membership"] is None
    assert told["navigation"] == told["memberships"] == []
    assert told["partnership"]["front_door"]["phone"]


def test_somebody_is_told_who_and_in_which_role() -> None:
    row = a_teacher()
    told = who_is_in(browser_of(row))
    assert told["signed_in"] is True
    assert told["person"] == {"id": str(row.user_id), "name": row.user.name}
    assert told["membership"]["agency"]["name"] == row.agency.name
    assert told["can_refer"] is True
    assert told["idle_minutes"] == 15


@pytest.mark.parametrize("role", [Role.PARTNERSHIP_ANALYST, Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR])
def test_a_role_without_children_finds_only_services_and_messages_in_the_menu(role: Role) -> None:
    row = Membership.objects.select_related("user", "agency").filter(role=role, ended_at=None)[0]
    told = who_is_in(browser_of(row))
    # An administrator also keeps people, agencies and the configuration: none is about a child. Who governs information
    # reads who looked at one, and nothing of it.
    kept = {
        Role.SYSTEM_ADMINISTRATOR: ["people", "agencies", "services", "confirmations", "configurations"],
        Role.INFORMATION_GOVERNANCE: [
            "break-glass",
            "unusual",
            "looks",
            "shares",
            "subject-requests",
            "retention",
            "exports",
            "sealing",
            "services",
            "confirmations",
        ],
        Role.PARTNERSHIP_ANALYST: ["needs", "voice", "published", "reports", "services", "configurations"],
    }
    assert [place["name"] for place in told["navigation"]] == [*kept.get(role, ["services"]), "messages"]
    assert told["can_refer"] is False


# --- Password -----------------------------------------------------------------------------------------------


def test_a_password_signs_in_and_gives_a_membership_to_act_in() -> None:
    row = a_teacher()
    browser = Browser()
    sign_in(browser, with_app(with_password(row)))
    told = who_is_in(browser)
    assert told["signed_in"] is True
    assert told["membership"]["id"] == str(row.id)


def test_the_address_may_be_typed_in_capitals() -> None:
    user = with_password(a_teacher())
    browser = Browser()
    assert browser.post(LOGIN, {"email": user.email.upper(), "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("body", [{}, {"email": "x"}, {"email": "nobody@example.org", "password": PASSWORD}])
def test_a_wrong_sign_in_is_refused_in_the_same_words_for_known_and_unknown_people(body: dict[str, str]) -> None:
    user = with_password(a_teacher())
    unknown = Browser().post(LOGIN, {"email": "nobody@example.org", "password": "x" * 20})
    known = Browser().post(LOGIN, {"email": user.email, "password": "x" * 20})
    assert (unknown.status_code, unknown.json()["errors"]) == (known.status_code, known.json()["errors"])
    assert Browser().post(LOGIN, body).status_code == 400


def test_somebody_disabled_cannot_sign_in() -> None:
    user = with_password(a_teacher())
    user.is_active = False
    user.save(update_fields=["is_active"])
    browser = Browser()
    assert browser.post(LOGIN, {"email": user.email, "password": PASSWORD}).status_code >= 400
    assert who_is_in(browser)["signed_in"] is False


def test_the_session_id_changes_at_sign_in() -> None:
    user = with_password(a_teacher())
    browser = Browser()
    fixed = signed_out_session()
    browser.client.cookies[django_settings.SESSION_COOKIE_NAME] = fixed
    browser.post(LOGIN, {"email": user.email, "password": PASSWORD})
    assert session_key(browser) != fixed


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
    browser = browser_of(a_teacher())
    key = session_key(browser)
    assert browser.send("DELETE", SESSION).status_code == 401
    assert not Session.objects.filter(session_key=key).exists()
    assert who_is_in(browser)["signed_in"] is False


# --- Ends ---------------------------------------------------------------------------------------------------


def test_a_disabled_person_is_out_on_the_next_request() -> None:
    row = a_teacher()
    browser = browser_of(row)
    assert browser.get("agencies/").status_code == 200
    row.user.is_active = False
    row.user.save(update_fields=["is_active"])
    assert browser.get("agencies/").status_code == 401
    assert who_is_in(browser)["signed_in"] is False


def test_a_changed_password_ends_the_other_sessions() -> None:
    row = a_teacher()
    browser = browser_of(row)
    with_password(row)
    assert browser.get("agencies/").status_code == 401


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_ended_membership_does_nothing_on_the_next_request() -> None:
    row = a_teacher()
    browser = browser_of(row)
    Membership.objects.using("owner").filter(pk=row.pk).update(ended_at=clock.now())
    answer = browser.get("agencies/")
    assert (answer.status_code, answer.json()["code"]) == (403, "no_membership")
    told = who_is_in(browser)
    assert told["signed_in"] is True
    assert told["membership"] is None
    assert told["navigation"] == []


def test_a_quarter_of_an_hour_of_nothing_ends_the_session() -> None:
    with clock.at(MONDAY):
        browser = browser_of(a_teacher())
    with clock.at(MONDAY + timedelta(minutes=14, seconds=50)):
        assert browser.get("agencies/").status_code == 200
    with clock.at(MONDAY + timedelta(minutes=29)):
        assert browser.get("agencies/").status_code == 200, "the idle time runs from the last request"
    with clock.at(MONDAY + timedelta(minutes=44, seconds=30)):
        assert browser.get("agencies/").status_code == 401


def test_ten_hours_end_the_session_however_busy() -> None:
    with clock.at(MONDAY):
        browser = browser_of(a_teacher())
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
    Session.objects.filter(session_key=session_key(browser)).update(started_at=MONDAY - timedelta(hours=9, minutes=59))
    with clock.at(MONDAY + timedelta(seconds=30)):
        browser.post("demo/sign-in/", {"membership_id": people[1]["id"]})
        assert who_is_in(browser)["membership"]["id"] == people[1]["id"]
    with clock.at(MONDAY + timedelta(minutes=5)):
        assert who_is_in(browser)["signed_in"] is True


# --- What is sent to the addresses of signing in -----------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"email":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json", 400),
        (b'{"email": "a@example.org", "email": "b@example.org"}', "application/json", 400),
        (b'{"email": "a\\u0000@example.org", "password": "x"}', "application/json", 400),
        (b'{"email": NaN}', "application/json", 400),
        (b"[]", "application/json", 400),
        (b"email=a", "application/x-www-form-urlencoded", 415),
        (b'{"email": "a@example.org"}', "application/json; charset=utf-16", 415),
        (b'{"email": "' + b"a" * 1_000_000 + b'"}', "application/json", 413),
        (b'{"email": "' + b"a" * 2_000_000 + b'"}', "application/json", 413),
    ],
)
def test_signing_in_reads_as_strictly_as_everything_else(body: bytes, content_type: str, status: int) -> None:
    answer = Browser().send("POST", LOGIN, body, **{"Content-Type": content_type})
    assert answer.status_code == status, answer.content[:200]
    assert answer.json()["reasons"]


def test_each_sign_in_and_each_failed_try_leaves_a_line_with_the_way_and_no_name() -> None:
    cache.clear()
    user, browser = with_app(with_password(a_teacher())), Browser()
    with structlog.testing.capture_logs() as lines:
        password_only(browser, user, "not the right one at all")
        browser.post(LOGIN, {"email": "nobody@example.org", "password": PASSWORD})
        password_only(browser, user)
        browser.post(f"{AUTH}/2fa/authenticate", {"code": "000000"})
        browser.post(f"{AUTH}/2fa/authenticate", {"code": code()})
        browser.send("DELETE", SESSION)
    said = [(line["event"], line["person"], line.get("way") or line.get("ways")) for line in lines if "person" in line]
    mine = str(user.pk)
    assert said == [
        ("sign-in refused", mine, "password"),
        ("sign-in refused", None, "password"),
        ("sign-in refused", mine, "totp"),
        ("signed in", mine, ["password", "totp"]),
        ("signed out", mine, None),
    ]
    written = json.dumps(lines, default=str)
    assert user.email not in written
    assert user.name not in written
    assert PASSWORD not in written
