"""What every edge does to the clocks of a referral, and that nothing ended leaves a clock running that should not."""

from datetime import datetime, timedelta

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import LONDON
from backend.deadlines.models import Deadline
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.clocks import clocks
from tests.edges import take
from tests.factories import (
    FRONT_DOOR,
    OFFERED,
    agency_id,
    manager,
    officer,
    question_of,
    referral_in,
    second_manager,
    with_two,
)

pytestmark = pytest.mark.django_db

# Whoever refers in these tests is a school, to be told the same day, and says that the child was arrested the evening
# before: whoever decides reaches the child, or decides, that day too.
OPEN = {"tell_school": "running", "reach_child": "running"}
ENDED = {"tell_school": "running", "reach_child": "met"}
# kind → state of the clock once a referral has come to a state the shortest way.
CLOCKS: dict[str, dict[str, str]] = {
    "draft": {},
    "withdrawn": {},
    "submitted": {"acknowledge": "running", "decide": "running", "total_age": "running", **OPEN},
    "triage": {"acknowledge": "met", "decide": "running", "total_age": "running", **OPEN},
    "information_requested": {"acknowledge": "met", "decide": "paused", "total_age": "running", **OPEN},
    "redirected": {
        "acknowledge": "met",
        "decide": "running",
        "total_age": "running",
        "take": "running",
        **OPEN,
    },
    "stepped_up": {
        "acknowledge": "met",
        "decide": "running",
        "total_age": "running",
        "written_follow_up": "running",
        **OPEN,
    },
    "accepted": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running", **ENDED},
    "linked": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running", **ENDED},
    "signposted": {
        "acknowledge": "met",
        "decide": "met",
        "total_age": "met",
        "feedback": "running",
        **ENDED,
    },
    "declined": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running", **ENDED},
    "handed_over": {
        "acknowledge": "met",
        "decide": "met",
        "total_age": "met",
        "written_follow_up": "met",
        "feedback": "running",
        **ENDED,
        "reach_child": "stopped",
    },
    "closed": {
        "acknowledge": "stopped",
        "decide": "stopped",
        "total_age": "stopped",
        "tell_school": "stopped",
        "confirmation": "met",
        "reach_child": "stopped",
    },
    "entered_in_error": {
        "acknowledge": "stopped",
        "decide": "stopped",
        "total_age": "stopped",
        "tell_school": "stopped",
        "confirmation": "met",
        "reach_child": "stopped",
    },
}


def running(root_id) -> list[str]:
    return sorted(kind for kind, state in clocks(root_id).items() if state in ("running", "paused", "breached"))


@pytest.mark.parametrize("state", list(Referral.LABELS))
def test_clocks_of_every_state(state):
    assert clocks(referral_in(state).id) == CLOCKS[state]


@pytest.mark.parametrize("state", list(Referral.LABELS))
def test_what_is_due_next_is_the_earliest_clock_that_runs(state):
    referral = Referral.objects.get(pk=referral_in(state).id)
    ticking = [row for row in Deadline.objects.filter(root_id=referral.id) if row.is_running and not row.paused_at]
    assert referral.next_due_at == min((row.due_at for row in ticking), default=None)


@pytest.mark.parametrize("edge", ["take", "return_to_sender", "recall", "step_up"])
def test_every_edge_out_of_redirected_meets_take(edge):
    referral = referral_in(Referral.REDIRECTED)
    take(edge, referral.id, officer() if edge in ("recall", "step_up") else officer(OFFERED))
    assert clocks(referral.id)["take"] == "met"


@pytest.mark.parametrize("edge", ["start_triage", "step_up"])
def test_edges_out_of_submitted_meet_acknowledge(edge):
    referral = referral_in(Referral.SUBMITTED)
    take(edge, referral.id, officer())
    assert clocks(referral.id)["acknowledge"] == "met"


def test_marking_a_submitted_referral_as_an_error_stops_every_clock():
    referral = referral_in(Referral.SUBMITTED)
    with_two(take, "mark_entered_in_error", referral.id, manager(), confirmed_by=second_manager())
    assert running(referral.id) == []


def test_the_clock_to_decide_is_held_while_others_are_asked_and_runs_on_after():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    assert clocks(referral.id)["decide"] == "paused"
    take("resume_triage", referral.id, officer())
    assert clocks(referral.id)["decide"] == "running"


def test_clocks_follow_the_referral_to_the_agency_that_takes_it():
    referral = take("take", referral_in(Referral.REDIRECTED).id, officer(OFFERED))
    owners = {row.owner_agency_id for row in Deadline.objects.filter(root_id=referral.id) if row.is_running}
    assert {str(owner) for owner in owners} == {agency_id(OFFERED)}


