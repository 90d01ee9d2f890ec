"""A fresh sign-in (access.md, decision order 7): asked for after everything else, before anything is kept or shown.

Source: access.md, Decision order and The table; docs/adr/0063.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from backend.access import policy, used
from backend.access.actors import Actor
from backend.access.fresh import FRESH_KEY
from backend.access.models import Session
from backend.access.permissions import Permission
from backend.access.sessions import SessionStore
from backend.agencies.models import Membership
from backend.audit.models import AccessLog
from backend.core.ids import uuid7
from backend.exports.models import Export
from backend.referrals.models import Referral
from backend.workflow.models import Confirmation, IdempotencyKey
from tests.access.second_factor import sign_in, with_app
from tests.access.signing_in import PASSWORD, grow_stale, session_key, stale, with_password
from tests.actors import Browser, browser_of
from tests.administration.leading import manager as people_manager
from tests.administration.leading import worker as colleague
from tests.cases.conftest import World, world
from tests.factories import manager, officer, referral_in, second_manager, teacher

__all__ = ["world"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
REAUTHENTICATE = "/_allauth/browser/v1/auth/reauthenticate"
NEW = {"email": "mx.new@made-up.example", "name": "Mx New", "role": "case_worker", "job_title": ""}
LIST = {"list": "cases", "filters": {}, "file_format": "xlsx", "recipient": "self", "purpose": "Supervision"}
# Who asks, and what they send: GET without a body.
Asked = tuple[Actor, str, dict[str, Any] | None]


def _people_add(_world: World) -> Asked:
    return people_manager(), "people/", NEW


def _people_change(_world: World) -> Asked:
    return people_manager(), f"people/{colleague().membership_id}/change/", {"role": "practitioner"}


def _people_end(_world: World) -> Asked:
    return people_manager(), f"people/{colleague().membership_id}/end/", {}


def _export_list(world: World) -> Asked:
    return world.manager, "exports/", LIST


def _export_for_inspection(world: World) -> Asked:
    return world.manager, "exports/", {**LIST, "list": "inspection"}


def _seal_put(world: World) -> Asked:
    case = world.allocated()
    return (
        world.manager,
        f"seals/{case.id}/put/",
        {"version": case.version, "people": [], "reason": "Her father looks."},
    )


def _referral_seal_put(_world: World) -> Asked:
    referral = referral_in(Referral.TRIAGE)
    people = [str(one.user_id) for one in (manager(), second_manager())]
    body = {"version": referral.version, "people": people, "reason": "Her father looks."}
    return officer(), f"referral-seals/{referral.id}/put/", body


def _case_read_protected(world: World) -> Asked:
    return world.worker, f"cases/{world.allocated().id}/protected/", None


def _referral_read_protected(_world: World) -> Asked:
    return officer(), f"referrals/{referral_in(Referral.TRIAGE, by=teacher()).id}/protected/", None


ACTS: list[Callable[[World], Asked]] = [
    _people_add,
    _people_change,
    _people_end,
    _export_list,
    _export_for_inspection,
    _seal_put,
    _referral_seal_put,
    _case_read_protected,
    _referral_read_protected,
]


def send(browser: Browser, asked: Asked, key: str) -> Any:
    _who, path, body = asked
    return browser.get(path) if body is None else browser.post(path, body, key=key)


def kept() -> tuple[int, ...]:
    """How many rows there are of what the acts above leave."""
    ended = Membership.objects.filter(ended_at__isnull=False)
    return (
        Membership.objects.count(),
        ended.count(),
        *(model.objects.count() for model in (Export, Confirmation, IdempotencyKey)),
    )


@pytest.mark.parametrize("permission", sorted(policy.NEEDS_FRESH_SIGN_IN))
def test_whatever_grants_such_a_permission_notes_it(permission: Permission) -> None:
    """One place for all: `policy.require`, which every view, command and machine asks."""
    grant = policy.TABLE[permission][0]
    who = Actor(*[uuid7()] * 2, role=min(grant.roles), **_SOMEWHERE)
    with used.noting() as noted:
        policy.require_to_look(who, permission, grant.relations)
        assert noted == set()
        policy.require(who, permission, grant.relations)
        policy.require(who, Permission.SETTINGS_CHOOSE)
    assert noted == {permission}


_SOMEWHERE: dict[str, Any] = {
    "agency_id": uuid7(),
    "team_id": None,
    "partnership_id": uuid7(),
    "name": "Mx Made-Up",
    "agency_name": "Made-Up",
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_six_minutes_after_signing_in_it_is_asked_and_then_done_with_the_same_key(
    world: World, act: Callable[[World], Asked]
) -> None:
    asked = act(world)
    browser, before = stale(asked[0]), kept()
    refused = send(browser, asked, "the-same-key-both-times")
    assert (refused.status_code, refused.json()["code"]) == (401, "fresh_sign_in"), refused.content
    assert refused.json()["challenge"] == {"ways": []}, "made-up people without a password have no way here"
    assert kept() == before
    grow_stale(browser, minutes=4)
    done = send(browser, asked, "the-same-key-both-times")
    assert done.status_code in (200, 201), done.content
    assert asked[2] is None or kept() != before


def test_the_file_of_an_export_needs_it_and_the_page_that_lists_it_does_not(world: World) -> None:
    key = browser_of(world.manager).post("exports/", LIST).json()["id"]
    browser = stale(world.manager)
    for path in ("exports/", f"exports/{key}/", "exports/offers/", "exports/form/?list=cases"):
        assert browser.get(path).status_code == 200, path
    # The page asks before it lets the browser fetch the file.
    assert [who.get("session/fresh/").status_code for who in (browser, browser_of(world.manager))] == [401, 204]


@pytest.mark.parametrize("act", ["people/", "people/{}/change/", "people/{}/end/"])
def test_who_may_not_learns_that_and_is_asked_nothing(act: str) -> None:
    """403 and 404 come before 401: nobody signs in again to be refused, or learns from being asked."""
    body = NEW if act == "people/" else {"role": "practitioner"} if "change" in act else {}
    assert stale(teacher()).post(act.format(uuid7()), body).status_code == 403
    answers = [who(people_manager()).post(act.format(uuid7()), body).status_code for who in (browser_of, stale)]
    assert answers == ([201, 401] if act == "people/" else [404, 404])


def test_what_cannot_be_done_now_is_said_first(world: World) -> None:
    case = world.allocated()
    answer = stale(world.manager).post(f"seals/{case.id}/lift/", {"version": case.version, "reason": "It is over."})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready"), answer.content


def test_the_request_that_was_not_answered_is_in_the_log_as_refused(world: World) -> None:
    send(stale(world.manager), _export_list(world), "a-key-of-its-own")
    statuses = AccessLog.objects.using("owner").filter(label="export.ask").values_list("status", flat=True)
    assert list(statuses) == [401]


# --- Showing who one is -------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _no_code_was_used_before() -> None:
    cache.clear()


def with_own_password() -> tuple[Browser, str]:
    """A manager who signed in with a password, a while ago."""
    row = Membership.objects.select_related("user").get(pk=people_manager().membership_id)
    browser = Browser()
    sign_in(browser, with_app(with_password(row)))
    assert browser.post("people/", NEW).status_code == 201, "a sign-in is fresh"
    grow_stale(browser)
    return browser, session_key(browser)


def test_the_right_password_makes_it_fresh_under_a_new_session_id() -> None:
    browser, before = with_own_password()
    refused = browser.post("people/", {**NEW, "email": "another@made-up.example"})
    assert refused.json()["challenge"] == {"ways": ["totp", "password"]}
    assert browser.post(REAUTHENTICATE, {"password": PASSWORD}).status_code == 200
    assert session_key(browser) != before
    assert not Session.objects.filter(session_key=before).exists()
    assert browser.post("people/", {**NEW, "email": "another@made-up.example"}).status_code == 201


def test_a_wrong_password_does_not() -> None:
    browser, before = with_own_password()
    assert browser.post(REAUTHENTICATE, {"password": "x" * 20}).status_code == 400
    assert session_key(browser) == before
    assert browser.post("people/", {**NEW, "email": "another@made-up.example"}).status_code == 401


def test_ten_hours_run_from_the_sign_in_however_often_it_is_made_fresh() -> None:
    browser, before = with_own_password()
    began = Session.objects.get(session_key=before).started_at
    browser.post(REAUTHENTICATE, {"password": PASSWORD})
    assert Session.objects.get(session_key=session_key(browser)).started_at == began


def test_a_session_that_says_nothing_of_it_is_not_fresh() -> None:
    browser = browser_of(people_manager())
    store = SessionStore(session_key(browser))
    del store[FRESH_KEY]
    store.save()
    assert browser.post("people/", NEW).status_code == 401


def test_in_the_demo_one_click_is_enough(settings: Any) -> None:
    settings.DEMO = True
    browser = stale(people_manager())
    before = session_key(browser)
    assert browser.post("people/", NEW).json()["challenge"] == {"ways": ["demo"]}
    assert browser.post("demo/confirm/").status_code == 200
    assert session_key(browser) != before
    assert browser.post("people/", NEW).status_code == 201


def test_outside_the_demo_no_click_is() -> None:
    browser = stale(people_manager())
    assert browser.post("demo/confirm/").status_code == 404
    assert Browser().post("demo/confirm/").status_code == 401
    assert browser.post("people/", NEW).status_code == 401
