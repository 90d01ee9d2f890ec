"""What came of the work of one agency: each number recounted by hand, and the length of the list that it opens."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest

from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases.models import Case, Goal
from backend.children.models import Child
from backend.core import clock
from backend.core.ids import uuid7
from backend.insights.queries.outcomes import FIGURES, OF_SERVICES
from backend.interventions.models import Intervention
from backend.outcomes.models import Score
from tests import casework, edges
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.working import assessing, now, today, work
from tests.factories import manager, officer, teacher
from tests.interventions.made import intervention_in, service
from tests.promises.departing import LINK

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HALF_A_YEAR_ON = datetime(2027, 5, 20, 10, 0, tzinfo=UTC)
A_YEAR_ON = datetime(2027, 11, 20, 10, 0, tzinfo=UTC)
SCALES = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")
STATEMENTS, LIST = 14, 6


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def measured(world: World, case: Case, stage: str, each: int) -> None:
    scales = dict.fromkeys(SCALES, each)
    body = {"measure": "sdq_teacher", "stage": stage, "taken_on": today().isoformat(), **scales}
    assert browser_of(world.worker).post(f"cases/{case.id}/scores/", body).status_code == 201


def closed(
    world: World,
    reason: str = "outcomes_met",
    *,
    goals: tuple[Any, ...] = (),
    scores: tuple[int, ...] = (),
    steps_up: bool = False,
    **given: Any,
) -> Case:
    """A case of that Monday that closed on it; of each goal its first score, its last one and what came of it."""
    with clock.at(MONDAY):
        case = found_out(world) if goals or scores else assessing(world)
        for first, last, outcome in goals:
            goal = casework.goal_of(case, world.worker, score=first)
            without = {} if last is not None else {"why_no_score": "did_not_want"}
            edges.take("end", goal.id, world.worker, noun="goal", outcome=outcome, score=last, **without)
        for stage, each in zip(("baseline", "exit"), scores, strict=False):
            measured(world, case, stage, each)
        if steps_up:
            work(world, "step_up", now(world, case))
        return work(world, "close", now(world, case), reason_code=reason, goes_on="School nurse.", **given)


def figures(who: Any, period: str = "month") -> dict[str, dict[str, Any]]:
    answer = browser_of(who).get(f"figures/outcomes/?period={period}")
    assert answer.status_code == 200, answer.content
    return {figure["id"]: figure for figure in answer.json()["figures"]}


def counts(who: Any, figure: str, period: str = "month") -> dict[str, int]:
    return {row["part"]: row["count"] for row in figures(who, period)[figure]["rows"]}


def listed(who: Any, figure: str, row: dict[str, Any] | None = None, *, whole: bool = False) -> list[dict[str, Any]]:
    part = f"&part={row['part']}" if row and not whole else ""
    service = f"&service={row['service']}" if row and row["service"] else ""
    answer = browser_of(who).get(f"figures/outcomes/list/?period=month&figure={figure}{part}{service}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def by_hand(world: World) -> dict[str, Counter[str]]:
    """What there is, counted row by row."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("reasons", "goals", "goal_scores", "questionnaires")}
    found |= {"steps": Counter(), "views": Counter(), "services": Counter(), "services_met": Counter()}
    with acting(world.manager):
        for case in Case.objects.filter(state="closed"):
            found["reasons"][case.closing_reason] += 1
            up, down = (case.closing_reason == reason for reason in ("stepped_up", "stepped_down"))
            told = any(one.verb == "case.step_up" for one in Event.objects.filter(root_id=case.id))
            found["steps"].update({"up": up, "down": down, "on_the_way": told and not up})
            found["views"].update({"child": bool(case.child_view), "parent": bool(case.parent_view)})
            scores = list(Score.objects.filter(root_id=case.id).order_by("subject_id", "measure", "taken_on", "at"))
            for (_subject, measure), series in groupby(scores, key=lambda one: (one.subject_id, one.measure)):
                values = {one.stage: one.value for one in series if one.value is not None}
                if {"baseline", "exit"} <= set(values):
                    moved = values["exit"] - values["baseline"]
                    kind, words = ("goal_scores", ("further", "same", "nearer")) if measure == "goal" else (
                        "questionnaires", ("better", "same", "worse"))  # fmt: skip
                    found[kind][words[(moved > 0) - (moved < 0) + 1]] += 1
            for goal in Goal.objects.filter(root_id=case.id):
                found["goals"][goal.outcome or "not_ended"] += 1
            for one in Intervention.objects.filter(case_id=case.id, state="completed"):
                found["services"][one.service_name] += 1
                found["services_met"][one.service_name] += case.closing_reason == "outcomes_met"
    return found


