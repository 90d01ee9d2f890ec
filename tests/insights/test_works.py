"""What works by service: each number recounted by hand, and the length of the list that it opens."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.cases.models import Case, Goal
from backend.core import clock
from backend.core.ids import uuid7
from backend.directory.models import Service
from backend.insights.intervals import wilson
from backend.insights.queries.works import FIGURES
from backend.interventions.models import Intervention, Session
from backend.outcomes.models import Score
from tests import casework, edges
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.planning import found_out
from tests.cases.working import now, work
from tests.factories import officer, teacher
from tests.insights.made import analyst
from tests.insights.test_outcomes import A_YEAR_ON, HALF_A_YEAR_ON, LATER, MONDAY, measured
from tests.interventions.made import go, held, intervention_in, mentor, service
from tests.promises.departing import LINK

pytestmark = pytest.mark.django_db

STATEMENTS, LIST = 14, 6
# A service given once: the goals it worked towards, first and last score and what came of each; its sessions, with
# what the child said; the questionnaire at both ends; and whether it came to the end.
Goals = tuple[tuple[int, int | None, str], ...]


@pytest.fixture
def world(db: None) -> World:
    return World()


def gave(
    world: World,
    of: Service,
    *,
    goals: Goals = (),
    sessions: tuple[tuple[str, str], ...] = (),
    scores: tuple[int, ...] = (),
    ends: str = "complete",
) -> Case:
    """A case of that Monday that closed on it, with one service in it that ended."""
    with clock.at(MONDAY):
        case = found_out(world)
        target = intervention_in(Intervention.STARTED, case, world.worker, of)
        made = [casework.goal_of(case, world.worker, score=first) for first, _last, _outcome in goals]
        if made:
            go("tie_goals", target, world.worker, goals=[str(one.id) for one in made])
        for outcome, words in sessions:
            held(target, mentor(), outcome=outcome, child_feedback=words)
        for stage, each in zip(("baseline", "exit"), scores, strict=False):
            measured(world, case, stage, each)
        go(ends, target, mentor())
        for goal, (_first, last, outcome) in zip(made, goals, strict=True):
            without = {} if last is not None else {"why_no_score": "did_not_want"}
            edges.take("end", goal.id, world.worker, noun="goal", outcome=outcome, score=last, **without)
        return work(world, "close", now(world, case), reason_code="outcomes_met", goes_on="School nurse.")


def some_services(world: World) -> list[Case]:
    """Two services: one given five times and one twice."""
    boxing, cooking = (service(name=f"{name} {uuid7().hex[-5:]}") for name in ("Boxing", "Cooking"))
    came, missed, off = ("attended", "I liked it."), ("did_not_attend", ""), ("cancelled_by_service", "")
    return [
        gave(world, boxing, goals=((3, 8, "reached"), (4, 4, "partly")), sessions=(came, came, missed), scores=(6, 2)),
        gave(world, boxing, goals=((3, 5, "reached"),), sessions=(("partly_attended", ""), off), scores=(2, 3)),
        gave(world, boxing, goals=((3, 1, "worse"), (2, None, "not_possible")), ends="end_early"),
        gave(world, boxing, sessions=(off,)),
        gave(world, boxing, goals=((3, 3, "given_up"),), sessions=(missed,), ends="end_early"),
        gave(world, cooking, goals=((5, 9, "reached"),), sessions=(came,)),
        gave(world, cooking, scores=(3, 3)),
    ]


@pytest.fixture
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def read(who: Actor, period: str = "month") -> dict[str, dict[str, Any]]:
    answer = browser_of(who).get(f"figures/works/?period={period}")
    assert answer.status_code == 200, answer.content
    return {figure["id"]: figure for figure in answer.json()["figures"]}


def listed(who: Actor, figure: str, group: str, part: str = "") -> list[dict[str, Any]]:
    asked = f"figure={figure}&group={group}" + (f"&part={part}" if part else "")
    answer = browser_of(who).get(f"figures/works/list/?period=month&{asked}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def moved(found: list[Score], subjects: list[Any], measure: Callable[[str], bool]) -> list[int]:
    """How far each subject went from its first score to its last."""
    ends: dict[Any, dict[str, int]] = defaultdict(dict)
    for one in found:
        if one.subject_id in subjects and measure(one.measure) and one.value is not None:
            ends[one.subject_id, one.measure][one.stage] = one.value
    return [both["exit"] - both["baseline"] for both in ends.values() if {"baseline", "exit"} <= set(both)]


def way(by: float) -> str:
    return "same" if by == 0 else "better" if by > 0 else "worse"


def recounted(world: World) -> dict[str, dict[str, Counter[str]]]:
    """What there is, row by row: of each figure and service how many of each part."""
    found: dict[str, dict[str, Counter[str]]] = {code: defaultdict(Counter) for code in FIGURES}
    with acting(world.manager):
        for one in Intervention.objects.filter(case__state="closed"):
            name, scores = str(one.service_id), list(Score.objects.filter(root_id=one.case_id))
            goals = [goal for goal in Goal.objects.filter(root_id=one.case_id) if goal.id in one.goals]
            sessions = Counter(row.outcome for row in Session.objects.filter(root_id=one.id))
            came = sessions["attended"] + sessions["partly_attended"]
            found["given"][name][one.state] += 1
            found["sessions"][name] += Counter(
                attended=sessions["attended"], partly=sessions["partly_attended"], missed=sessions["did_not_attend"]
            )
            if goals:
                reached = sum(goal.outcome == "reached" for goal in goals)
                found["goals"][name]["all" if reached == len(goals) else "some" if reached else "none"] += 1
            nearer = moved(scores, [goal.id for goal in goals], lambda code: code == "goal")
            if nearer:
                found["goal_scores"][name][way(sum(nearer))] += 1
            lower = moved(scores, [one.case_id], lambda code: code != "goal")
            if lower:
                found["questionnaires"][name][way(-sum(lower))] += 1
            if came:
                words = any(row.child_feedback for row in Session.objects.filter(root_id=one.id))
                found["views"][name]["said" if words else "not_said"] += 1
    return found


def shares_have_bounds_only_of_enough(who: Actor, found: dict[str, Any]) -> None:
    """And it never says that a service is the cause."""
    often, seldom = found["given"]["rows"]
    low, high = wilson(3, 5)
    first = often["numbers"][0]
    assert (first["count"], first["percent"], first["low"], first["high"]) == (
        3,
        60,
        round(100 * low),
        round(100 * high),
    )
    assert {one["percent"] for one in seldom["numbers"]} == {None}
    assert (often["beside"], seldom["beside"]) == (f"{median((2, 1, 0, 0, 0)):g}", "Too few")
    assert found["goals"]["finding"].startswith("Of 7 goals that services worked towards, 3 were reached.")
    assert [row["beside"] for row in found["goals"]["rows"]] == ["2 of 6", "1 of 1"]
    assert listed(who, "goals", often["id"], "some")[0]["title"].endswith(": 1 of 2 goals reached")
    assert found["sessions"]["finding"] == "Children came to 4 of 6 sessions that were there to come to."
    assert "too few for a share" in found["given"]["caution"]
    assert "may have had other services too" in found["questionnaires"]["caution"]


@pytest.mark.usefixtures("three_weeks_later")
def test_each_number_is_recounted_by_hand_and_is_the_length_of_its_list(world: World) -> None:
    some_services(world)
    expected, who, found = recounted(world), world.manager, read(world.manager)
    assert set(found) == set(FIGURES)
    for code, figure in found.items():
        told = {row["id"]: Counter({one["part"]: one["count"] for one in row["numbers"]}) for row in figure["rows"]}
        assert {name: +parts for name, parts in told.items()} == {
            name: +parts for name, parts in expected[code].items() if +parts
        }, code
        for row in figure["rows"]:
            assert row["of"] == len(listed(who, code, row["id"])) == sum(one["count"] for one in row["numbers"])
            for one in row["numbers"]:
                assert len(listed(who, code, row["id"], one["part"])) == one["count"], (code, one)
    shares_have_bounds_only_of_enough(who, found)
    url = listed(who, "sessions", found["sessions"]["rows"][0]["id"])[0]["url"]
    assert browser_of(who).get(f"/api/v1{url}/").status_code == 200


def test_half_a_year_and_a_year_on_it_counts_by_the_end_of_the_case(world: World) -> None:
    of = service(name=f"Boxing {uuid7().hex[-5:]}")
    lasted, opened, _silent = (gave(world, of) for _each in range(3))
    with clock.at(LATER):
        assert [read(world.manager)[code]["rows"] for code in ("sustained", "again")] == [[], []]
    with clock.at(MONDAY + timedelta(days=100)):
        again = work(world, "reopen", now(world, opened), by=world.manager)
        # What begins after that end says nothing of it.
        intervention_in(Intervention.COMPLETED, again, world.manager, service())
    with clock.at(MONDAY + timedelta(days=140)):
        again = now(world, again)
        work(world, "close", again, by=world.manager, reason_code="outcomes_met", goes_on="School nurse.")
    with clock.at(HALF_A_YEAR_ON - timedelta(weeks=3)):
        work(world, "record_sustained", now(world, lasted), sustained="yes")
    with clock.at(HALF_A_YEAR_ON):
        assert parts_of(world, "sustained") == {"yes": 1, "not_answered": 1}
    with clock.at(A_YEAR_ON):
        assert parts_of(world, "again") == {"back": 1, "not_back": 2}
        row = read(world.manager)["again"]["rows"][0]
        assert [len(listed(world.manager, "again", row["id"], part)) for part in ("back", "not_back")] == [1, 2]
    with clock.at(A_YEAR_ON + timedelta(days=140)):
        (row,) = read(world.manager)["again"]["rows"]
        assert (row["id"] != str(of.id), row["of"]) == (True, 1), "by the first end after it began, and only by that"


def parts_of(world: World, figure: str) -> dict[str, int]:
    (row,) = read(world.manager)[figure]["rows"]
    return {one["part"]: one["count"] for one in row["numbers"] if one["count"]}


@pytest.mark.usefixtures("three_weeks_later")
def test_a_child_who_may_not_be_seen_is_in_no_count_and_another_agency_counts_its_own(world: World) -> None:
    case, who = gave(world, service()), world.manager
    group = read(who)["given"]["rows"][0]["id"]
    assert {len(one["rows"]) for one in read(world.youth_justice_manager).values()} == {0}
    with acting(who):
        declare_about(who, "case", case.id, uuid7(), LINK)
    assert {len(one["rows"]) for one in read(who).values()} == {0}
    assert listed(who, "given", group) == []


def test_only_those_who_manage_ask_and_only_for_what_is_counted(world: World) -> None:
    anybody = uuid7()
    for who in (officer(), teacher(), world.worker, analyst(), mentor()):
        assert browser_of(who).get("figures/works/").status_code == 403
        assert browser_of(who).get(f"figures/works/list/?figure=given&group={anybody}").status_code == 403
    assert browser_of(world.manager).get("figures/works/").status_code == 200
    for query in ("", "figure=given", f"figure=luck&group={anybody}", f"figure=given&group={anybody}&part=yes"):
        answer = browser_of(world.manager).get(f"figures/works/list/?{query}")
        assert (answer.status_code, bool(answer.json()["fields"])) == (400, True), query


@pytest.mark.usefixtures("three_weeks_later")
def test_it_costs_the_same_however_much_it_counts(world: World) -> None:
    of, all_of_it = service(), {"goals": ((3, 8, "reached"),), "sessions": (("attended", "Good."),), "scores": (6, 2)}
    gave(world, of, **all_of_it)
    browser = browser_of(world.manager)
    group = read(world.manager)["given"]["rows"][0]["id"]
    paths = {
        "figures/works/?period=month": STATEMENTS,
        **{f"figures/works/list/?period=month&figure={code}&group={group}": LIST for code in FIGURES},
    }
    before = {path: len(statements(lambda path=path: browser.get(path))) for path in paths}
    gave(world, service(), **all_of_it)
    gave(world, of, **all_of_it)
    for path, most in paths.items():
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == before[path] <= most, said(found)
