"""What is overdue in a manager's own agency: each line by what makes it late, and by nothing else."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.access.models import Conflict, Named
from backend.cases.models import Case
from backend.core import clock
from backend.deadlines.models import Deadline
from tests import casework
from tests.actors import browser_of
from tests.cases.conftest import World, world
from tests.cases.planning import planned
from tests.cases.working import work
from tests.disagreements.sides import act, in_state
from tests.factories import manager as front_door_manager

__all__ = ["world"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MORNING = datetime(2026, 9, 7, 9, tzinfo=UTC)
SIX_WEEKS_ON = MORNING + timedelta(weeks=6)


def led(world: World) -> Case:
    """A case that was allocated that Monday."""
    with clock.at(MORNING):
        in_hand = world.opened(world.referred(world.agency("city-early-help")), led_by="city-early-help")
        return world.allocate(in_hand.id, world.manager, world.worker, on=date(2026, 9, 14))


def counted(who: Any, *, at: datetime = SIX_WEEKS_ON) -> dict[str, dict[str, Any]]:
    with clock.at(at):
        answer = browser_of(who).get("exceptions/")
    assert answer.status_code == 200, answer.content
    return {one["kind"]: one for one in answer.json()["kinds"]}


def listed(who: Any, query: str, *, at: datetime = SIX_WEEKS_ON) -> list[dict[str, Any]]:
    with clock.at(at):
        answer = browser_of(who).get(f"exceptions/list/?{query}&page_size=100")
        assert answer.status_code == 200, answer.content
        for row in answer.json()["results"]:
            if row["url"]:
                assert browser_of(who).get(f"/api/v1{row['url']}/").status_code == 200, row
    return list(answer.json()["results"])


def test_a_case_drifts_after_four_weeks_of_silence_and_not_while_it_rests(world: World) -> None:
    case = led(world)
    assert counted(world.manager, at=MORNING + timedelta(weeks=3))["drifting"]["count"] == 0
    assert counted(world.manager)["drifting"]["count"] == 1
    (row,) = listed(world.manager, "kind=drifting")
    assert row["url"] == f"/cases/{case.id}"
    assert counted(world.stranger)["drifting"]["count"] == 0
    with clock.at(MORNING + timedelta(weeks=1)):
        work(world, "pause", case)
    assert counted(world.manager)["drifting"]["count"] == 0


def test_an_action_is_overdue_when_its_day_is_over_for_who_leads_and_for_whose_it_is(world: World) -> None:
    with clock.at(MORNING):
        child = world.referred(world.agency("city-early-help"))
        world.refers(child, world.agency("city-early-help"), by=world.youth_justice_worker)
        in_hand = world.opened(child, led_by="city-early-help")
        case = world.allocate(in_hand.id, world.manager, world.worker, on=date(2026, 9, 14))
        action = casework.action_of(case, world.worker, world.youth_justice_worker, due_on="2026-09-30")
    for who in (world.manager, world.youth_justice_manager):
        assert counted(who, at=datetime(2026, 9, 30, 12, tzinfo=UTC))["actions_overdue"]["count"] == 0
        assert counted(who)["actions_overdue"]["count"] == 1
    page, nowhere = f"/actions/{action.id}", None
    for who, opens in ((world.manager, page), (world.youth_justice_manager, nowhere)):
        (row,) = listed(who, "kind=actions_overdue")
        assert row["url"] == opens
        assert world.youth_justice_worker.name in row["title"]
    assert counted(world.stranger)["actions_overdue"]["count"] == 0


def test_a_review_is_overdue_when_its_clock_has_run_out(world: World) -> None:
    case = planned(world)
    review = Deadline.objects.get(root_id=case.id, kind="review")
    before, after = review.due_at - timedelta(hours=1), review.due_at + timedelta(hours=1)
    assert counted(world.manager, at=before)["reviews_overdue"]["count"] == 0
    assert counted(world.manager, at=after)["reviews_overdue"]["count"] == 1
    assert [row["reference"] for row in listed(world.manager, "kind=reviews_overdue", at=after)] == [case.reference]
    assert counted(world.stranger, at=after)["reviews_overdue"]["count"] == 0


def test_missed_clocks_are_told_by_kind_and_not_twice(world: World) -> None:
    """What has a line of its own, and what only warns, is not among them."""
    led(world)
    with clock.at(MORNING):
        child = world.referred(world.agency("city-early-help"), family_name="Another")
        world.opened(child, led_by="city-early-help")
    missed = counted(world.manager)["breached"]
    mine = Deadline.objects.filter(owner_agency_id=world.manager.agency_id, due_at__lt=SIX_WEEKS_ON)
    with clock.at(SIX_WEEKS_ON):
        by_hand = Counter(one.kind for one in mine if one.state == "breached")
    assert by_hand["drift"] == 1
    del by_hand["drift"]
    assert {one["code"]: one["count"] for one in missed["parts"]} == by_hand
    assert missed["count"] == sum(by_hand.values()) == len(listed(world.manager, "kind=breached"))
    assert set(by_hand) >= {"allocate", "first_contact"}
    for part in missed["parts"]:
        rows = listed(world.manager, f"kind=breached&clock={part['code']}")
        assert {row["title"] for row in rows} == {part["label"]}
        assert len(rows) == part["count"]
    browser = browser_of(world.manager)
    for query in ("kind=breached&clock=never", "kind=drifting&clock=review"):
        assert browser.get(f"exceptions/list/?{query}").json()["fields"]["clock"]


def test_a_child_who_may_not_be_seen_is_on_none_of_these_lines(world: World) -> None:
    case = led(world)
    with clock.at(MORNING):
        casework.action_of(case, world.worker, world.worker, due_on="2026-09-30")
    kinds = ("drifting", "actions_overdue", "breached")
    assert all(counted(world.manager)[kind]["count"] for kind in kinds)
    Named.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    assert not any(counted(world.manager)[kind]["count"] for kind in kinds)
    Named.objects.using("owner").create(user_id=world.manager.user_id, child_id=case.child_id)
    assert all(counted(world.manager)[kind]["count"] for kind in kinds)
    Conflict.objects.using("owner").create(user_id=world.manager.user_id, child_id=case.child_id)
    assert not any(counted(world.manager)[kind]["count"] for kind in kinds)


def test_an_open_disagreement_is_on_the_line_of_whoever_answers_until_it_ends(world: World) -> None:
    one = in_state("raised")
    boss, now = front_door_manager(), clock.now()
    assert counted(boss, at=now)["disagreements"]["count"] == 1
    assert [row["url"] for row in listed(boss, "kind=disagreements", at=now)] == [f"/disagreements/{one.id}"]
    assert counted(world.stranger, at=now)["disagreements"]["count"] == 0
    act("uphold", one, boss)
    assert counted(boss, at=now)["disagreements"]["count"] == 0
