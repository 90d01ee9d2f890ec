"""What the system does by itself, with the worker's own login: lapse, recall, resume, remind."""

from datetime import timedelta

import pytest

from backend.access.binding import acting, acting_as_system
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines.calendar import local
from backend.deadlines.jobs import expire
from backend.deadlines.models import Deadline
from backend.notifications.models import Outbox
from backend.referrals.commands.drafting import abandon
from backend.referrals.commands.machine import question_subject, referral_machine, resume_answered, subject
from backend.referrals.models import InformationRequest, Offer, Referral
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import ASKED, FRONT_DOOR, OFFERED, Role, agency_id, officer, question_of, referral_in, teacher
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(days=4)


def answered(referral):
    nurse = actor(ASKED, Role.PRACTITIONER)
    take("nothing_known", question_of(referral).id, nurse, noun="information_request")


def state_of(referral) -> str:
    with acting_as_system(job="test"):
        return Referral.objects.get(pk=referral.id).state


def told(message: str) -> list[str]:
    with acting_as_system(job="test"):
        return [row.audience["agency_id"] for row in Outbox.objects.filter(message=message).order_by("id")]


def test_triage_goes_on_by_itself_when_the_last_question_has_ended():
    waiting, ready = referral_in(Referral.INFORMATION_REQUESTED), referral_in(Referral.INFORMATION_REQUESTED)
    answered(ready)
    with worker_login():
        assert resume_answered() == 1
        assert resume_answered() == 0
        assert (state_of(ready), state_of(waiting)) == ("triage", "information_requested")
        with acting_as_system(job="test"):
            decide = Deadline.objects.get(root_id=ready.id, kind="decide")
            assert decide.state == "running"
            assert Outbox.objects.filter(message="referral_answers_in").count() == 1


def test_the_system_does_not_go_on_while_somebody_is_asked():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    with worker_login(), pytest.raises(Conflict), acting_as_system(job="test", root_id=referral.id) as system:
        referral_machine.perform(system, "resume_triage", referral.id, version=None, given={})


def test_a_question_that_lapsed_tells_the_asked_and_is_chased_while_they_can_still_read_it():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    due_at = question_of(referral).next_due_at
    with clock.at(due_at + timedelta(minutes=1)), worker_login():
        assert expire() == 1
        assert told("question_lapsed_here") == [agency_id(ASKED)] * 2
    with clock.at(due_at + timedelta(minutes=2)):
        today = local(clock.now()).date().isoformat()
        page = browser_of(officer()).get(f"referrals/{referral.id}/").json()["information_requests"][0]
    assert (page["state"], page["is_late"], page["chased_on"]) == ("lapsed", True, [today])
    with clock.at(due_at + timedelta(days=1)):
        assert len(take("chase", page["id"], officer(), noun="information_request").chased_at) == 2
    with clock.at(due_at + timedelta(days=12)), pytest.raises(Conflict, match="no longer sees the question"):
        take("chase", page["id"], officer(), noun="information_request")


def test_a_question_nobody_answers_lapses_and_a_late_answer_still_counts():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    question = question_of(referral)
    with clock.at(clock.now() + LATER):
        with worker_login():
            assert expire() == 1
            assert expire() == 0
            assert resume_answered() == 1
            assert told("question_ended") == [agency_id(FRONT_DOOR)]
        late = take("answer", question.id, actor(ASKED, Role.PRACTITIONER), noun="information_request")
        assert late.state == InformationRequest.ANSWERED
    with worker_login():
        assert told("question_ended") == [agency_id(FRONT_DOOR)] * 2


def test_an_offer_nobody_answers_is_recalled_and_both_managers_hear_of_it():
    referral = referral_in(Referral.REDIRECTED)
    with clock.at(clock.now() + LATER), worker_login():
        assert expire() == 1
        assert expire() == 0
        assert state_of(referral) == "triage"
        with acting_as_system(job="test"):
            assert Offer.objects.get(root_id=referral.id).reason_code == "no_answer"
        assert set(told("referral_recalled")) == {agency_id(OFFERED), agency_id(FRONT_DOOR)}
    with acting(officer()):
        assert referral_machine.visible_to(officer()).get(pk=referral.id).holder_id == referral.holder_id


def test_reminders_name_the_reference_and_the_officer():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    question = question_of(referral)
    with worker_login():
        with acting_as_system(job="test", root_id=referral.id):
            found = subject(referral.id)
        with acting_as_system(job="test", root_id=question.id):
            asked = question_subject(question.id)
    assert (found.reference, found.path) == (referral.reference, f"/referrals/{referral.id}")
    assert found.audience.user_id == officer().user_id
    assert (asked.reference, asked.path) == (referral.reference, f"/information-requests/{question.id}")


def test_a_forgotten_draft_is_withdrawn_once():
    referral = referral_in(Referral.DRAFT)
    with worker_login():
        for _ in range(2):
            with acting_as_system(job="test") as system:
                abandon(referral.id, system)
        assert state_of(referral) == "withdrawn"
    with acting(teacher()):
        assert Referral.objects.get(pk=referral.id).version == 2
