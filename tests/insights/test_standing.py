"""Where work stands: stays recounted event by event, what became of referrals row by row, and each list."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.insights.queries.received import BROADLY, FIGURES
from backend.insights.queries.stays import STATES
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, now, work
from tests.edges import take
from tests.factories import OFFERED, agency_id, manager, officer, referral_in, submitted, teacher
from tests.insights.test_flow import decided_after
from tests.insights.times import at_most
from tests.promises.departing import LINK

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SINCE, UNTIL = datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
STATEMENTS, LIST = 16, 7
_ERROR = "entered_in_error"


@pytest.fixture(autouse=True)
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def standing(who: Any = None) -> dict[str, Any]:
    answer = browser_of(who or manager()).get("figures/standing/?period=month")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def states(who: Any = None) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for one in standing(who)["stays"] for row in one["rows"]}


def listed(who: Any, figure: str, part: str = "", group: str = "") -> list[dict[str, Any]]:
    asked = "".join(f"&{name}={value}" for name, value in (("part", part), ("group", group)) if value)
    answer = browser_of(who).get(f"figures/standing/list/?period=month&figure={figure}{asked}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def some_referrals() -> None:
    """Of that Monday: one in each state, one that went to and fro, one that was reopened, one sent by the police."""
    with clock.at(MONDAY):
        for state in (*Referral.OPEN, *(one for one in Referral.ENDED if one != Referral.WITHDRAWN)):
            referral_in(state)
        referral_in("draft")
        police = actor("city-police", Role.PRACTITIONER)
        referral_in("accepted", by=police, source="6")
        asked = referral_in("information_requested")
        offered = submitted()
        take("start_triage", offered.id, officer())
    with clock.at(MONDAY + timedelta(hours=7)):
        take("resume_triage", asked.id, officer())
        take("redirect", offered.id, officer(), to_agency=agency_id(OFFERED))
    with clock.at(MONDAY + timedelta(days=1)):
        take("recall", offered.id, officer())
        take("signpost", asked.id, officer())
        take("decline", offered.id, officer(), reason_code="threshold_not_met")
    with clock.at(MONDAY + timedelta(days=2)):
        take("reopen", asked.id, manager())
    for hours in (1, 2, 3, 5, 8, 13):
        decided_after(hours)


def stays_by_hand(who: Actor) -> dict[str, list[timedelta]]:
    """Walk each record from event to event and note how long it was in each state that it left in those days."""
    found: dict[str, list[timedelta]] = {}
    with acting(who):
        own = [("referral", one) for one in Referral.objects.filter(holder_id=who.agency_id).exclude(state=_ERROR)]
        own += [("case", one) for one in Case.objects.filter(lead_agency_id=who.agency_id)]
        for noun, record in own:
            state, came = "", MONDAY
            for event in Event.objects.filter(root_id=record.id, verb__startswith=f"{noun}.").order_by("version"):
                if event.to_state == state or event.to_state not in (Referral if noun == "referral" else Case).LABELS:
                    continue
                if SINCE <= event.at < UNTIL and state in STATES[noun]:
                    found.setdefault(f"{noun}.{state}", []).append(event.at - came)
                state, came = event.to_state, event.at
            assert state == record.state, "the events of a record lead to where it stands"
    return found


def check_stays(who: Actor) -> None:
    expected, found = stays_by_hand(who), states(who)
    assert {place: row["left"] for place, row in found.items() if row["left"]} == {
        place: len(times) for place, times in expected.items()
    }
    for place, row in found.items():
        times = sorted(one.total_seconds() for one in expected.get(place, ()))
        assert row["median_seconds"] == (at_most(0.5, times) if len(times) >= 5 else None), place
        ninetieth = at_most(0.9, times) if len(times) >= 10 else None
        assert row["ninetieth_seconds"] == ninetieth, place
        left = listed(who, "left", place)
        assert sorted(one["seconds"] for one in left) == times, place
        assert len(listed(who, "now", place)) == row["now"], place


def test_time_in_each_state_is_recounted_from_event_to_event() -> None:
    some_referrals()
    check_stays(manager())
    found = states()
    assert found["referral.triage"]["left"] >= 10
    assert found["referral.redirected"]["left"] == found["referral.information_requested"]["left"] == 1
    assert [one["seconds"] for one in listed(manager(), "left", "referral.information_requested")] == [7 * 3600]
    assert "referral.draft" not in found


def test_how_many_are_in_a_state_now_and_since_when_is_what_the_records_say() -> None:
    some_referrals()
    found, who = states(), manager()
    with acting(who):
        held = Referral.objects.filter(holder_id=who.agency_id, state__in=Referral.OPEN)
        expected = Counter(f"referral.{one.state}" for one in held)
        led = Case.objects.filter(lead_agency_id=who.agency_id)
        expected.update(f"case.{one.state}" for one in led if one.state != Case.CLOSED)
    assert +Counter({place: row["now"] for place, row in found.items()}) == expected
    reopened = listed(who, "now", "referral.triage")
    assert min(one["seconds"] for one in reopened) == (LATER - MONDAY - timedelta(days=2)).total_seconds()
    for one in reopened:
        assert browser_of(who).get(f"/api/v1{one['url']}/").status_code == 200


def test_a_case_is_followed_through_its_states_and_through_a_pause() -> None:
    world = World()
    with clock.at(MONDAY):
        case = assessing(world)
    with clock.at(MONDAY + timedelta(days=2)):
        work(world, "pause", now(world, case))
    with clock.at(MONDAY + timedelta(days=5)):
        work(world, "resume", now(world, case))
    with clock.at(MONDAY + timedelta(days=9)):
        work(world, "close", now(world, case), reason_code="outcomes_met", goes_on="School nurse.")
    check_stays(world.manager)
    found = states(world.manager)
    assert [found[f"case.{state}"]["left"] for state in STATES["case"]] == [1, 1, 2, 0, 1]
    assert sorted(one["seconds"] for one in listed(world.manager, "left", "case.assessing")) == [
        2 * 86400,
        4 * 86400,
    ]


def test_what_became_of_referrals_is_recounted_row_by_row_and_each_number_is_the_length_of_its_list() -> None:
    some_referrals()
    who, answer = manager(), standing()
    found = {one["id"]: one for one in answer["figures"]}
    assert list(found) == list(FIGURES)
    with acting(who):
        rows = [
            one
            for one in Referral.objects.filter(holder_id=who.agency_id).exclude(state=_ERROR)
            if one.submitted_at and SINCE <= one.submitted_at < UNTIL
        ]
        again = {one.root_id for one in Event.objects.filter(verb="referral.reopen")}
    waiting = ("submitted", "triage", "information_requested", "redirected")
    ends = Counter("undecided" if one.state in waiting else one.state for one in rows)
    assert {row["part"]: row["count"] for row in found["received"]["rows"]} == ends
    assert found["received"]["whole"] == sum(ends.values()) == len(rows)
    cases = {row["part"]: row["count"] for row in found["cases"]["rows"]}
    assert cases["case"] == sum(one.case_id is not None for one in rows)
    assert {row["part"]: row["count"] for row in found["reopened"]["rows"]} == {"reopened": len(again)}
    passed = {row["part"]: row["count"] for row in found["passed_on"]["rows"]}
    assert passed == {"never": sum(one.hops == 0 for one in rows), "once": 0, "more": 0}
    for code, figure in found.items():
        assert len(listed(who, code)) == figure["whole"], code
        for row in figure["rows"]:
            assert len(listed(who, code, row["part"])) == row["count"], (code, row["label"])
    broadly = {"accepted": "helped", "linked": "helped", "signposted": "advised"} | dict.fromkeys(waiting, "undecided")
    broadly |= dict.fromkeys(("stepped_up", "handed_over"), "passed_up")
    sources = {row["id"]: row for row in answer["sources"]["rows"]}
    assert {code: row["of"] for code, row in sources.items()} == Counter(one.source for one in rows)
    for code, row in sources.items():
        for number in row["numbers"]:
            chosen = [one for one in rows if one.source == code]
            ends = Counter(broadly.get(one.state, one.state) for one in chosen)
            assert number["count"] == ends[number["part"]] == len(listed(who, "sources", number["part"], code))
    assert [one["code"] for one in answer["sources"]["parts"]] == list(BROADLY)


def test_who_takes_a_referral_over_counts_it_as_passed_on() -> None:
    with clock.at(MONDAY):
        referral = referral_in("redirected")
        take("take", referral.id, officer(OFFERED))
    found = {one["id"]: one for one in standing(manager(OFFERED))["figures"]}
    assert {row["part"]: row["count"] for row in found["passed_on"]["rows"]} == {"never": 0, "once": 1, "more": 0}
    assert {one["whole"] for one in standing()["figures"]} == {0}


def test_a_child_who_may_not_be_seen_stands_nowhere() -> None:
    referral_id = decided_after(5)
    with clock.at(MONDAY):
        referral = referral_in("triage")
    who = manager()
    assert (states(who)["referral.triage"]["left"], states(who)["referral.triage"]["now"]) == (1, 1)
    with acting(who):
        for one in (referral_id, referral.id):
            declare_about(who, "referral", one, uuid7(), LINK)
    found = states(who)
    assert {(row["left"], row["now"]) for row in found.values()} == {(0, 0)}
    assert listed(who, "left", "referral.triage") == listed(who, "now", "referral.triage") == []
    assert {one["whole"] for one in standing(who)["figures"]} == {0}
    other = actor("front-door", Role.MANAGER, nth=1)
    assert (states(other)["referral.triage"]["left"], states(other)["referral.triage"]["now"]) == (1, 1)


def test_only_managers_read_it_and_the_database_tells_nobody_else_either() -> None:
    decided_after(5)
    told = {}
    for who in (manager(), officer(), teacher(), actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        expected = 200 if who.role is Role.MANAGER else 403
        assert browser_of(who).get("figures/standing/").status_code == expected
        assert browser_of(who).get("figures/standing/list/?figure=received").status_code == expected
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM app.stays_ended(%s, %s)", [SINCE, UNTIL])
            told[who.role] = cursor.fetchone()[0]
    assert {role for role, number in told.items() if number} == {Role.MANAGER}
    with acting(manager(OFFERED)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM app.stays_ended(%s, %s)", [SINCE, UNTIL])
        assert cursor.fetchone()[0] == 0, "another agency's"


@pytest.mark.parametrize(
    "query",
    ["figure=now", "figure=left&part=referral.draft", "figure=received&part=luck", "figure=sources", "figure=luck"],
)
def test_what_is_not_counted_cannot_be_asked_for(query: str) -> None:
    answer = browser_of(manager()).get(f"figures/standing/list/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_it_costs_the_same_however_much_it_counts() -> None:
    browser = browser_of(manager())
    paths = {"figures/standing/?period=month": STATEMENTS}
    for asked in ("now&part=referral.triage", "left&part=referral.triage", "received", "reopened", "feedback"):
        paths[f"figures/standing/list/?period=month&figure={asked}"] = LIST
    some_referrals()
    before = {path: len(statements(lambda path=path: browser.get(path))) for path in paths}
    some_referrals()
    for path, most in paths.items():
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == before[path] <= most, said(found)