def some_work(world: World) -> None:
    """Cases that ended in many ways, and one that has not."""
    closed(world, goals=((3, 8, "reached"), (4, 4, "partly"), (5, None, "not_possible")), scores=(6, 2))
    closed(world, goals=((2, 1, "worse"), (None, 9, "reached"), (3, None, "given_up")), scores=(2, 3))
    closed(world, "stepped_up", scores=(5,))
    closed(world, "stepped_down", steps_up=True)
    closed(world, "one_agency_goes_on", child_view="", child_view_why_not="too_young")
    for reason, states in (("outcomes_met", ("completed", "ended_early")), ("turned_18", ("completed", "refused"))):
        with clock.at(MONDAY):
            case = assessing(world)
            for number, state in enumerate(states):
                intervention_in(state, case, world.worker, service(name=f"Service {number}"))
            work(world, "close", now(world, case), reason_code=reason, goes_on="School nurse.")
    with clock.at(MONDAY):
        assessing(world)


@pytest.mark.usefixtures("three_weeks_later")
def test_each_number_is_recounted_by_hand_and_is_the_length_of_its_list(world: World) -> None:
    some_work(world)
    expected, who = by_hand(world), world.manager
    found = figures(who)
    assert set(found) == {*FIGURES, *OF_SERVICES}
    for code in ("reasons", "steps", "goals", "goal_scores", "questionnaires", "views"):
        assert +Counter({row["part"]: row["count"] for row in found[code]["rows"]}) == +expected[code], code
    for code in OF_SERVICES:
        by_name: Counter[str] = Counter()
        for row in found[code]["rows"]:
            by_name[row["label"]] += row["count"]
        assert +by_name == +expected[code], code
    for code, figure in found.items():
        for row in figure["rows"]:
            assert len(listed(who, code, row)) == row["count"], (code, row["label"])
            assert len(listed(who, code, row, whole=True)) == row["of"], (code, row["label"])
        for one in listed(who, code) if figure["rows"] and code not in OF_SERVICES else ():
            assert browser_of(who).get(f"/api/v1{one['url']}/").status_code == 200, one


@pytest.mark.usefixtures("three_weeks_later")
def test_what_a_figure_says_in_words_is_what_its_numbers_say(world: World) -> None:
    some_work(world)
    found = figures(world.manager)
    assert found["reasons"]["finding"] == "7 cases closed."
    assert found["steps"]["finding"] == (
        "Of 7 cases that closed, 1 ended by stepping up to statutory services such as children’s social care, and 1 by "
        "stepping down to universal services."
    )
    assert {row["part"]: row["count"] for row in found["steps"]["rows"]} == {"up": 1, "down": 1, "on_the_way": 1}
    assert found["goal_scores"]["finding"] == (
        "Of 6 goals, 3 had a score from the beginning and one from the end. On average they ended 1.3 nearer."
    )
    assert found["questionnaires"]["finding"].startswith("Of 7 cases, 2 had a score from the beginning and one from")
    assert "6.0 lower. Lower is better" in found["questionnaires"]["finding"]
    assert "too few for a share" in found["questionnaires"]["caution"]
    assert "These are few" in found["reasons"]["caution"]
    assert "does not show that a service works" in found["services_met"]["caution"]
    assert "too few for a share" in found["services_met"]["caution"], "each service has a whole of its own"
    row = next(one for one in found["reasons"]["rows"] if one["part"] == "outcomes_met")
    assert (row["count"], row["of"], row["percent"], row["low"], row["high"]) == (3, 7, 43, 16, 75)
    assert {one["percent"] for one in found["questionnaires"]["rows"]} == {None}


