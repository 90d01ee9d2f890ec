"""A repeated request has one effect; a request about an old version has none."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from backend.access.binding import bind
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.referrals.models import Referral
from backend.workflow import idempotency
from backend.workflow.models import IdempotencyKey
from tests import databases
from tests.actors import Browser, browser_of
from tests.edges import good_input, take
from tests.factories import agency_id, manager, officer, teacher
from tests.world import World

pytestmark = pytest.mark.django_db


def _in_triage(world: World) -> tuple[str, Browser]:
    pk = world.states()[Referral.TRIAGE]
    return str(pk), browser_of(officer())


def _body(browser: Browser, pk: str, edge: str, **given: Any) -> dict[str, Any]:
    version = browser.get(f"referrals/{pk}/").json()["version"]
    return {**good_input("referral", edge, **given), "version": version}


def _events(pk: str) -> int:
    bind(officer().membership_id)
    return Event.objects.filter(root_id=pk).count()


@pytest.mark.parametrize("key", [None, "short", "x" * 81, "with a space", "nön-ascii-key", "tab\tinside"])
def test_a_missing_or_malformed_key_is_refused(world: World, key: str | None) -> None:
    pk, browser = _in_triage(world)
    answer = browser.post(f"referrals/{pk}/step-up/", _body(browser, pk, "step_up"), key=key)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["reasons"][0]
    assert browser.get(f"referrals/{pk}/").json()["state"] == Referral.TRIAGE


def test_the_same_request_again_answers_the_same_and_does_nothing(world: World) -> None:
    pk, browser = _in_triage(world)
    body, key = _body(browser, pk, "step_up"), str(uuid4())
    first = browser.post(f"referrals/{pk}/step-up/", body, key=key)
    before = _events(pk)
    again = browser.post(f"referrals/{pk}/step-up/", body, key=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert _events(pk) == before


def test_creating_again_with_the_same_key_is_the_same_referral() -> None:
    browser, key = browser_of(teacher()), str(uuid4())
    first, again = (browser.post("referrals/", {}, key=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert browser.post("referrals/", {}).json()["id"] != first.json()["id"]


def test_a_replay_shows_the_record_as_it_is_now(world: World) -> None:
    pk, browser = _in_triage(world)
    key, body = str(uuid4()), _body(browser, pk, "step_up")
    browser.post(f"referrals/{pk}/step-up/", body, key=key)
    take("handover_refused", Referral(pk=pk).pk, officer())
    again = browser.post(f"referrals/{pk}/step-up/", body, key=key)
    assert again.status_code == 200
    assert again.json()["state"] == Referral.TRIAGE


@pytest.mark.parametrize("other", ["another body", "another record", "another edge"])
def test_a_key_that_comes_back_with_another_request_is_refused(world: World, other: str) -> None:
    pk, browser = _in_triage(world)
    key, body = str(uuid4()), _body(browser, pk, "step_up")
    browser.post(f"referrals/{pk}/step-up/", body, key=key)
    path = f"referrals/{pk}/step-up/"
    if other == "another body":
        body = {**body, "told_person": "Somebody else"}
    elif other == "another record":
        path = f"referrals/{world.states()[Referral.SUBMITTED]}/step-up/"
    else:
        path, body = f"referrals/{pk}/handover-refused/", {**good_input("referral", "handover_refused"), "version": 1}
    answer = browser.post(path, body, key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_a_key_belongs_to_one_person(world: World) -> None:
    key = str(uuid4())
    one, other = browser_of(teacher()), browser_of(officer())
    first, second = one.post("referrals/", {}, key=key), other.post("referrals/", {}, key=key)
    assert first.json()["id"] != second.json()["id"]
    assert "Idempotency-Replayed" not in second.headers


def test_a_refused_request_leaves_its_key_free(world: World) -> None:
    """What had no effect may be sent again, corrected."""
    pk, browser = _in_triage(world)
    key, body = str(uuid4()), _body(browser, pk, "step_up")
    refused = browser.post(f"referrals/{pk}/step-up/", {**body, "version": body["version"] + 5}, key=key)
    assert refused.status_code == 409
    assert not IdempotencyKey.objects.filter(key=key).exists()
    assert browser.post(f"referrals/{pk}/step-up/", body, key=key).status_code == 200


def test_a_replay_shows_only_what_one_may_see_now(world: World) -> None:
    """A replay authorises again: the offered agency sent it back, and looks once more with the old key."""
    pk, key = str(world.records["moving"]), str(uuid4())
    browser = browser_of(world.who(Relation.OFFERED, Role.TRIAGE_OFFICER))
    body = _body(browser, pk, "return_to_sender")
    assert browser.post(f"referrals/{pk}/return-to-sender/", body, key=key).status_code == 200
    replay = browser.post(f"referrals/{pk}/return-to-sender/", body, key=key)
    assert replay.status_code == 200
    assert replay.json()["audience"] == "status", "what came back is what this agency may see now"
    assert replay.json()["child"] is None


def test_the_same_key_while_the_first_request_runs_is_in_flight(world: World) -> None:
    """Another connection holds the key, as a request that has not been answered yet does."""
    browser, who, key = browser_of(teacher()), teacher(), str(uuid4())
    url = databases.server().url("alongside_web", database=connection.settings_dict["NAME"])
    with psycopg.connect(url) as other:
        other.execute(idempotency.LOCK, [f"{who.user_id}:{key}"])
        answer = browser.post("referrals/", {}, key=key)
        assert (answer.status_code, answer.json()["code"]) == (409, "in_flight")
    assert browser.post("referrals/", {}, key=key).status_code == 201


# --- Versions --------------------------------------------------------------------------------------------------------


def test_an_old_version_is_refused_with_what_has_changed(world: World) -> None:
    pk, browser = _in_triage(world)
    body = _body(browser, pk, "step_up")
    take("redirect", Referral(pk=pk).pk, manager(), to_agency=agency_id("youth-justice"))
    answer = browser.post(f"referrals/{pk}/step-up/", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert answer.json()["version"] == body["version"] + 1
    changed = answer.json()["changed"]
    assert [one["verb"] for one in changed] == ["referral.redirect"]
    assert changed[0]["by"] == manager().name
    assert changed[0]["at"]


def test_what_has_changed_is_said_in_words(world: World) -> None:
    pk, browser = _in_triage(world)
    body = _body(browser, pk, "step_up")
    take("redirect", Referral(pk=pk).pk, manager(), to_agency=agency_id("youth-justice"))
    assert browser.post(f"referrals/{pk}/step-up/", body).json()["changed"][0]["label"]


@pytest.mark.parametrize("version", [-1, 2**31, "1.5", "x", None, True, 1e300])
def test_a_version_that_is_none_is_refused(world: World, version: Any) -> None:
    pk, browser = _in_triage(world)
    answer = browser.post(f"referrals/{pk}/step-up/", {**_body(browser, pk, "step_up"), "version": version})
    assert answer.status_code in (400, 409)
    assert browser.get(f"referrals/{pk}/").json()["state"] == Referral.TRIAGE


def test_a_state_cannot_be_patched(world: World) -> None:
    pk, browser = _in_triage(world)
    for method in ("PATCH", "PUT", "DELETE", "POST"):
        assert browser.send(method, f"referrals/{pk}/", {"state": "accepted"}, key=str(uuid4())).status_code == 405


def test_an_edge_from_another_state_is_refused_with_the_state_in_words(world: World) -> None:
    pk = str(world.states()[Referral.SUBMITTED])
    browser = browser_of(officer())
    body = _body(browser, pk, "signpost")
    answer = browser.post(f"referrals/{pk}/signpost/", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert "submitted" in answer.json()["reasons"][0]


def test_what_an_edge_answers_is_what_get_gives(world: World) -> None:
    pk, browser = _in_triage(world)
    answer = browser.post(f"referrals/{pk}/step-up/", _body(browser, pk, "step_up"))
    assert answer.status_code == 200
    assert answer.json() == browser.get(f"referrals/{pk}/").json()
