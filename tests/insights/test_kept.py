"""Figures that the worker keeps counted: the same as counted live, as old as they say, and no child too many."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.ids import uuid7
from backend.insights import refreshing
from backend.insights.models import Cell, Changed, Counted, Share
from backend.insights.queries import kept
from backend.insights.queries.cuts import CUTS
from backend.insights.queries.flow import COUNTED
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import now, work
from tests.factories import manager, officer
from tests.insights.keeping import read, recounted, refreshed, rows_written, unlike, wrong_months, wrong_numbers
from tests.insights.test_flow import decided_after
from tests.insights.test_outcomes import A_YEAR_ON, HALF_A_YEAR_ON, LATER, MONDAY, closed, refers_again, some_work
from tests.insights.test_works import gave, some_services
from tests.interventions.made import service
from tests.promises.departing import LINK
from tests.promises.two_logins import as_worker, the_worker_takes_turns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_worker_takes_turns")]
__all__ = ["the_worker_takes_turns"]
# Who asks, up to when is counted, and what is kept; where work stands, also what stands there now.
PATHS = {
    "figures/outcomes/": 5,
    "figures/flow/": 5,
    "figures/standing/": 7,
    "figures/services/": 5,
    "figures/trend/": 5,
    "figures/works/": 5,
    "figures/quality/": 7,
    **{f"figures/flow/cut/?kind=decide&by={by}": 6 if by == "team" else 5 for by in CUTS},
    **{f"figures/fairness/?by={by}": 5 for by in kept.FAIRNESS},
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.at(LATER):
        yield World()


def reasons(who: Any) -> int:
    found = browser_of(who).get("figures/outcomes/?period=month").json()["figures"]
    return next(int(one["whole"]) for one in found if one["id"] == "reasons")


def as_of(who: Any) -> datetime:
    answers = [browser_of(who).get(f"figures/{page}/").json()["as_of"] for page in ("outcomes", "flow")]
    assert answers[0] == answers[1]
    return datetime.fromisoformat(answers[0])


def test_what_is_kept_is_what_the_records_say_after_every_refresh_and_in_every_period(world: World) -> None:
    some_work(world)
    some_services(world)
    again, opened, undone = (closed(world) for _each in range(3))
    for hours in (1, 2, 3, 4, 30, 60, 200, 201):
        decided_after(hours)
    people = (world.manager, world.youth_justice_manager, manager(), world.stranger)
    assert refreshed() > 0
    assert wrong_numbers(people, ["month"], in_every_way=True) == unlike() == []
    assert read(world.manager, kept.OUTCOMES)["reasons"]["whole"] == 17
    assert {row["median"] for row in read(world.manager, kept.WORKS)["given"].values()} == {0, 0.5}
    assert read(manager(), kept.FLOW)["clocks"]["decide"]["median"] == timedelta(hours=4)
    with clock.at(MONDAY + timedelta(days=100)):
        refers_again(world, again)
        work(world, "reopen", now(world, opened), by=world.manager)
    with clock.at(HALF_A_YEAR_ON - timedelta(weeks=3)):
        work(world, "record_sustained", now(world, undone), sustained="in_part")
    refreshed()
    for moment in (LATER, HALF_A_YEAR_ON, A_YEAR_ON, A_YEAR_ON + timedelta(days=45)):
        with clock.at(moment):
            assert wrong_numbers(people) == wrong_months(people) == [], moment
    with clock.at(A_YEAR_ON):
        assert read(world.manager, kept.OUTCOMES)["again"]["part_back"] == 2
    assert unlike() == []
    assert refreshed() == 0


def test_a_page_says_up_to_when_changes_are_counted_and_counts_live_until_everybody_was_counted_once(
    world: World,
) -> None:
    case = closed(world)
    assert reasons(world.manager) == 1
    refreshed()
    with clock.at(LATER + timedelta(minutes=5)):
        work(world, "reopen", now(world, case), by=world.manager)
        assert as_of(world.manager) == LATER
        assert reasons(world.manager) == 1
        refreshed()
        assert reasons(world.manager) == 0
        assert as_of(world.manager) == LATER + timedelta(minutes=5)


@pytest.mark.parametrize("how", ["conflict", "seal"])
def test_a_child_who_may_not_be_seen_any_more_is_in_no_number_before_the_next_refresh(world: World, how: str) -> None:
    case, who = closed(world, goals=((3, 8, "reached"),)), world.manager
    refreshed()
    assert reasons(who) == 1
    colleague = actor("city-early-help", Role.MANAGER)
    if how == "conflict":
        with acting(who):
            declare_about(who, "case", case.id, uuid7(), LINK)
    else:
        sealed_for(colleague, case)
    assert {code: found.get("whole", 0) for code, found in read(who, kept.OUTCOMES).items()} == dict.fromkeys(
        read(who, kept.OUTCOMES), 0
    )
    assert read(who, kept.FLOW) == recounted(who, kept.FLOW)
    assert read(colleague, kept.OUTCOMES)["goals"]["part_reached"] == 1


def sealed_for(who: Any, case: Case) -> None:
    by_owner(
        "INSERT INTO access_named (id, user_id, child_id) VALUES (%s, %s, %s)", uuid7(), who.user_id, case.child_id
    )


def by_owner(statement: str, *values: Any) -> None:
    """As the owner, who needs no second person for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(statement, values)
        cursor.execute("SET ROLE alongside_web")


