"""Waits and refusals by service: each number recounted by hand, and the length of the list that it opens."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.directory.models import Service
from backend.insights.queries.waits import FIGURES, PARTS
from backend.interventions.models import Intervention
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.factories import officer, teacher
from tests.insights.times import at_most
from tests.interventions.made import go, intervention_in, mentor, service
from tests.promises.departing import LINK

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STATEMENTS, LIST = 9, 6
ASKED = (Intervention.RECOMMENDED, Intervention.OFFERED)
WAITING = (Intervention.PROVIDER_ACCEPTED, Intervention.AGREED, Intervention.WAITLISTED)


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture(autouse=True)
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def begun_after(world: World, of: Service, days: int) -> Intervention:
    """Recommended and agreed that Monday; the first session so many days later."""
    with clock.at(MONDAY):
        agreed = intervention_in(Intervention.AGREED, world.allocated(), world.worker, of)
    with clock.at(MONDAY + timedelta(days=days)):
        return go("start", agreed, mentor())


def some_services(world: World) -> tuple[Service, Service]:
    """Two services, of which one was recommended once in every state, and begun after some days by others."""
    first, second = service(name=f"Boxing {uuid7().hex[-5:]}"), service(name=f"Cooking {uuid7().hex[-5:]}")
    with clock.at(MONDAY):
        for state in Intervention.LABELS:
            intervention_in(state, world.allocated(), world.worker, first)
        intervention_in(Intervention.REFUSED, world.allocated(), world.worker, second)
    for days in (0, 3, 10, 20):
        begun_after(world, first, days)
    return first, second


def read(who: Actor) -> dict[str, Any]:
    answer = browser_of(who).get("figures/services/?period=month")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def listed(who: Actor, figure: str, part: str = "", group: str = "") -> list[dict[str, Any]]:
    asked = "".join(f"&{name}={value}" for name, value in (("part", part), ("group", group)) if value)
    answer = browser_of(who).get(f"figures/services/list/?period=month&figure={figure}{asked}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def part_of(one: Intervention) -> str:
    return "asked" if one.state in ASKED else "waiting" if one.state in WAITING else str(one.state)


def test_each_service_is_recounted_by_hand_and_each_number_is_the_length_of_its_list(world: World) -> None:
    some_services(world)
    who, answer = world.manager, read(world.manager)
    with acting(who):
        every = list(Intervention.objects.filter(case__lead_agency_id=who.agency_id))
    assert len(answer["services"]["rows"]) == 2
    assert [one["code"] for one in answer["services"]["parts"]] == list(PARTS)
    for row in answer["services"]["rows"]:
        own = [one for one in every if str(one.service_id) == row["id"]]
        assert row["of"] == len(own) == len(listed(who, "services", "", row["id"]))
        assert row["label"].startswith(own[0].service_name)
        parts = Counter(part_of(one) for one in own)
        assert {one["part"]: one["count"] for one in row["numbers"] if one["count"]} == parts
        for number in row["numbers"]:
            assert len(listed(who, "services", number["part"], row["id"])) == number["count"]
        days = [(one.started_on - local(one.recommended_at).date()).days for one in own if one.started_on]
        assert row["begun"] == len(days)
        assert row["median_seconds"] == (at_most(0.5, [day * 86400 for day in days]) if len(days) >= 5 else None)
        assert row["ninetieth_seconds"] is None
        told = [one["days"] for one in listed(who, "services", "", row["id"])]
        assert sorted(one for one in told if one is not None) == sorted(days)
    for one in listed(who, "services", "", answer["services"]["rows"][0]["id"]):
        assert browser_of(who).get(f"/api/v1{one['url']}/").status_code == 200


def test_who_said_no_and_why_is_counted_by_reason(world: World) -> None:
    some_services(world)
    who = world.manager
    with acting(who):
        every = list(Intervention.objects.filter(case__lead_agency_id=who.agency_id))
    states = {"declined": "provider_declined", "refused": "refused", "ended_early": "ended_early"}
    found = {one["id"]: one for one in read(who)["figures"]}
    assert list(found) == list(FIGURES)
    for code, state in states.items():
        reasons = Counter(one.reason_code for one in every if one.state == state)
        assert {row["part"]: row["count"] for row in found[code]["rows"]} == reasons, code
        assert len(listed(who, code)) == found[code]["whole"] == sum(reasons.values())
        for part, number in reasons.items():
            assert len(listed(who, code, part)) == number
    assert found["refused"]["finding"] == "A family said no 2 times."


def test_a_provider_reads_of_what_it_gives_and_another_agency_of_nothing(world: World) -> None:
    first, second = some_services(world)
    rows = {row["id"]: row["of"] for row in read(mentor(Role.MANAGER))["services"]["rows"]}
    with acting(mentor(Role.MANAGER)):
        offered = Counter(str(one.service_id) for one in Intervention.objects.filter(offered_at__isnull=False))
    assert rows == offered
    assert set(rows) <= {str(first.id), str(second.id)}
    assert read(world.youth_justice_manager)["services"]["rows"] == []


def test_what_was_recommended_by_mistake_and_who_may_not_be_seen_is_not_counted(world: World) -> None:
    of = service()
    with clock.at(MONDAY):
        case = world.allocated()
        intervention_in(Intervention.OFFERED, case, world.worker, of)
        mistaken = intervention_in(Intervention.RECOMMENDED, world.allocated(), world.worker, of)
        go("cancel", mistaken, world.worker, reason_code="entered_in_error")
    who = world.manager
    assert [row["of"] for row in read(who)["services"]["rows"]] == [1]
    with acting(who):
        declare_about(who, "case", case.id, uuid7(), LINK)
    assert read(who)["services"]["rows"] == []
    assert listed(who, "services", "asked", str(of.id)) == []
    assert [row["of"] for row in read(actor("city-early-help", Role.MANAGER))["services"]["rows"]] == [1]


def test_only_managers_read_it(world: World) -> None:
    assert browser_of(world.manager).get("figures/services/").status_code == 200
    for who in (officer(), teacher(), world.worker, actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        assert browser_of(who).get("figures/services/").status_code == 403
        assert browser_of(who).get("figures/services/list/?figure=refused").status_code == 403


@pytest.mark.parametrize(
    "query", ["figure=luck", "figure=services", "figure=refused&part=luck", "figure=services&group=x"]
)
def test_what_is_not_counted_cannot_be_asked_for(world: World, query: str) -> None:
    answer = browser_of(world.manager).get(f"figures/services/list/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_it_costs_the_same_however_much_it_counts(world: World) -> None:
    some_services(world)
    browser = browser_of(world.manager)
    paths = {"figures/services/?period=month": STATEMENTS, "figures/services/list/?period=month&figure=refused": LIST}
    before = {path: len(statements(lambda path=path: browser.get(path))) for path in paths}
    some_services(world)
    for path, most in paths.items():
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == before[path] <= most, said(found)
