"""A child dies while a referral is open: it rests, its other records follow, and who works with a sibling is told."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case
from backend.children.models import Child, Death
from backend.core import clock
from backend.core.errors import Forbidden
from backend.deadlines.models import Deadline
from backend.notifications import texts
from backend.notifications.models import Outbox
from backend.referrals.commands.following_deaths import follow_deaths
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.casework import allocated, case_of
from tests.clocks import clocks
from tests.edges import take
from tests.factories import (
    manager,
    officer,
    open_confirmation,
    referral_in,
    second_manager,
    submitted,
    teacher,
)
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def stored(referral: Any) -> Any:
    """A record as it is stored."""
    return type(referral).objects.using("owner").get(pk=referral.id)


def died(record: Any, noun: str = "referral") -> Any:
    """A record whose child two managers of the front door have recorded as dead."""
    today = clock.now().date().isoformat()
    take("record_death", record.id, manager(), noun=noun, died_on=today)
    return agreed(record)


def taken_back(record: Any, noun: str = "referral") -> Any:
    """The same, taken back by two."""
    take("take_back_death", record.id, manager(), noun=noun, reason="Another child of the same name.")
    return agreed(record)


def agreed(record: Any) -> Any:
    """The second manager agrees, and the record as it is then."""
    waiting = open_confirmation(record.id, second_manager())
    answer = browser_of(second_manager()).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})
    assert answer.status_code == 200, answer.content
    return stored(record)


def followed() -> int:
    """What the worker does within a minute."""
    with worker_login():
        return follow_deaths()


@pytest.mark.parametrize("state", Referral.OPEN)
def test_an_open_referral_rests_and_goes_on_where_it_was(state: str) -> None:
    referral = referral_in(state)
    before = clocks(referral.id, using="owner")
    done = died(referral)
    assert (done.state, done.died_from) == (Referral.CLOSED, state)
    running = Deadline.objects.using("owner").filter(child_id=done.child_id, met_at=None, stopped_at=None)
    assert not running.exists()
    assert done.next_due_at is None
    done = taken_back(done)
    assert (done.state, done.ended_at) == (state, None)
    assert clocks(referral.id, using="owner") == {**before, "confirmation": "met"}
    assert done.next_due_at is not None


def test_only_managers_of_the_holder_record_it() -> None:
    referral = referral_in(Referral.TRIAGE)
    for who in (officer(), teacher()):
        with pytest.raises(Forbidden):
            take("record_death", referral.id, who, died_on=clock.now().date().isoformat())


def test_the_referrer_and_the_officer_are_asked_to_ring_and_nobody_else_opens_it() -> None:
    referral = referral_in(Referral.TRIAGE)
    died(referral)
    told = Outbox.objects.using("owner").filter(root_id=referral.id, message="referral_rests", urgent=True)
    assert {str(teacher().user_id), str(officer().user_id)} <= {row.audience.get("user_id") for row in told}
    assert {row.path for row in told if row.audience.get("user_id") == str(teacher().user_id)} == {"/messages"}
    assert browser_of(teacher()).get(f"referrals/{referral.id}/").status_code == 404
    page = browser_of(manager()).get(f"referrals/{referral.id}/").json()
    assert page["tracker"]["sentence"].startswith("Please ring ")
    assert [one["name"] for one in page["options"] if one["kind"] == "edge"] == ["take_back_death"]
    for code in ("referral_rests", "referral_kept_for_review", "case_family_needs_care"):
        words = f"{texts.text(code).subject} {texts.text(code).body}".lower()
        assert not {"died", "dead", "death"} & set(words.split())


def test_every_other_record_of_the_child_follows_and_comes_back() -> None:
    """A case led by one manager, and a referral of another record of the same child that is still open."""
    case = case_of(referral_in(Referral.ACCEPTED))
    other = submitted()
    with acting(officer()):
        first = Child.objects.get(pk=case.child_id)
        Child.objects.using("owner").filter(pk=other.child_id).update(canonical=first)
    died(case, "case")
    assert stored(other).state == Referral.SUBMITTED
    assert "running" not in clocks(other.id, using="owner").values(), "its clocks stop at once"
    assert followed() >= 1
    assert (stored(other).state, stored(other).died_from) == (Referral.CLOSED, Referral.SUBMITTED)
    assert Child.objects.using("owner").get(pk=other.child_id).died_on is not None
    assert followed() == 0, "what has followed is left alone"
    taken_back(case, "case")
    assert followed() >= 1
    assert stored(other).state == Referral.SUBMITTED
    assert clocks(other.id, using="owner")["acknowledge"] == "running"
    assert Child.objects.using("owner").get(pk=other.child_id).died_on is None
    assert Death.objects.using("owner").count() == 1, "the worker records no death of its own"


def test_whoever_works_with_a_brother_or_sister_is_told_and_learns_no_name() -> None:
    referral = referral_in(Referral.TRIAGE)
    sibling = referral_in(Referral.ACCEPTED)
    worker = allocated(case_of(sibling), to=officer())
    both = Referral.objects.using("owner").filter(pk__in=[referral.id, sibling.id])
    both.update(family_id=referral.id)
    died(referral)
    (row,) = Outbox.objects.using("owner").filter(message="case_family_needs_care")
    assert row.audience == {"user_id": str(officer().user_id)}
    assert (row.path, row.fields["reference"]) == (f"/cases/{worker.id}", worker.reference)
    assert stored(worker).state == Case.ENGAGING, "the sibling’s own case goes on"


def test_the_record_names_both_who_decided() -> None:
    referral = died(referral_in(Referral.TRIAGE))
    event = Event.objects.using("owner").get(root_id=referral.id, verb="referral.record_death")
    assert event.actor_user_id == second_manager().user_id
    page = browser_of(manager()).get(f"referrals/{referral.id}/").json()
    (decision,) = [one for one in page["decisions"] if one["kind"] == "record_death"]
    assert "The child has died." in decision["rationale"]
