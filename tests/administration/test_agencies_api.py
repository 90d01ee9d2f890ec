"""Who is answered what about which agency, on the wire."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from backend.administration.serializers.agencies import AGENCY_INPUTS
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from tests import golden
from tests.actors import browser_of
from tests.administration.ending import ENDS, boss, given_everything, taken
from tests.administration.leading import administrator
from tests.api.counting import said, statements
from tests.factories import agency_id, every_role_in, manager
from tests.routes import SOMETHING, routes

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
REVIEWED = Path(__file__).with_name("agencies.csv")
LONG_AGO = 2**31 - 1
PLACES = (ENDS, "front-door", "community-safety")


def _body(name: str) -> dict[str, Any]:
    more = {"agency-hand-over": {"sends_back": True}, "agency-end-at-once": {"reason": "It floods."}}
    successor = {"successor": agency_id("front-door")} if name == "agency-end-at-once" else {}
    return {"version": LONG_AGO, **more.get(name, {}), **successor}


def test_every_route_method_and_role_answers_as_reviewed() -> None:
    """Allowed ends at 200 or, because the version is too old, at 409; the rest is refused with a sentence."""
    one = Agency.objects.get(slug=ENDS)
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = ["route,method,agency," + ",".join(roles)]
    people = {slug: every_role_in(slug) for slug in PLACES}
    ours = [route for route in routes() if route.path.startswith("/api/v1/agencies/") and route.name != "api:agencies"]
    assert len(ours) == 4 + len(AGENCY_INPUTS)
    for route in ours:
        name = route.name.removeprefix("api:")
        path = route.path.replace(str(SOMETHING), str(one.id)) + ("?kind=holds" if name == "agency-work" else "")
        for method, slug in product(route.methods, people):
            found = {}
            for role in roles:
                with transaction.atomic():
                    body = None if method == "GET" else _body(name)
                    answer = browser_of(people[slug][role]).send(method, path, body, key="one-key-for-it")
                    transaction.set_rollback(True)
                assert answer.status_code < 400 or answer.json()["reasons"], (name, role)
                found[role] = answer.status_code
            lines.append(",".join([name, method, slug, *(str(found[role]) for role in roles)]))
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_numbers_are_for_who_may_end_it_and_lists_for_its_own_manager() -> None:
    made = given_everything()
    path = f"agencies/{agency_id(ENDS)}/"
    own, admin = browser_of(boss()).get(path).json(), browser_of(administrator()).get(path).json()
    assert [(one["kind"], one["count"]) for one in own["work"]] == [
        (one["kind"], one["count"]) for one in admin["work"]
    ]
    assert {one["may_open"] for one in own["work"]} == {True}
    assert {one["may_open"] for one in admin["work"]} == {False}
    other = browser_of(manager()).get(path).json()
    assert (other["work"], other["people"], other["options"]) == ([], [], [])
    for one in own["work"]:
        listed = browser_of(boss()).get(f"{path}work/?kind={one['kind']}")
        assert listed.status_code == 200, listed.content
        assert len(listed.json()["results"]) == one["count"], one["kind"]
    [row] = browser_of(boss()).get(f"{path}work/?kind=tasks").json()["results"]
    assert row["url"] == f"/tasks/{made['tasks'].id}"
    refused = browser_of(administrator()).get(f"{path}work/?kind=holds")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_a_hand_over_is_seen_before_it_is_done_and_a_replay_does_nothing_more() -> None:
    taken()
    browser, path = browser_of(boss()), f"agencies/{agency_id(ENDS)}/"
    shown = browser.get(path).json()
    [end] = [option for option in shown["options"] if option["name"] == "end"]
    assert end["obstacles"] == ["Referrals to decide: 1. Hand them over first."]
    [option] = [option for option in shown["options"] if option["name"] == "hand_over"]
    assert [field["name"] for field in option["input"]] == ["referrals_to"]
    assert agency_id("front-door") in [choice["value"] for choice in option["input"][0]["choices"]]
    given = {"referrals_to": agency_id("front-door"), "version": shown["version"]}
    seen = browser.post(f"{path}hand-over/preview/", given).json()["agencies"]
    assert [(one["agency"][:10], one["sections"][0]["answers"]) for one in seen] == [
        ("Front Door", [{"label": "Referrals to decide", "value": "1"}])
    ]
    assert browser.get(path).json()["version"] == shown["version"], "nothing has moved"
    first = browser.post(f"{path}hand-over/", given, key="the-same-key")
    again = browser.post(f"{path}hand-over/", given, key="the-same-key")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.json()["work"] == again.json()["work"] == []
    ended = browser.post(f"{path}end/", {"version": again.json()["version"]}, key="another-key")
    assert (ended.status_code, bool(ended.json()["ended_at"])) == (200, True)
    assert browser.get(path).status_code == 403, "nobody works there any more"


def test_reading_costs_the_same_however_much_there_is() -> None:
    path = f"agencies/{agency_id(ENDS)}/"
    browser = browser_of(boss())
    taken()
    one = statements(lambda: browser.get(path))
    for _ in range(3):
        taken()
    more = statements(lambda: browser.get(path))
    assert len(one) == len(more) <= 15, said(more)
    lister = browser_of(administrator())
    listed = statements(lambda: lister.get("agencies/overview/"))
    assert len(listed) <= 8, said(listed)