def test_reopening_starts_the_clock_to_decide_again_and_drops_the_promise_of_feedback():
    referral = referral_in(Referral.SIGNPOSTED)
    take("reopen", referral.id, manager())
    assert running(referral.id) == ["decide", "total_age"]


def test_telling_the_referrer_meets_feedback_and_telling_others_does_not():
    referral = referral_in(Referral.SIGNPOSTED)
    body = {"was_told": True, "method": "in_person", "told_at": clock.now().isoformat(), "version": referral.version}
    me = browser_of(officer())
    assert me.post(f"referrals/{referral.id}/record-told/", {**body, "who": "child"}).status_code == 200
    assert clocks(referral.id)["feedback"] == clocks(referral.id)["tell_school"] == "running"
    told = me.post(
        f"referrals/{referral.id}/record-told/", {**body, "who": "referrer", "version": referral.version + 1}
    ).json()
    assert clocks(referral.id)["feedback"] == "met"
    assert clocks(referral.id)["tell_school"] == "met"
    assert told["tracker"]["next_due_at"] is None
    assert [step["state"] for step in told["tracker"]["steps"]] == ["done"] * 4


def test_danger_starts_the_written_follow_up_which_outlives_the_decision_until_it_is_recorded():
    called = (clock.now() - timedelta(hours=1)).isoformat()
    referral = referral_in(
        Referral.DECLINED, danger_now=True, danger_called="Sgt Doe, 101", danger_called_at=called, danger_reference="A1"
    )
    assert referral.is_urgent
    assert running(referral.id) == ["feedback", "tell_school", "written_follow_up"]
    take("record_follow_up", referral.id, officer(), sent_at=called)
    assert running(referral.id) == ["feedback", "tell_school"]


def test_a_question_has_a_clock_of_its_own_that_ends_with_it():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    question = question_of(referral)
    assert clocks(question.id) == {"information_request": "running"}
    assert question.next_due_at is not None
    cancelled = take("cancel", question.id, officer(), noun="information_request")
    assert clocks(question.id) == {"information_request": "stopped"}
    assert cancelled.next_due_at is None


def test_deciding_ends_the_questions_still_open():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    question = question_of(referral)
    take("resume_triage", referral.id, officer())
    take("signpost", referral.id, officer())
    with acting(officer()):
        assert question_of(referral).state == "cancelled"
    assert running(question.id) == []


def test_the_holder_of_every_referral_stays_the_front_door_until_it_is_taken():
    for state in (Referral.REDIRECTED, Referral.STEPPED_UP, Referral.INFORMATION_REQUESTED):
        assert str(referral_in(state).holder_id) == agency_id(FRONT_DOOR)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-23 11:59", "2026-11-23 15:30"),  # received before noon: the end of that school day
        ("2026-11-23 12:00", "2026-11-24 12:00"),  # from noon on: noon of the next school day
        ("2026-11-27 16:40", "2026-11-30 12:00"),  # Friday after school
        ("2026-11-28 10:00", "2026-11-30 12:00"),  # Saturday
        ("2026-12-24 13:00", "2026-12-29 12:00"),  # over Christmas, Boxing Day's substitute and a weekend
        ("2026-03-27 13:00", "2026-03-30 12:00"),  # across the change to summer time
    ],
)
def test_a_school_is_told_the_same_school_day_or_by_noon_of_the_next(sent, due):
    with clock.at(_london(sent)):
        referral = referral_in(Referral.SUBMITTED)
    promise = Deadline.objects.get(root_id=referral.id, kind="tell_school")
    assert promise.due_at == _london(due)
    assert promise.due_at <= Deadline.objects.get(root_id=referral.id, kind="acknowledge").due_at


def test_only_a_school_is_promised_to_be_told_the_same_day():
    nurse = actor("school-nursing", Role.PRACTITIONER)
    assert "tell_school" not in clocks(referral_in(Referral.SUBMITTED, by=nurse).id)


def test_the_promise_to_a_school_outlives_the_decision_and_is_what_is_due_next():
    with clock.at(_london("2026-11-23 09:30")):
        referral = referral_in(Referral.DECLINED)
        tracker = browser_of(officer()).get(f"referrals/{referral.id}/").json()["tracker"]
    assert datetime.fromisoformat(tracker["next_due_at"]) == _london("2026-11-23 15:30")
    take("reopen", referral.id, manager(), reason_code="new_information")
    assert clocks(referral.id)["tell_school"] == "stopped"


def _london(wall_clock: str) -> datetime:
    return datetime.fromisoformat(wall_clock).replace(tzinfo=LONDON)
