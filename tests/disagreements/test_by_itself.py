"""What the clock does with a disagreement, with the worker's login: the next stage, or an end when nobody goes on."""

from datetime import timedelta

import pytest

from backend.access.binding import acting_as_system
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.jobs import expire, remind
from backend.disagreements.models import Disagreement, Turn
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.actors import actor
from tests.edges import take
from tests.factories import disagreed, manager, referral_in
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
# Longer than any stage lasts, with Christmas in it: the days of a stage are working days.
LATER = timedelta(days=20)


def found(one: Disagreement) -> Disagreement:
    with worker_login(), acting_as_system(job="test"):
        return Disagreement.objects.get(pk=one.id)


def said(one: Disagreement) -> list[tuple[str, str]]:
    with worker_login(), acting_as_system(job="test"):
        return list(Turn.objects.filter(root_id=one.id).order_by("at", "id").values_list("kind", "by_name"))


def test_what_nobody_answers_goes_to_the_next_stage_until_the_last() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    moment = clock.now()
    with worker_login():
        for stage in (2, 3, 4, 4):
            moment += LATER
            with clock.at(moment):
                expire()
            assert (found(one).stage, found(one).state) == (stage, Disagreement.ESCALATED)
    assert [kind for kind, _name in said(one)] == ["raised", "escalated", "escalated", "escalated"]
    assert said(one)[1] == ("escalated", "Alongside")


def test_an_answer_nobody_takes_further_stands() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    take("answer", one.id, manager(), noun="disagreement")
    with worker_login(), clock.at(clock.now() + LATER):
        expire()
        expire()
    assert (found(one).state, found(one).outcome) == (Disagreement.RESOLVED, Disagreement.NOT_UPHELD)
    assert said(one)[-1] == ("accepted", "Alongside")


def test_whose_turn_it_is_is_reminded_and_then_their_managers() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    take("answer", one.id, manager(), noun="disagreement")
    due = found(one).next_due_at
    assert due is not None
    with worker_login(), clock.at(due - timedelta(hours=1)):
        remind()
    with worker_login(), acting_as_system(job="test"):
        row = Outbox.objects.get(message="deadline_before", path=f"/disagreements/{one.id}")
        assert row.audience == {"user_id": str(one.raised_by_id)}
        assert row.fields["reference"] == one.reference


def test_the_last_stage_waits_for_a_person_and_its_managers_are_reminded() -> None:
    one = disagreed(referral_in(Referral.DECLINED))
    for stage in (2, 3, 4):
        one = take("escalate", one.id, actor("oakfield-school", Role.PRACTITIONER), noun="disagreement")
        assert one.stage == stage
    due = found(one).next_due_at
    assert due is not None
    with worker_login(), clock.at(due + timedelta(days=1)):
        expire()
        remind()
    assert found(one).stage == 4
    with worker_login(), acting_as_system(job="test"):
        assert Outbox.objects.filter(message__startswith="deadline_", path=f"/disagreements/{one.id}").exists()
