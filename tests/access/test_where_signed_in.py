"""Where somebody is signed in, ending it from elsewhere, what they are told, and tries that keep nobody else out.

Source: access.md, Signing in.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from backend.access.security import device_of
from tests.access.second_factor import password_only, sign_in, with_app
from tests.access.signing_in import PASSWORD, a_teacher, session_key, stale, who_is_in, with_password
from tests.access.test_second_factor import told
from tests.actors import Browser, browser_of
from tests.administration.leading import manager
from tests.factories import officer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CHANGE = "/_allauth/browser/v1/account/password/change"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"


@pytest.fixture(autouse=True)
def _no_tries_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def at(address: str) -> Browser:
    """A browser at an address of its own."""
    return Browser(Client(raise_request_exception=False, REMOTE_ADDR=address))


# --- Sessions -----------------------------------------------------------------------------------------------


def test_one_sees_where_one_is_signed_in_and_ends_what_is_open_elsewhere() -> None:
    row = a_teacher()
    here, there, third = browser_of(row), browser_of(row), browser_of(row)
    shown = here.get("session/security/")
    rows = shown.json()["sessions"]
    assert [one["is_this"] for one in rows].count(True) == 1
    assert len(rows) == 3
    assert {one["agency"] for one in rows} == {row.agency.name}
    for browser in (here, there, third):
        assert session_key(browser) not in shown.content.decode()
    other = next(one["id"] for one in rows if not one["is_this"])
    left = here.post("session/others/end/", {"id": other}).json()["sessions"]
    assert len(left) == 2
    assert sorted(browser.get("agencies/").status_code for browser in (there, third)) == [200, 401]
    assert len(here.post("session/others/end/", {}).json()["sessions"]) == 1
    assert [browser.get("agencies/").status_code for browser in (here, there, third)] == [200, 401, 401]


def test_ending_what_is_open_elsewhere_asks_who_is_there() -> None:
    row = a_teacher()
    here, there = stale(row), browser_of(row)
    answer = here.post("session/others/end/", {})
    assert (answer.status_code, answer.json()["code"]) == (401, "fresh_sign_in")
    assert there.get("agencies/").status_code == 200


def test_nobody_sees_or_ends_anybody_elses() -> None:
    theirs, mine = browser_of(officer()), browser_of(a_teacher())
    key = theirs.get("session/security/").json()["sessions"][0]["id"]
    assert key not in mine.get("session/security/").content.decode()
    assert mine.post("session/others/end/", {"id": key}).status_code == 404
    assert theirs.get("agencies/").status_code == 200
    for path in ("session/security/", "session/new-app/"):
        assert Browser().get(path).status_code == 401
    assert Browser().post("session/others/end/", {}).status_code == 401


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [(FIREFOX, "Firefox on Windows"), (SAFARI, "Safari on iPhone"), ("curl/8", "A browser"), ("", "A browser")],
)
def test_a_device_is_called_what_people_call_it(user_agent: str, words: str) -> None:
    assert device_of(user_agent) == words


# --- Told ---------------------------------------------------------------------------------------------------


def test_a_new_device_is_told_of_once() -> None:
    user, browser = with_app(with_password(a_teacher())), Browser()
    sign_in(browser, user)
    assert told(user).count("sign_in_device") == 1
    browser.send("DELETE", "/_allauth/browser/v1/auth/session")
    sign_in(browser, user, step=1)
    assert told(user).count("sign_in_device") == 1
    assert browser.get("session/security/").json()["sessions"][0]["device"] == "A browser"


def test_another_password_is_told_of_and_ends_the_other_sessions() -> None:
    row = a_teacher()
    user, browser = with_app(with_password(row)), Browser()
    other = browser_of(row)
    sign_in(browser, user)
    given = {"current_password": PASSWORD, "new_password": "four words nobody joins"}
    assert browser.post(CHANGE, given).status_code == 200
    assert told(user)[-1] == "sign_in_password"
    assert who_is_in(browser)["signed_in"] is True
    assert other.get("agencies/").status_code == 401


def test_nobody_changes_the_address_by_which_they_are_known() -> None:
    for path in ("email", "phone"):
        answer = browser_of(a_teacher()).post(
            f"/_allauth/browser/v1/account/{path}", {"email": "other@made-up.example"}
        )
        assert answer.status_code == 404


def test_whoever_is_given_a_role_is_told() -> None:
    new = {"email": "mx.new@made-up.example", "name": "Mx New", "role": "case_worker", "job_title": ""}
    assert browser_of(manager()).post("people/", new).status_code == 201
    user = with_password(a_teacher().__class__.objects.select_related("user").get(user__email=new["email"]))
    assert told(user) == ["role_added"]


# --- Tries --------------------------------------------------------------------------------------------------


def tries(browser: Browser, user: Any, count: int) -> list[str]:
    """The codes of the refusals of so many wrong passwords."""
    answers = [password_only(browser, user, "not the right password") for _ in range(count)]
    return [answer.json()["errors"][0]["code"] for answer in answers]


def test_whoever_tries_too_often_waits_and_keeps_nobody_else_out() -> None:
    user = with_app(with_password(a_teacher()))
    assert tries(at("192.0.2.1"), user, 6)[-1] == "too_many_login_attempts"
    # The right password does not help there, and is as good as ever at another address.
    assert password_only(at("192.0.2.1"), user).status_code == 400
    assert password_only(at("192.0.2.2"), user).status_code == 401


def test_a_browser_one_has_signed_in_in_is_not_kept_out_by_its_neighbours() -> None:
    user, own = with_app(with_password(a_teacher())), at("192.0.2.1")
    sign_in(own, user)
    own.send("DELETE", "/_allauth/browser/v1/auth/session")
    assert tries(at("192.0.2.1"), user, 6)[-1] == "too_many_login_attempts"
    assert password_only(own, user).status_code == 401, "the password is right: the code is asked for"


def test_a_made_up_cookie_makes_no_browser_known() -> None:
    user, browser = with_app(with_password(a_teacher())), at("192.0.2.3")
    browser.client.cookies["__Host-device"] = "made-up"
    assert tries(browser, user, 6)[-1] == "too_many_login_attempts"
    sign_in(at("192.0.2.4"), user)
    assert told(user).count("sign_in_device") == 1
