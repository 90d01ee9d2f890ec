"""The plan of the demo city is data: every state is in it, it fits the calendar, and one seed has one city."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from backend.children.match_keys import Described
from backend.demonstration import families, material
from backend.demonstration.moments import OfficeTime
from backend.demonstration.plan import Plan
from backend.demonstration.planning import make_plan
from backend.demonstration.shapes import BY_CLOCK, PAST, SHAPES, STRETCHES, WAITS
from backend.demonstration.staff import named
from backend.demonstration.walking import VERBS
from backend.matching.comparing import ready
from backend.matching.weighing import weigh, weights
from backend.referrals.models import Referral

MONDAY_MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
# Before the office opens, at a weekend, after it closed in summer, on a bank holiday, in the first minute of a year.
ODD_HOURS = [
    datetime(2026, 11, 23, 6, 5, tzinfo=UTC),
    datetime(2026, 11, 22, 14, 0, tzinfo=UTC),
    datetime(2026, 7, 24, 19, 45, tzinfo=UTC),
    datetime(2026, 12, 25, 11, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 1, tzinfo=UTC),
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(seed="test", now=MONDAY_MORNING)


def test_a_full_city_has_every_state_and_about_the_promised_size(plan: Plan) -> None:
    states = Counter(contact.state for contact in plan.contacts)
    # Only a child's death closes a referral, which two people record: deaths.py makes the one there is.
    assert set(states) == set(Referral.LABELS) - {Referral.CLOSED}
    assert min(states.values()) >= 5
    assert 380 <= len(plan.lives) <= 420
    assert 480 <= len(plan.contacts) <= 520


def test_every_step_of_every_shape_can_be_walked() -> None:
    shapes = (*SHAPES, *PAST)
    verbs = {verb for shape in shapes for verb in shape.steps}
    assert verbs <= set(VERBS) | set(BY_CLOCK)
    assert verbs <= set(WAITS) | set(BY_CLOCK)
    assert len({shape.name for shape in shapes}) == len(shapes)
    for shape in shapes:
        assert bool(shape.starts) != bool(shape.ends), shape.name
        assert {shape.starts, shape.ends} - {""} <= {*STRETCHES, "today", "yesterday", "late"}, shape.name


@pytest.mark.parametrize("now", [MONDAY_MORNING, *ODD_HOURS], ids=str)
def test_nothing_happens_in_the_future_and_everything_in_order(now: datetime) -> None:
    for life in make_plan(seed="test", now=now, scale=20).lives:
        steps = [step for contact in life.contacts for step in contact.steps]
        assert all(step.at < now for step in steps)
        for contact in life.contacts:
            instants = [step.at for step in contact.steps]
            assert instants == sorted(set(instants))


def test_the_same_seed_is_the_same_city_whatever_the_day(plan: Plan) -> None:
    def city(one: Plan) -> list[object]:
        return [
            (life.child.given_name, life.child.home, [(c.shape, c.story, c.referrer, c.people) for c in life.contacts])
            for life in one.lives
        ]

    assert make_plan(seed="test", now=MONDAY_MORNING) == plan
    assert city(make_plan(seed="test", now=MONDAY_MORNING + timedelta(hours=5))) == city(plan)
    assert city(make_plan(seed="test", now=MONDAY_MORNING, scale=5)) != city(plan)
    assert city(make_plan(seed="another", now=MONDAY_MORNING)) != city(plan)
    # A weekend, Christmas, a leap day: a journey that passes today must pass on any of them.
    small = city(make_plan(seed="test", now=MONDAY_MORNING, scale=30))
    for days in (5, 32, 463):
        assert city(make_plan(seed="test", now=MONDAY_MORNING + timedelta(days=days), scale=30)) == small


def test_the_people_of_the_sign_in_have_full_pages(plan: Plan) -> None:
    sent = Counter(contact.state for contact in plan.contacts if contact.referrer == named("Joanna Fairweather"))
    assert {"draft", "submitted", "triage", "information_requested", "accepted", "signposted"} <= set(sent)
    today = MONDAY_MORNING.date()
    shapes = {c.shape: c for c in plan.contacts if c.referrer == named("Joanna Fairweather")}
    assert shapes["signposted today"].steps[-1].at.date() == today
    assert shapes["question to the referrer"].asked == (named("Joanna Fairweather"),)
    offered = Counter(contact.agencies["target"] for contact in plan.contacts if contact.shape == "offered")
    assert offered["youth-justice"] >= 2
    waiting = Counter(contact.agencies["target"] for contact in plan.contacts if contact.shape == "unallocated")
    assert waiting["city-early-help"] >= 3
    mine = [c for c in plan.contacts if c.people.get("worker") == named("Rukhsana Malik")]
    assert 9 <= len(mine) <= 16


def test_siblings_repeat_contacts_and_an_unborn_child_are_there(plan: Plan) -> None:
    families = Counter(life.child.home for life in plan.lives)
    assert sum(1 for children in families.values() if children > 1) >= 10
    assert Counter(len(life.contacts) for life in plan.lives)[3] >= 10
    assert any(life.child.expected_on for life in plan.lives)
    for life in plan.lives:
        unborn = [material.stories()[contact.story].unborn for contact in life.contacts]
        assert set(unborn) == {life.child.born_on is None}
        starts = [contact.steps[0].at for contact in life.contacts]
        assert starts == sorted(starts)


@pytest.mark.parametrize("now", [MONDAY_MORNING, *ODD_HOURS], ids=str)
def test_hours_back_and_instants_are_each_others_opposite(now: datetime) -> None:
    office = OfficeTime(now)
    hours = [office.today / 3, office.today / 2, office.today + 0.5, office.today + 7.9, office.today + 100.25]
    for back in hours:
        assert office.since(office.before(back)) == pytest.approx(back, abs=1e-6)
    instants = [office.before(back) for back in hours]
    assert instants == sorted(instants, reverse=True)


def test_a_child_written_otherwise_differs_and_is_likely() -> None:
    """What waits in the queue to be compared is a likely child, and never the same words."""
    random = Random("otherwise")
    found = 0
    for _ in range(100):
        home = families.make_home(random)
        child = families.make_child(random, home, age=11, on=date(2026, 11, 2), sex="any", school=None)
        other = families.written_otherwise(random, child, on=date(2026, 11, 2))
        assert other != child
        one, two = (_described(written) for written in (child, other))
        found += weigh(ready(one), ready(two), weights()).is_likely(weights())
    assert found > 90


def _described(child: families.Child) -> Described:
    home = child.home
    return Described(
        given_name=child.given_name,
        family_name=home.family_name,
        date_of_birth=child.born_on,
        sex=child.sex,
        nhs_number=child.nhs_number,
        address=home.address,
        postcode=home.postcode,
        ward=home.ward,
    )
