"""Whether groups of children fare alike: each share recounted child by child, few said to be few, and each list."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.roles import Role
from backend.children.ages import years_between
from backend.children.models import Child
from backend.core import clock, vocabulary
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.deadlines.models import Deadline
from backend.insights.intervals import wilson
from backend.insights.queries.fairness import GROUPINGS, LEAST
from backend.interventions.models import Intervention
from backend.referrals.models import Referral, SentAnswers
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.edges import good_input, take
from tests.factories import manager, officer, submitted, teacher
from tests.insights.times import at_most
from tests.interventions.made import intervention_in, service
from tests.promises.departing import LINK

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STATEMENTS, LIST = 9, 6
UNKNOWN = "not_known"
HELPED = ("accepted", "linked")
DECIDED = (*HELPED, "signposted", "declined", "handed_over", "stepped_up")


@pytest.fixture(autouse=True)
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


@pytest.fixture
def of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a test need not make twenty children for each group."""
    monkeypatch.setattr("backend.insights.serializers.fairness.LEAST", 2)
    monkeypatch.setattr("backend.insights.serializers.numbers.SHARE_FROM", 2)


def decided(edge: str, *, hours: int = 1, **answers: Any) -> Referral:
    """A referral of that Monday about such a child, decided so many hours later."""
    with clock.at(MONDAY):
        referral = submitted(**answers)
        take("start_triage", referral.id, officer())
    with clock.at(MONDAY + timedelta(hours=hours)):
        given = {"reason_code": "threshold_not_met"} if edge == "decline" else {}
        done: Referral = take(edge, referral.id, officer(), **given)
    return done


def some_children() -> None:
    """Of several groups, some helped, some not; of one group too few."""
    african = {"child_ethnicity": "african", "sen_status": "ehcp", "child_sex": "M"}
    pakistani = {"child_ethnicity": "pakistani", "sen_status": None, "sen_types": None, "sen_waiting_since": None}
    for hours in (1, 2, 60):
        decided("decline", hours=hours, **african, child_date_of_birth="2022-11-02", child_ward="E05011119")
    decided("signpost", **african, child_date_of_birth="2015-11-03")
    for edge in ("signpost", "signpost", "decline"):
        decided(edge, **pakistani, child_date_of_birth="2010-11-03")
    decided("signpost", child_ethnicity="roma", child_sex="not_known", child_date_of_birth="2010-11-02")
    decided("decline", child_ethnicity="not_yet_asked", child_ethnicity_said_by=None)


def read(who: Actor, by: str) -> dict[str, Any]:
    answer = browser_of(who).get(f"figures/fairness/?period=month&by={by}")
    assert answer.status_code == 200, answer.content
    return {figure["id"]: figure for figure in answer.json()["figures"]}


