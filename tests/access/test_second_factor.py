"""The second factor: nobody acts without one outside the demonstration, and who has lost theirs is not lost.

Source: access.md, Decision order 1 and Signing in; docs/adr/0063.
"""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from backend.access.models import Session
from backend.agencies.models import Membership, User
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from backend.notifications.models import Outbox
from tests.access.second_factor import AUTH, FACTORS, SECRET, code, factors_of, password_only, sign_in, with_app
from tests.access.signing_in import a_teacher, grow_stale, session_key, who_is_in, with_password
from tests.actors import Browser, actor, browser_of
from tests.administration.leading import administrator, manager, worker
from tests.factories import teacher

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
TOTP, CODES = f"{FACTORS}/totp", f"{FACTORS}/recovery-codes"


@pytest.fixture(autouse=True)
def _no_tries_before() -> None:
    cache.clear()


def told(user: User) -> list[str]:
    """What is on its way to somebody."""
    rows = Outbox.objects.using("owner").filter(audience={"user_id": str(user.id)})
    return list(rows.order_by("id").values_list("message", flat=True))


def newcomer() -> tuple[Browser, User]:
    """Somebody who has a password and nothing else, and has just signed in."""
    user, browser = with_password(a_teacher()), Browser()
    assert password_only(browser, user).status_code == 200
    return browser, user


# --- Without one --------------------------------------------------------------------------------------------


def test_without_one_nothing_is_reached_but_setting_one_up() -> None:
    browser, user = newcomer()
    shown = who_is_in(browser)
    assert (shown["signed_in"], shown["needs_second_factor"], shown["membership"]) == (True, True, None)
    assert shown["navigation"] == shown["memberships"] == []
    for path in ("agencies/", "referrals/?view=mine", "messages/", "vocabularies/", "people/"):
        answer = browser.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor"), path
    mine = Membership.objects.filter(user=user)[0]
    switched = browser.post("session/membership/", {"membership_id": mine.id})
    assert (switched.status_code, switched.json()["code"]) == (403, "second_factor")
    assert browser.get("session/new-app/").status_code == 200


def test_in_the_demonstration_none_is_needed(settings: Any) -> None:
    settings.DEMO = True
    browser, _user = newcomer()
    assert who_is_in(browser)["needs_second_factor"] is False
    assert browser.get("agencies/").status_code == 200


def test_setting_up_an_app_opens_the_door_and_the_codes_are_shown_once() -> None:
    browser, user = newcomer()
    before = session_key(browser)
    given = browser.get("session/new-app/").json()
    assert given["picture"]["path"].startswith("M0 0h7v1h-7z"), "the corner of a QR code"
    assert browser.post(TOTP, {"code": "000000"}).status_code == 400
    done = browser.post(TOTP, {"code": code(given["secret"])})
    assert done.status_code == 200, done.content
    assert session_key(browser) != before
    assert who_is_in(browser)["membership"] is not None
    assert browser.get("agencies/").status_code == 200
    assert len(browser.get(CODES).json()["data"]["unused_codes"]) == 10
    assert "unused_codes" not in browser.get(CODES).json()["data"]
    assert "sign_in_step_added" in told(user)


def test_only_whoever_has_just_shown_who_they_are_changes_how_they_sign_in() -> None:
    browser, user = newcomer()
    secret = browser.get("session/new-app/").json()["secret"]
    grow_stale(browser)
    assert browser.get("session/new-app/").json()["code"] == "fresh_sign_in"
    assert browser.post(TOTP, {"code": code(secret)}).status_code == 401
    assert factors_of(user) == []


def test_whoever_removes_their_last_one_sets_up_another_first() -> None:
    user, browser = with_app(with_password(a_teacher())), Browser()
    sign_in(browser, user)
    assert browser.send("DELETE", TOTP).status_code == 200
    assert who_is_in(browser)["needs_second_factor"] is True
    assert browser.get("agencies/").status_code == 403
    assert told(user)[-1] == "sign_in_step_removed"