def test_whoever_goes_to_another_team_takes_the_referrals_that_they_decide_with_them(world: World) -> None:
    decided_after(1)
    refreshed()
    table, team = kept.cut_page(kind="decide", is_urgent=False, by="team"), uuid7()
    assert list(read(manager(), table)["decide"]) != [str(team)]
    by_owner("INSERT INTO agencies_team (id, agency_id, name) VALUES (%s, %s, 'Door')", team, manager().agency_id)
    by_owner("UPDATE agencies_membership SET team_id = %s WHERE id = %s", team, officer().membership_id)
    assert refreshed() == 1
    assert list(read(manager(), table)["decide"]) == [str(team)]
    assert wrong_numbers([manager()], ["month"], in_every_way=True) == []


def test_what_another_agency_was_told_of_a_child_tells_nobody_elses_numbers_apart(world: World) -> None:
    """The worker reads everything: a group is what an agency's own records say all the same."""
    first = decided_after(1, sen_status="none", sen_types=None, sen_waiting_since=None)
    with acting(manager()):
        child = Child.objects.get(id__in=Referral.objects.filter(id=first).values("child_id"))
    world.refers(child, world.agency("youth-justice"))
    by_owner(
        "INSERT INTO referrals_sentanswers (id, root_id, mark, answers, sent_at) SELECT %s, id, '', %s::jsonb, now()"
        " FROM referrals_referral WHERE child_id = %s AND id <> %s",
        uuid7(),
        '{"sen_status": "ehcp"}',
        child.id,
        first,
    )
    refreshed()
    assert list(read(manager(), kept.FAIRNESS["send"])["decided"]) == ["none"]
    assert wrong_numbers([manager(), world.youth_justice_manager], ["month"], in_every_way=True) == []


def test_nobody_who_serves_reads_a_cell_or_a_share_but_by_the_numbers_of_their_own_agency(world: World) -> None:
    gave(world, service())
    world.allocated()
    decided_after(1)
    refreshed()
    with acting(world.manager), connection.cursor() as cursor:
        assert [table.objects.count() for table in (Cell, Share, Changed)] == [0, 0, 0]
        for table in ("cell", "share", "changed", "counted"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"DELETE FROM insights_{table}")
    told_apart = [f"cut.{by}.{kind}" for by in CUTS for kind in COUNTED]
    everything = [*told_apart, *(name for one in kept.KEPT.values() for name in one.columns)]
    assert pages_of(officer(), everything) == {"cut", "flow"}
    assert pages_of(manager(), everything) == {"cut", "fairness", "flow", "quality", "standing", "trend"}
    assert {"cut", "fairness", "helped", "now", "outcomes", "works"} <= pages_of(world.manager, everything)
    for who in (world.worker, world.teacher, actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        assert pages_of(who, everything) == set()


def pages_of(who: Any, wanted: list[str]) -> set[str]:
    with acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT figure FROM app.figures_kept(%s, '1900-01-01', '2030-01-01')", [wanted])
        return {figure.partition(".")[0] for (figure,) in cursor.fetchall()}


def test_reading_and_refreshing_cost_the_same_however_much_there_is(world: World) -> None:
    browser, paths = browser_of(world.manager), PATHS
    costs, moved = [], []
    for _twice in range(2):
        some_work(world)
        case = closed(world)
        refreshed()
        costs.append([len(statements(lambda path=path: browser.get(path))) for path in paths])
        work(world, "reopen", now(world, case), by=world.manager)
        with as_worker(), rows_written() as written:
            costs[-1].append(len(found := statements(refreshing.refresh)))
        moved.append({table: number for table, number in written.items() if number})
    assert costs[0] == costs[1], said(found)
    assert dict(zip(PATHS, costs[0], strict=False)) == PATHS
    assert set(moved[0]) == {"insights_cell", "insights_share", "insights_changed", "insights_counted"}
    assert moved[0] == moved[1]


def test_a_refresh_that_is_killed_changes_nothing_and_the_next_one_does_all_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = closed(world)
    refreshed()
    work(world, "reopen", now(world, case), by=world.manager)
    before = read(world.manager, kept.OUTCOMES)
    with monkeypatch.context() as killed:
        killed.setattr(refreshing, "_COUNTED", "SELECT 1 / 0, %s, %s")
        with pytest.raises(DatabaseError), transaction.atomic():
            refreshed()
    assert read(world.manager, kept.OUTCOMES) == before != recounted(world.manager, kept.OUTCOMES)
    assert unlike() == []
    refreshed()
    assert wrong_numbers([world.manager]) == unlike() == []


def test_when_the_product_counts_something_else_everybody_is_counted_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(world)
    assert refreshed() == 1
    assert refreshed() == 0
    fewer = {name: one for name, one in kept.KEPT.items() if name != "outcomes.reasons"}
    with monkeypatch.context() as other:
        other.setattr(refreshing, "KEPT", fewer)
        other.setattr(refreshing, "shape", lambda: "another")
        assert refreshed() == 1
    with as_worker():
        assert not Cell.objects.filter(figure="outcomes.reasons").exclude(number=0).exists()
    assert Counted.objects.get().shape == "another"
    # The page knows that what is kept is not what it shows, and counts live.
    assert reasons(world.manager) == 1
    refreshed()
    assert unlike() == []