def listed(who: Actor, by: str, figure: str, group: str, part: str = "") -> list[dict[str, Any]]:
    asked = f"period=month&by={by}&figure={figure}&group={group}" + (f"&part={part}" if part else "")
    answer = browser_of(who).get(f"figures/fairness/list/?{asked}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def group_of(by: str, child: Child, on: datetime) -> str:
    """The words of a child's group, looked up and reckoned one by one."""
    if by == "ethnicity":
        term = vocabulary.get("ethnicities").terms.get(child.ethnicity)
        return term.group if term and term.more["census_2021"] else "Not given, or not asked yet"
    if by == "sex":
        return {"F": "Female", "M": "Male"}.get(child.sex, "Not known")
    if by == "ward":
        wards = vocabulary.get("wards")
        return wards.label(child.ward) if child.ward in wards else "Not known"
    if by == "age":
        if child.date_of_birth is None:
            return "Not born yet, or not known"
        age = years_between(child.date_of_birth, local(on).date())
        return "Under 5" if age < 5 else "5 to 10" if age < 11 else "11 to 15" if age < 16 else "16 and over"
    latest = Referral.objects.filter(child_id=child.id).latest("submitted_at")
    answers = SentAnswers.objects.get(root_id=latest.id, mark="").answers
    words = {
        "none": "None known",
        "suspected": "Suspected, or waiting for an assessment",
        "awaiting_assessment": "Suspected, or waiting for an assessment",
        "sen_support": "SEN support",
        "ehcp": "Education, health and care plan",
    }
    return words.get(answers.get("sen_status", ""), "Not known")


def by_hand(who: Actor, by: str) -> dict[tuple[str, str], tuple[int, int]]:
    """How many of how many, by figure and group."""
    found: dict[tuple[str, str], list[bool]] = {}
    with acting(who):
        for one in Referral.objects.filter(holder_id=who.agency_id, state__in=DECIDED):
            group = group_of(by, one.about, one.submitted_at or LATER)
            for part, states in (("helped", HELPED), ("advised", ("signposted",)), ("declined", ("declined",))):
                found.setdefault((part, group), []).append(one.state in states)
        for clock_of in Deadline.objects.filter(owner_agency_id=who.agency_id, kind="decide", due_at__lt=LATER):
            child = Child.objects.get(pk=clock_of.child_id)
            group = group_of(by, child, clock_of.started_at)
            found.setdefault(("in_time", group), []).append(clock_of.state == "met")
    return {key: (sum(told), len(told)) for key, told in found.items()}


@pytest.mark.usefixtures("of_two")
def test_each_share_is_recounted_child_by_child_and_each_number_is_the_length_of_its_list() -> None:
    some_children()
    for by in GROUPINGS:
        _is_recounted(by)


def _is_recounted(by: str) -> None:
    who = manager()
    expected, figures = by_hand(who, by), read(who, by)
    for part, figure in figures.items():
        told = {(part, row["label"]): (row["count"], row["of"]) for row in figure["rows"]}
        of_part = {key: number for key, number in expected.items() if key[0] == part}
        assert told == {key: number for key, number in of_part.items() if number[1] >= 2}, part
        assert set(figure["too_few"]) == {group for (_part, group), number in of_part.items() if number[1] < 2}
        for row in figure["rows"]:
            low, high = wilson(row["count"], row["of"])
            assert (row["low"], row["high"]) == (round(100 * low), round(100 * high))
            assert len(listed(who, by, figure["counting"], row["id"], part)) == row["count"], (part, row["label"])
            assert len(listed(who, by, figure["counting"], row["id"])) == row["of"], (part, row["label"])


@pytest.mark.usefixtures("of_two")
def test_services_that_were_refused_are_compared_too_and_how_long_half_waited() -> None:
    world = World()
    with clock.at(MONDAY):
        for state in ("refused", "refused", "provider_declined", "started", "offered"):
            child = world.referred(world.agency("city-early-help"), sex="F")
            case = world.allocate(world.opened(child, led_by="city-early-help").id, world.manager, world.worker)
            intervention_in(state, case, world.worker, service())
    figures, who = read(world.manager, "sex"), world.manager
    with acting(who):
        every = list(Intervention.objects.filter(case__lead_agency_id=who.agency_id))
    for part, states in (
        ("family_refused", ["refused"]),
        ("provider_declined", ["provider_declined"]),
        ("begun", ["started"]),
    ):
        [row] = figures[part]["rows"]
        assert (row["label"], row["count"], row["of"]) == (
            "Female",
            sum(one.state in states for one in every),
            len(every),
        )
        assert len(listed(who, "sex", "services", "F", part)) == row["count"]
    assert figures["begun"]["timed"] == "Half waited at most"


@pytest.mark.usefixtures("of_two")
def test_half_were_decided_within_what_their_own_times_say() -> None:
    hours = (1, 2, 3, 4, 40)
    for one in hours:
        decided("signpost", hours=one, child_sex="M")
    [row] = read(manager(), "sex")["in_time"]["rows"]
    assert row["median_seconds"] == at_most(0.5, [one * 3600 for one in hours])


def test_of_fewer_than_twenty_nothing_is_said() -> None:
    for _each in range(LEAST - 1):
        decided("signpost", child_sex="M")
    figure = read(manager(), "sex")["advised"]
    assert (figure["rows"], figure["too_few"]) == ([], ["Male"])
    assert figure["finding"] == "Of the referrals that were decided: too few to say anything of any group."
    decided("decline", child_sex="M")
    figure = read(manager(), "sex")["advised"]
    assert [(row["label"], row["count"], row["of"]) for row in figure["rows"]] == [("Male", 19, 20)]
    assert figure["too_few"] == []


@pytest.mark.usefixtures("of_two")
def test_what_is_found_is_said_with_caution() -> None:
    for edge in ("decline", "signpost"):
        decided(edge, child_sex="M")
        decided(edge, child_sex="F")
    declined = read(manager(), "sex")["declined"]
    assert declined["finding"] == "Of the referrals that were decided, 50% in every group."
    assert "chance may have made" in declined["caution"]
    for _each in range(6):
        decided("decline", child_sex="M")
        decided("signpost", child_sex="F")
    declined = read(manager(), "sex")["declined"]
    assert declined["finding"] == "Of the referrals that were decided, from 12% (Female) to 88% (Male)."
    assert "do not say" in declined["caution"]


@pytest.mark.usefixtures("of_two")
def test_a_child_who_may_not_be_seen_is_in_no_group() -> None:
    first, _second = decided("decline", child_sex="M"), decided("decline", child_sex="M")
    who = manager()
    assert read(who, "sex")["declined"]["rows"][0]["of"] == 2
    with acting(who):
        declare_about(who, "referral", first.id, uuid7(), LINK)
    assert read(who, "sex")["declined"]["rows"] == []
    assert len(listed(who, "sex", "decided", "M")) == 1


def test_only_managers_compare_and_only_their_own_agencys() -> None:
    decided("decline")
    for who in (manager(), officer(), teacher(), actor("community-safety", Role.PARTNERSHIP_ANALYST)):
        expected = 200 if who.role is Role.MANAGER else 403
        assert browser_of(who).get("figures/fairness/").status_code == expected
        assert browser_of(who).get("figures/fairness/list/?figure=decided&group=african").status_code in (expected, 400)
    other = read(actor("youth-justice", Role.MANAGER), "ethnicity")
    assert {(len(one["rows"]), len(one["too_few"])) for one in other.values()} == {(0, 0)}


@pytest.mark.parametrize(
    "query", ["by=name", "figure=decided", "figure=decided&group=luck", "figure=decided&group=white&part=in_time"]
)
def test_what_is_not_compared_cannot_be_asked_for(query: str) -> None:
    answer = browser_of(manager()).get(f"figures/fairness/list/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_it_costs_the_same_however_much_it_counts() -> None:
    browser = browser_of(manager())
    paths = {}
    for by, one in GROUPINGS.items():
        group = next(iter(one.words))
        paths[f"figures/fairness/?period=month&by={by}"] = STATEMENTS
        paths[f"figures/fairness/list/?period=month&by={by}&figure=decided&group={group}"] = LIST
    decided("decline", child_sex="M", child_ethnicity="roma")
    decided("decline")
    before = {path: len(statements(lambda path=path: browser.get(path))) for path in paths}
    decided("signpost")
    decided("decline", child_sex="M", child_ethnicity="roma")
    for path, most in paths.items():
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == before[path] <= most, said(found)


@pytest.mark.usefixtures("of_two")
def test_what_was_amended_is_what_counts() -> None:
    first, _second = (decided("decline", sen_status="ehcp") for _each in range(2))
    referral = Referral.objects.get(pk=first.id)
    body = {**good_input("referral", "amend", answers={"sen_status": "sen_support"}), "version": referral.version}
    with clock.at(MONDAY + timedelta(hours=3)):
        assert browser_of(teacher()).post(f"referrals/{first.id}/amend/", body).status_code == 200
    declined = read(manager(), "send")["declined"]
    assert declined["rows"] == []
    assert declined["too_few"] == ["SEN support", "Education, health and care plan"]