def test_half_a_year_on_it_counts_what_was_answered_and_what_was_not(world: World) -> None:
    answers = ("yes", "in_part", None)
    ended = [closed(world) for _each in answers]
    with clock.at(LATER):
        assert counts(world.manager, "sustained") == {}
    with clock.at(HALF_A_YEAR_ON - timedelta(weeks=3)):
        for case, answer in zip(ended, answers, strict=True):
            if answer:
                work(world, "record_sustained", now(world, case), sustained=answer)
        work(world, "reopen", now(world, closed(world)), by=world.manager)
    with clock.at(HALF_A_YEAR_ON):
        found = counts(world.manager, "sustained")
        assert +Counter(found) == Counter({"yes": 1, "in_part": 1, "not_answered": 1})
        assert [len(listed(world.manager, "sustained", {"part": part, "service": None})) for part in found] == [
            *found.values()
        ]


def test_a_year_on_it_counts_who_was_referred_again_or_whose_case_was_opened_again(world: World) -> None:
    again, opened, later, _never = (closed(world) for _each in range(4))
    with clock.at(MONDAY + timedelta(days=100)):
        refers_again(world, again)
        work(world, "reopen", now(world, opened), by=world.manager)
    # Too late: the year was over.
    with clock.at(MONDAY + timedelta(days=366)):
        refers_again(world, later)
    with clock.at(LATER):
        assert counts(world.manager, "again") == {}
    with clock.at(A_YEAR_ON):
        assert counts(world.manager, "again") == {"back": 2, "not_back": 2}
        back = listed(world.manager, "again", {"part": "back", "service": None})
        assert {one["reference"] for one in back} == {again.reference, opened.reference}


def refers_again(world: World, case: Case) -> None:
    """A manager of the agency that led the case refers the child to the front door again."""
    with acting(world.manager):
        child = Child.objects.get(pk=case.child_id)
    world.refers(child, world.agency("front-door"), by=world.manager)


@pytest.mark.usefixtures("three_weeks_later")
def test_an_agency_counts_its_own_and_a_period_its_own_days(world: World) -> None:
    assert figures(world.manager)["reasons"]["rows"] == []
    closed(world)
    assert counts(world.manager, "reasons") == {"outcomes_met": 1}
    assert counts(world.youth_justice_manager, "reasons") == {}
    with clock.at(LATER + timedelta(days=20)):
        assert counts(world.manager, "reasons") == {}
        assert counts(world.manager, "reasons", "quarter") == {"outcomes_met": 1}


@pytest.mark.usefixtures("three_weeks_later")
def test_a_child_who_may_not_be_seen_is_in_no_count_and_no_list(world: World) -> None:
    case, who = closed(world, goals=((3, 8, "reached"),)), world.manager
    with acting(who):
        declare_about(who, "case", case.id, uuid7(), LINK)
    found = figures(who)
    assert {code: figure["whole"] for code, figure in found.items()} == dict.fromkeys(found, 0)
    assert listed(who, "reasons") == listed(who, "goals") == []
    assert counts(actor("city-early-help", Role.MANAGER), "goals") == {"reached": 1}


def test_only_those_who_manage_read_outcomes(world: World) -> None:
    assert browser_of(manager()).get("figures/outcomes/").status_code == 200
    for who in (officer(), teacher(), world.worker, actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        assert browser_of(who).get("figures/outcomes/").status_code == 403
        assert browser_of(who).get("figures/outcomes/list/?figure=reasons").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "period=ever",
        "",
        "figure=luck",
        "figure=goals&part=nearer",
        "figure=services",
        "figure=goals&service=01a21c57-b1c8-7e57-b907-7d8a82f3388f",
    ],
)
def test_what_is_not_counted_cannot_be_asked_for(world: World, query: str) -> None:
    answer = browser_of(world.manager).get(f"figures/outcomes/list/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


@pytest.mark.usefixtures("three_weeks_later")
def test_outcomes_cost_the_same_however_much_they_count(world: World) -> None:
    some_work(world)
    browser = browser_of(world.manager)
    paths = {"figures/outcomes/": STATEMENTS, **{f"figures/outcomes/list/?figure={code}": LIST for code in FIGURES}}
    before = {path: len(statements(lambda path=path: browser.get(path))) for path in paths}
    some_work(world)
    for path, most in paths.items():
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == before[path] <= most, said(found)
