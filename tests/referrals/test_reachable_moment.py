"""A critical moment that led to a referral: how long ago it was, and the day there is to reach the child."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from backend.moments.commands.passing_on import pass_on_all
from backend.moments.commands.recording import record_moment
from tests.actors import browser_of
from tests.administration.leading import as_system
from tests.edges import take
from tests.factories import officer, referral_in, submitted, teacher
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def state_of(referral_id) -> str:
    [one] = as_system(Deadline, root_id=referral_id, kind="reach_child")
    return "met" if one.met_at else "stopped" if one.stopped_at else "running"


def test_the_referral_says_so_and_the_decision_meets_the_clock() -> None:
    happened_at = (clock.now() - timedelta(hours=5)).isoformat()
    referral = submitted(moment_kind="arrest", moment_at=happened_at)
    reader = browser_of(officer())
    shown = reader.get(f"referrals/{referral.id}/").json()
    assert shown["moment"]["label"] == "Arrested or held by the police"
    assert shown["moment"]["at"][:16] == happened_at[:16]
    [row] = [one for one in reader.get("referrals/?view=queue").json()["results"] if one["id"] == str(referral.id)]
    assert row["moment"] == shown["moment"]
    assert state_of(referral.id) == "running"
    assert browser_of(teacher()).get(f"referrals/{referral.id}/").json()["moment"] is not None
    take("start_triage", referral.id, officer())
    take("signpost", referral.id, officer())
    assert state_of(referral.id) == "met"


def test_without_one_there_is_nothing_to_see_and_no_clock() -> None:
    referral = referral_in("triage", moment_kind="", moment_at="")
    assert browser_of(officer()).get(f"referrals/{referral.id}/").json()["moment"] is None
    assert as_system(Deadline, root_id=referral.id, kind="reach_child") == []


def test_a_reported_moment_of_a_child_without_a_case_reaches_the_queue_with_its_hour() -> None:
    who, happened_at = teacher(), clock.now() - timedelta(hours=2)
    child = {"given_name": "Orla", "family_name": "Quickstep", "date_of_birth": None}
    told = {"kind": "a_and_e", "happened_at": happened_at, "text": "A cut to the hand."}
    with acting(who):
        record_moment(who, uuid7(), {**child, **told})
    with worker_login():
        assert pass_on_all() == 1
    rows = browser_of(officer()).get("referrals/?view=queue").json()["results"]
    [row] = [one for one in rows if one["child_name"] == "Orla Quickstep"]
    assert row["moment"]["label"] == "In hospital or A&E after violence"
    assert state_of(row["id"]) == "running"


def test_a_moment_still_to_come_is_no_moment() -> None:
    with pytest.raises(Exception, match="must be in the past"):
        submitted(moment_kind="arrest", moment_at=(clock.now() + timedelta(hours=1)).isoformat())