def test_a_secret_is_not_kept_as_it_is() -> None:
    user = with_app(with_password(a_teacher()))
    assert SECRET not in str(Authenticator.objects.get(user=user).data)


# --- With one -----------------------------------------------------------------------------------------------


def test_the_password_alone_signs_nobody_in_who_has_one() -> None:
    user, browser = with_app(with_password(a_teacher())), Browser()
    answer = password_only(browser, user)
    [pending] = [flow for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]
    assert (answer.status_code, pending["id"], pending["types"]) == (401, "mfa_authenticate", ["totp"])
    assert who_is_in(browser)["signed_in"] is False
    assert browser.get("agencies/").status_code == 401
    assert browser.post(f"{AUTH}/2fa/authenticate", {"code": "000000"}).status_code == 400
    assert browser.post(f"{AUTH}/2fa/authenticate", {"code": code()}).status_code == 200
    assert who_is_in(browser)["membership"] is not None


def test_a_code_is_good_for_one_sign_in() -> None:
    user = with_app(with_password(a_teacher()))
    sign_in(Browser(), user)
    second = Browser()
    password_only(second, user)
    assert second.post(f"{AUTH}/2fa/authenticate", {"code": code()}).status_code == 400


def test_a_recovery_code_signs_in_once() -> None:
    browser, user = newcomer()
    browser.post(TOTP, {"code": code(browser.get("session/new-app/").json()["secret"])})
    kept = browser.get(CODES).json()["data"]["unused_codes"][0]
    for expected in (200, 400):
        other = Browser()
        password_only(other, user)
        assert other.post(f"{AUTH}/2fa/authenticate", {"code": kept}).status_code == expected


def test_a_code_makes_the_sign_in_fresh() -> None:
    user, browser = with_app(with_password(a_teacher())), Browser()
    sign_in(browser, user)
    grow_stale(browser)
    assert browser.get("session/fresh/").json()["challenge"] == {"ways": ["totp", "password"]}
    assert browser.post(f"{AUTH}/2fa/reauthenticate", {"code": code(step=1)}).status_code == 200
    assert browser.get("session/fresh/").status_code == 204


# --- A lost one ---------------------------------------------------------------------------------------------


def lost() -> tuple[Membership, Browser]:
    """A worker with an app, who is signed in somewhere still."""
    row = Membership.objects.select_related("user", "agency").get(pk=worker().membership_id)
    with_app(row.user)
    return row, browser_of(row)


@pytest.mark.parametrize("who", [manager, lambda: actor("city-early-help", Role.MANAGER, nth=1)])
def test_a_manager_resets_it_and_they_are_signed_out_and_told(who: Any) -> None:
    row, theirs = lost()
    answer = browser_of(who()).post(f"people/{row.id}/reset-sign-in/", {})
    assert answer.status_code == 200, answer.content
    assert factors_of(row.user) == []
    assert not Session.objects.filter(user=row.user).exists()
    assert theirs.get("agencies/").status_code == 401
    assert told(row.user) == ["sign_in_step_added", "sign_in_reset"]
    logged = AccessLog.objects.using("owner").filter(label="person.reset_sign_in", status=200)
    assert list(logged.values_list("root_ids", flat=True)) == [[row.id]]


def test_nobody_else_does_nor_anybody_for_themselves() -> None:
    row, _theirs = lost()
    address = f"people/{row.id}/reset-sign-in/"
    stranger = actor("brightwater", Role.MANAGER)
    answers = {
        "a colleague": browser_of(worker(1)).post(address, {}),
        "a teacher": browser_of(teacher()).post(address, {}),
        "another agency's manager": browser_of(stranger).post(address, {}),
        "another agency's administrator": browser_of(administrator()).post(address, {}),
        "oneself": browser_of(manager()).post(f"people/{manager().membership_id}/reset-sign-in/", {}),
    }
    assert [answer.status_code for answer in answers.values()] == [403, 403, 404, 404, 409]
    assert factors_of(row.user) == ["totp"]
    shown = browser_of(manager()).get(f"people/{row.id}/").json()
    assert shown["may_reset_sign_in"] is True
