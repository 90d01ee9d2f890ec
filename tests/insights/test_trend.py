"""How an agency's work grew or shrank: each month recounted from what every record was, and the lists behind it."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from backend.access.models import Conflict, Named
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case
from backend.core import clock
from backend.insights.queries.trend import COUNTED, bounds_of
from backend.referrals.models import Referral
from tests import edges
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World, world
from tests.cases.working import visited, work

__all__ = ["world"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LEAD = "city-early-help"
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
STATEMENTS = {"figures/trend/": 5, "figures/trend/list/?month=2026-03&what=open": 5}


def day(month: int, number: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, number, 10, tzinfo=UTC)


def opened(world: World, at: datetime, name: str) -> Any:
    with clock.at(at):
        return world.opened(world.referred(world.agency(LEAD), family_name=name), led_by=LEAD)


def allocated(world: World, at: datetime, name: str) -> Case:
    in_hand = opened(world, at, name)
    with clock.at(at):
        return world.allocate(in_hand.id, world.manager, world.worker)


def a_year(world: World) -> dict[str, Case]:
    """One case from before the year, one that closes and goes on again, one handed over, one still open."""
    made = {
        "before": allocated(world, day(6, year=2025), "Before"),
        "again": allocated(world, day(2), "Again"),
        "moved": allocated(world, day(1), "Moved"),
        "stays": allocated(world, day(3, 31), "Stays"),
    }
    with clock.at(day(3)):
        visited(world, made["again"])
        work(world, "record_agreement", made["again"])
        closed = work(world, "close", made["again"], goes_on="Nobody needs to.")
        assert closed.state == Case.CLOSED
    with clock.at(day(5)):
        edges.take("reopen", made["again"].id, world.manager, noun="case")
    with clock.at(day(4)):
        transfer = world.proposed(made["moved"])
    with clock.at(day(4, 11)):
        edges.take("accept", transfer.id, world.youth_justice_manager, noun="transfer")
    return made


def by_hand(agency_id: UUID, *, without: Iterable[UUID] = ()) -> dict[str, Counter[str]]:
    """What each record was at each instant, one row of its history after the other."""
    found: dict[str, Counter[str]] = {}
    months = [row["id"] for row in months_of(actor(LEAD, Role.MANAGER, nth=1))]
    histories: dict[UUID, list[Any]] = {}
    for row in Case.history.model.objects.using("owner").exclude(child_id__in=list(without)).order_by("version"):
        histories.setdefault(row.id, []).append(row)
    moments = dict(Event.objects.using("owner").values_list("id", "at"))
    for month in months:
        since, until = bounds_of(month)
        counted = found.setdefault(month, Counter())
        for rows in histories.values():
            stood = False
            for row in rows:
                if moments[row.event_id] >= until:
                    break
                stands = row.state != Case.CLOSED and row.lead_agency_id == agency_id
                if stands != stood and moments[row.event_id] >= since:
                    counted["opened" if stands else "closed"] += 1
                stood = stands
            counted["open"] += stood
        sent = Referral.history.model.objects.using("owner").filter(
            history_change_reason__in=["referral.submit", "referral.take"], holder_id=agency_id
        )
        counted["received"] = sum(since <= moments[row.event_id] < until for row in sent if row.child_id not in without)
    return found


def months_of(who: Any) -> list[dict[str, Any]]:
    with clock.at(NOW):
        answer = browser_of(who).get("figures/trend/")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["months"])


def listed(who: Any, month: str, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    with clock.at(NOW):
        while cursor is not None:
            answer = browser_of(who).get(f"figures/trend/list/?month={month}&what={what}&page_size=2&cursor={cursor}")
            assert answer.status_code == 200, answer.content
            found += answer.json()["results"]
            cursor = answer.json()["next"]
    return found


def test_every_number_is_recounted_and_is_the_length_of_the_list_it_opens(world: World) -> None:
    a_year(world)
    for who in (world.manager, world.youth_justice_manager):
        months = months_of(who)
        expected = by_hand(who.agency_id)
        assert [row["id"] for row in months] == list(expected)
        assert months[-1]["id"] == "2026-10"
        for row in months:
            assert {what: row[what] for what in COUNTED} == {what: expected[row["id"]][what] for what in COUNTED}
            for what in COUNTED:
                rows = listed(who, row["id"], what)
                assert len(rows) == len({one["id"] for one in rows}) == row[what], (row["id"], what)
                for one in rows:
                    assert bool(one["url"]) == bool(one["reference"])
                    if one["url"]:
                        assert browser_of(who).get(f"/api/v1{one['url']}/").status_code == 200
    march = next(row for row in months_of(world.manager) if row["id"] == "2026-03")
    assert {what: march[what] for what in COUNTED} == {"open": 3, "opened": 1, "closed": 1, "received": 1}


def test_what_another_agency_leads_by_now_is_still_counted_and_opens_nothing(world: World) -> None:
    moved = a_year(world)["moved"]
    (row,) = listed(world.manager, "2026-04", "closed")
    assert (row["reference"], row["url"]) == ("", None)
    (taken,) = listed(world.youth_justice_manager, "2026-04", "opened")
    assert taken["url"] == f"/cases/{moved.id}"


def test_an_agency_reads_its_own_only(world: World) -> None:
    a_year(world)
    assert not any(row[what] for row in months_of(world.stranger) for what in COUNTED)
    assert listed(world.stranger, "2026-03", "open") == []


def test_a_child_who_may_not_be_seen_is_in_no_count_and_no_list(world: World) -> None:
    made = a_year(world)
    Named.objects.using("owner").create(user_id=world.worker.user_id, child_id=made["stays"].child_id)
    Conflict.objects.using("owner").create(user_id=world.manager.user_id, child_id=made["before"].child_id)
    barred = [made["stays"].child_id, made["before"].child_id]
    expected = by_hand(world.manager.agency_id, without=barred)
    assert {row["id"]: row["open"] for row in months_of(world.manager)} == {
        month: numbers["open"] for month, numbers in expected.items()
    }
    assert [row["received"] for row in months_of(world.manager)] == [one["received"] for one in expected.values()]
    references = {row["reference"] for row in listed(world.manager, "2026-10", "open")}
    assert made["stays"].reference not in references
    assert len(references) == expected["2026-10"]["open"] == 1


@pytest.mark.parametrize(
    ("agency", "role"),
    [(LEAD, Role.CASE_WORKER), ("front-door", Role.TRIAGE_OFFICER)],
)
def test_only_who_manages_reads_it(world: World, agency: str, role: Role) -> None:
    browser = browser_of(actor(agency, role))
    assert browser.get("figures/trend/").status_code == 403
    assert browser.get("figures/trend/list/?month=2026-10&what=open").status_code == 403


@pytest.mark.parametrize(
    "query", ["month=2026-10", "month=2026-11&what=open", "month=soon&what=open", "month=2026-10&what=all"]
)
def test_what_is_not_counted_cannot_be_asked_for(world: World, query: str) -> None:
    with clock.at(NOW):
        answer = browser_of(world.manager).get(f"figures/trend/list/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_it_costs_the_same_however_much_it_counts(world: World) -> None:
    allocated(world, day(2), "One")
    browser = browser_of(world.manager)
    with clock.at(NOW):
        few = {path: len(statements(lambda path=path: browser.get(path))) for path in STATEMENTS}
    for name in ("Two", "Three", "Four"):
        allocated(world, day(2), name)
    with clock.at(NOW):
        for path, most in STATEMENTS.items():
            found = statements(lambda path=path: browser.get(path))
            assert len(found) == few[path] <= most, said(found)
