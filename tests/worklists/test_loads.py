"""Who has how much in hand: each number recounted by hand, the length of the list that it opens, and nobody else's."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from backend.access.models import Conflict, Named
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock, vocabulary
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import work

pytestmark = pytest.mark.django_db
WITH_OWNER = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)
LEAD = "city-early-help"
STATEMENTS = {"caseloads/": 5, "cases/filters/?view=lead": 3, "cases/?view=lead&worker=nobody&late=yes": 8}


def opened(world: World, number: int) -> Any:
    with clock.at(MORNING):
        return world.opened(world.referred(world.agency(LEAD), family_name=f"Example {number}"), led_by=LEAD)


def given_to(world: World, who: Any, number: int, *, on: date) -> Case:
    """A case of that Monday whose next step is on a day."""
    in_hand = opened(world, number)
    with clock.at(MORNING):
        return world.allocate(in_hand.id, world.manager, who, on=on)


def some_cases(world: World) -> list[Case]:
    """Three of a worker, one of them paused and two late by Friday; one of a colleague; two of nobody."""
    late, later = date(2026, 11, 25), date(2026, 12, 20)
    made = [given_to(world, world.worker, 1, on=late), given_to(world, world.worker, 2, on=late)]
    made.append(given_to(world, world.worker, 3, on=later))
    made.append(given_to(world, world.other_worker, 4, on=later))
    with clock.at(MORNING):
        work(world, "pause", made[2])
    for number in (5, 6):
        opened(world, number)
    return made


def read(who: Any, path: str) -> Any:
    with clock.at(FRIDAY):
        answer = browser_of(who).get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def listed(who: Any, **filters: str) -> set[str]:
    return {
        row["id"] for row in read(who, f"cases/?{urlencode({'view': 'lead', 'page_size': 100, **filters})}")["results"]
    }


def late_by_hand(who: Any) -> set[str]:
    rows = read(who, "cases/?view=lead&page_size=100")["results"]
    return {row["id"] for row in rows if row["coming"]["is_late"]}


def test_every_number_is_recounted_and_is_the_length_of_the_list_it_opens(world: World) -> None:
    some_cases(world)
    found = read(world.manager, "caseloads/")
    led = list(Case.objects.filter(lead_agency_id=world.agency(LEAD).id, state__in=Case.OPEN))
    late = late_by_hand(world.manager)
    assert len(late) >= 2
    weights = {term.code: int(term.more["weight"]) for term in vocabulary.get("caseload_weights")}
    rows = [("nobody", found["unallocated"]), *((one["id"], one) for one in found["people"])]
    for worker, row in rows:
        theirs = [
            one
            for one in led
            if ("nobody" if one.state == Case.UNALLOCATED else str(one.lead_practitioner_id)) == worker
        ]
        kinds = Counter("paused" if one.state == Case.PAUSED else one.priority or "not_set" for one in theirs)
        assert row["cases"] == len(theirs)
        assert row["weight"] == sum(weights[kind] * number for kind, number in kinds.items())
        assert {one["code"]: one["cases"] for one in row["loads"]} == kinds
        assert listed(world.manager, worker=worker) == {str(one.id) for one in theirs}
        overdue = listed(world.manager, worker=worker, late="yes")
        assert overdue == {str(one.id) for one in theirs} & late
        assert row["overdue"] == len(overdue)
        for one in row["loads"]:
            assert len(listed(world.manager, worker=worker, how_soon=one["code"])) == one["cases"]
    assert found["total"]["cases"] == len(led) == len(listed(world.manager)) == sum(row["cases"] for _, row in rows)
    assert found["total"]["overdue"] == len(listed(world.manager, late="yes")) == len(late)
    assert found["total"]["weight"] == sum(row["weight"] for _, row in rows)
    for team in {one["team_id"] for one in found["people"] if one["team_id"]}:
        theirs = sum(one["cases"] for one in found["people"] if one["team_id"] == team)
        assert len(listed(world.manager, team=team)) == theirs


@WITH_OWNER
def test_whoever_leads_a_case_and_works_here_no_more_is_still_counted(world: World) -> None:
    """It must never be: but if it is, no number may hide it."""
    some_cases(world)
    Membership.objects.using("owner").filter(pk=world.worker.membership_id).update(ended_at=FRIDAY)
    found = read(world.manager, "caseloads/")
    gone = next(one for one in found["people"] if one["id"] == str(world.worker.user_id))
    assert (gone["name"], gone["role"], gone["membership_id"]) == (world.worker.name, "Works here no more", None)
    assert gone["cases"] == len(listed(world.manager, worker=gone["id"])) == 3
    assert found["total"]["cases"] == len(listed(world.manager))


def test_each_person_leads_to_the_page_that_gives_their_work_to_others(world: World) -> None:
    some_cases(world)
    person = next(one for one in read(world.manager, "caseloads/")["people"] if one["id"] == str(world.worker.user_id))
    assert person["membership_id"] == str(world.worker.membership_id)
    given = read(world.manager, f"people/{person['membership_id']}/caseload/")
    assert len(given["cases"]) == person["cases"]


def test_pages_of_what_is_overdue_go_on_where_they_ended(world: World) -> None:
    some_cases(world)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = read(world.manager, f"cases/?view=lead&late=yes&page_size=1&cursor={cursor}")
        seen += [row["id"] for row in page["results"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen))
    assert set(seen) == late_by_hand(world.manager)


def test_another_agencys_manager_sees_nothing_of_ours(world: World) -> None:
    some_cases(world)
    for who in (world.stranger, world.youth_justice_manager):
        found = read(who, "caseloads/")
        assert found["total"] == {"cases": 0, "weight": 0, "overdue": 0}
        assert found["unallocated"]["cases"] == 0
        assert world.worker.name not in {one["name"] for one in found["people"]}
        assert listed(who, worker=str(world.worker.user_id)) == set()
        assert listed(who, worker="nobody") == set()


@WITH_OWNER
def test_a_child_who_may_not_be_seen_is_in_no_number_and_no_list(world: World) -> None:
    made = some_cases(world)
    before = read(world.manager, "caseloads/")["total"]
    Named.objects.using("owner").create(user_id=world.worker.user_id, child_id=made[0].child_id)
    Conflict.objects.using("owner").create(user_id=world.manager.user_id, child_id=made[3].child_id)
    after = read(world.manager, "caseloads/")
    assert after["total"]["cases"] == before["cases"] - 2
    assert after["total"]["overdue"] == before["overdue"] - 1
    assert {str(made[0].id), str(made[3].id)} & listed(world.manager) == set()
    other = next(one for one in after["people"] if one["id"] == str(world.other_worker.user_id))
    assert (other["cases"], other["overdue"]) == (0, 0)


@pytest.mark.parametrize(
    ("agency", "role", "status"),
    [
        (LEAD, Role.MANAGER, 200),
        (LEAD, Role.CASE_WORKER, 403),
        ("front-door", Role.TRIAGE_OFFICER, 403),
    ],
)
def test_only_whoever_allocates_sees_what_others_have(world: World, agency: str, role: Role, status: int) -> None:
    assert browser_of(actor(agency, role)).get("caseloads/").status_code == status


@pytest.mark.parametrize("query", ["worker=Amina", "team=1", "how_soon=soon", "late=no", "name=Amina", "view=all"])
def test_a_list_is_narrowed_by_nothing_else(world: World, query: str) -> None:
    answer = browser_of(world.manager).get(f"cases/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_the_filters_are_drawn_with_the_people_and_teams_of_ones_agency(world: World) -> None:
    fields = {one["name"]: one for one in read(world.manager, "cases/filters/?view=lead")["fields"]}
    assert list(fields) == ["worker", "team", "how_soon", "late"]
    people = {one["label"] for one in fields["worker"]["choices"]}
    assert {"Nobody yet", world.worker.name} <= people
    assert world.youth_justice_worker.name not in people
    assert [one["name"] for one in read(world.worker, "cases/filters/")["fields"]] == ["how_soon", "late"]
    assert browser_of(actor("front-door", Role.SYSTEM_ADMINISTRATOR)).get("cases/filters/").status_code == 403


def test_they_cost_the_same_however_much_they_count(world: World) -> None:
    browser = browser_of(world.manager)
    given_to(world, world.worker, 0, on=date(2026, 11, 25))
    opened(world, 9)
    few = {path: len(statements(lambda path=path: browser.get(path))) for path in STATEMENTS}
    some_cases(world)
    for path, most in STATEMENTS.items():
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == few[path] <= most, said(found)
