"""The clocks of a disagreement, what upholding obliges, and a child who is not safe now."""

from datetime import timedelta

import pytest

from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.models import Deadline
from backend.disagreements.models import Disagreement
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.clocks import clocks
from tests.disagreements.sides import OWNERS, act, in_state, owner_of, running
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, disagreed, manager, officer, referral_in, teacher

pytestmark = pytest.mark.django_db


def test_every_open_state_has_one_clock_with_its_owner_and_every_end_has_none() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    steps = [
        (None, teacher(), "disagreement_reply", FRONT_DOOR),
        ("answer", manager(), "disagreement_response", "oakfield-school"),
        ("escalate", teacher(), "disagreement_stage_2", OWNERS[2]),
        ("answer", owner_of(2), "disagreement_response", "oakfield-school"),
        ("escalate", teacher(), "disagreement_stage_2", OWNERS[3]),
    ]
    for edge, who, kind, owner in steps:
        one = act(edge, one, who) if edge else one
        rows = [row for row in Deadline.objects.filter(root_id=one.id) if row.is_running]
        assert [(row.kind, str(row.owner_agency_id)) for row in rows] == [(kind, agency_id(owner))]
        assert one.next_due_at == rows[0].due_at
    for edge, who in (("uphold", owner_of(3)),):
        one = act(edge, one, who)
        assert running(one.id) == []
        assert one.next_due_at is None
    for state in (Disagreement.RESOLVED, Disagreement.WITHDRAWN):
        assert running(in_state(state).id) == []


def test_upholding_obliges_the_holder_to_reopen_or_correct_whatever_the_age() -> None:
    long_ago = clock.now() - timedelta(days=90)
    with clock.at(long_ago):
        referral = referral_in(Referral.DECLINED)
        one = disagreed(referral)
    with pytest.raises(Conflict, match="No disagreement about this referral has been upheld"):
        take("reopen", referral.id, manager(), reason_code="disagreement_upheld")
    act("uphold", one, manager())
    assert clocks(referral.id)["disagreement_remedy"] == "running"
    assert "disagreement_remedy" in str(browser_of(teacher()).get(f"referrals/{referral.id}/").json()["clocks"])
    reopened = take("reopen", referral.id, manager(), reason_code="disagreement_upheld")
    assert reopened.state == Referral.TRIAGE
    assert clocks(referral.id)["disagreement_remedy"] == "met"


def test_correcting_the_decision_puts_it_right_too() -> None:
    referral = referral_in(Referral.DECLINED)
    one = disagreed(referral)
    act("uphold", one, manager())
    take("correct", referral.id, manager(), decision=str(one.decision_id))
    assert clocks(referral.id)["disagreement_remedy"] == "met"


# --- Is the child safe now? ------------------------------------------------------------------------------------------


def test_a_child_who_is_not_safe_opens_step_up_after_the_decision() -> None:
    referral = referral_in(Referral.DECLINED)
    with pytest.raises(Conflict, match="Reopen it first"):
        take("step_up", referral.id, officer())
    disagreed(referral, child_safe="no")
    stepped = take("step_up", referral.id, officer())
    assert (stepped.state, stepped.ended_at) == (Referral.STEPPED_UP, None)
    assert running(referral.id) == ["decide", "total_age", "written_follow_up"]


def test_a_safe_child_or_an_ended_disagreement_does_not() -> None:
    referral = referral_in(Referral.SIGNPOSTED)
    one = disagreed(referral, child_safe="not_known")
    with pytest.raises(Conflict, match="Reopen it first"):
        take("step_up", referral.id, officer())
    act("withdraw", one, teacher())
    act("withdraw", disagreed(referral, child_safe="no"), teacher())
    with pytest.raises(Conflict, match="Reopen it first"):
        take("step_up", referral.id, officer())
