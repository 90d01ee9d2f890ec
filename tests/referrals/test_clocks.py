"""What every edge does to the clocks of a referral, and that nothing ended leaves a clock running that should not."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.core import clock
from backend.deadlines.models import Deadline
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.factories import (
    FRONT_DOOR,
    OFFERED,
    agency_id,
    manager,
    officer,
    question_of,
    referral_in,
    second_manager,
    take,
    with_two,
)

pytestmark = pytest.mark.django_db

# kind → state of the clock once a referral has come to a state the shortest way.
CLOCKS: dict[str, dict[str, str]] = {
    "draft": {},
    "withdrawn": {},
    "submitted": {"acknowledge": "running", "decide": "running", "total_age": "running"},
    "triage": {"acknowledge": "met", "decide": "running", "total_age": "running"},
    "information_requested": {"acknowledge": "met", "decide": "paused", "total_age": "running"},
    "redirected": {"acknowledge": "met", "decide": "running", "total_age": "running", "take": "running"},
    "stepped_up": {
        "acknowledge": "met",
        "decide": "running",
        "total_age": "running",
        "written_follow_up": "running",
    },
    "accepted": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running"},
    "linked": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running"},
    "signposted": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running"},
    "declined": {"acknowledge": "met", "decide": "met", "total_age": "met", "feedback": "running"},
    "handed_over": {
        "acknowledge": "met",
        "decide": "met",
        "total_age": "met",
        "written_follow_up": "met",
        "feedback": "running",
    },
    "entered_in_error": {
        "acknowledge": "stopped",
        "decide": "stopped",
        "total_age": "stopped",
        "confirmation": "met",
    },
}


def clocks(root_id) -> dict[str, str]:
    """The state of the last clock of each kind of a record."""
    rows = Deadline.objects.filter(root_id=root_id).order_by("id")
    return {deadline.kind: deadline.state for deadline in rows}


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
    body = {"was_told": True, "method": "phone", "told_at": clock.now().isoformat(), "version": referral.version}
    me = browser_of(officer())
    assert me.post(f"referrals/{referral.id}/record-told/", {**body, "who": "child"}).status_code == 200
    assert clocks(referral.id)["feedback"] == "running"
    told = me.post(
        f"referrals/{referral.id}/record-told/", {**body, "who": "referrer", "version": referral.version + 1}
    ).json()
    assert clocks(referral.id)["feedback"] == "met"
    assert told["tracker"]["next_due_at"] is None
    assert [step["state"] for step in told["tracker"]["steps"]] == ["done"] * 4


def test_danger_starts_the_written_follow_up_which_outlives_the_decision_until_it_is_recorded():
    called = (clock.now() - timedelta(hours=1)).isoformat()
    referral = referral_in(
        Referral.DECLINED, danger_now=True, danger_called="Sgt Doe, 101", danger_called_at=called, danger_reference="A1"
    )
    assert referral.is_urgent
    assert running(referral.id) == ["feedback", "written_follow_up"]
    take("record_follow_up", referral.id, officer(), sent_at=called)
    assert running(referral.id) == ["feedback"]


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
