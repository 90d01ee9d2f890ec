"""A question to another agency: what the asked see, how they answer, and what their answer does."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.models import InformationRequest, Referral
from tests.actors import actor, browser_of
from tests.edges import good_input, take
from tests.factories import ASKED, LEADING, REFERRER, agency_id, officer, question_of, questions, referral_in, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A referral whose holder has asked the school nurses."""
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    return referral, question_of(referral)


def nurse():
    return actor(ASKED, Role.PRACTITIONER)


def post(who, question, edge, **given):
    body = {**good_input("information_request", edge, **given), "version": question.version}
    return browser_of(who).post(f"information-requests/{question.id}/{edge.replace('_', '-')}/", body)


def test_the_asked_see_the_question_and_the_child_and_nothing_of_the_referral(asked):
    referral, question = asked
    me = browser_of(nurse())
    body = me.get(f"information-requests/{question.id}/").json()
    assert body["question"] == "What do you know?"
    assert body["child"]["name"]
    assert body["due_at"]
    assert body["reference"] == referral.reference
    assert body["referral_id"] is None
    assert {option["name"] for option in body["options"]} == {"answer", "nothing_known", "refuse"}
    listed = me.get("information-requests/?view=for-me").json()["results"]
    assert [row["id"] for row in listed] == [str(question.id)]
    for path in ("", "timeline/", "likely-children/", "draft/"):
        assert me.get(f"referrals/{referral.id}/{path}").status_code == 404
    assert me.get("referrals/?view=held").json()["results"] == []


def test_nobody_else_sees_the_question(asked):
    _referral, question = asked
    for who in (officer(LEADING), teacher()):
        assert browser_of(who).get(f"information-requests/{question.id}/").status_code in (403, 404)


def test_an_answer_reaches_the_holder_and_is_a_disclosure_of_the_asked(asked):
    referral, question = asked
    answered = post(nurse(), question, "answer", answer="Seen twice this year for headaches.")
    assert answered.status_code == 200, answered.json()
    assert answered.json()["state"] == "answered"
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    assert page["information_requests"][0]["answer"] == "Seen twice this year for headaches."
    labels = [row["label"] for row in browser_of(officer()).get(f"referrals/{referral.id}/timeline/").json()["results"]]
    assert labels[0] == "Answered the question"


def test_nothing_known_and_refusing_are_answers_too(asked):
    _referral, question = asked
    assert post(nurse(), question, "nothing_known").json()["state"] == "nothing_known"


def test_a_refusal_says_why(asked):
    referral, question = asked
    body = post(nurse(), question, "refuse", reason_code="not_relevant", reason="Ask the GP.").json()
    assert (body["state"], body["reason_label"]) == ("refused", "What is asked is not relevant to the stated purpose")
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    assert page["information_requests"][0]["answer"] == "Ask the GP."


def test_the_asked_read_on_for_five_working_days_and_no_longer(asked):
    _referral, question = asked
    post(nurse(), question, "nothing_known")
    path = f"information-requests/{question.id}/"
    assert browser_of(nurse()).get(path).status_code == 200
    with clock.at(clock.now() + timedelta(days=9)):
        assert browser_of(nurse()).get(path).status_code == 404
        assert browser_of(nurse()).get("information-requests/").json()["results"] == []


def test_the_holder_cancels_and_may_not_answer(asked):
    _referral, question = asked
    assert post(officer(), question, "answer").status_code == 403
    assert post(officer(), question, "cancel").json()["state"] == "cancelled"
    assert post(nurse(), question, "answer").status_code == 409


def test_a_question_goes_once_to_each_agency_and_never_to_oneself():
    referral = referral_in(Referral.TRIAGE)
    me = browser_of(officer())
    own = questions("front-door")
    twice = questions(ASKED, ASKED)
    for given, words in ((own, "another agency"), (twice, "once")):
        body = {**good_input("referral", "request_information", **given), "version": referral.version}
        refused = me.post(f"referrals/{referral.id}/request-information/", body)
        assert refused.status_code == 409
        assert words in " ".join(refused.json()["reasons"]), refused.json()
    none = {**good_input("referral", "request_information", questions=[]), "version": referral.version}
    assert me.post(f"referrals/{referral.id}/request-information/", none).status_code == 400


def test_the_referrer_can_be_asked_too():
    referral = referral_in(Referral.TRIAGE)
    take("request_information", referral.id, officer(), **questions(REFERRER))
    assert browser_of(teacher()).get("information-requests/").json()["results"][0]["reference"] == referral.reference


def test_the_new_holder_gets_the_answers_still_awaited(asked):
    referral, question = asked
    take("resume_triage", referral.id, officer())
    take("redirect", referral.id, officer(), to_agency=agency_id(LEADING))
    take("take", referral.id, officer(LEADING))
    with acting(officer(LEADING)):
        assert str(InformationRequest.objects.get(pk=question.id).holder_agency_id) == agency_id(LEADING)
    question.version += 1
    assert post(nurse(), question, "answer").status_code == 200


def test_an_answer_is_read_by_who_asked_and_not_by_who_referred(asked):
    referral, question = asked
    assert post(nurse(), question, "answer", answer="Seen twice this year.").status_code == 200

    def questions_read_by(who):
        return browser_of(who).get(f"referrals/{referral.id}/").json()["information_requests"]

    assert [one["answer"] for one in questions_read_by(officer())] == ["Seen twice this year."]
    assert questions_read_by(teacher()) == []


def test_chasing_reminds_the_agency_and_its_manager_once_a_day_and_is_seen(asked):
    referral, question = asked
    chased = post(officer(), question, "chase")
    assert chased.status_code == 200, chased.json()
    today = local(clock.now()).date().isoformat()
    assert chased.json()["chased_on"] == [today]
    question.version += 1
    again = post(officer(), question, "chase")
    assert (again.status_code, "reminded today already" in again.json()["reasons"][0]) == (409, True)
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()["information_requests"][0]
    assert (page["chased_on"], page["is_late"]) == ([today], False)
    chase = next(option for option in page["options"] if option["name"] == "chase")
    assert chase["tells"] == [question.asked_agency.name, f"The managers of {question.asked_agency.name}"]


def test_who_was_asked_does_not_chase_itself(asked):
    _referral, question = asked
    assert post(nurse(), question, "chase").status_code == 403


@pytest.mark.parametrize("also_asked", [False, True])
def test_who_referred_does_not_read_in_the_history_whom_else_the_officer_asked(also_asked):
    referral = referral_in(Referral.TRIAGE)
    agencies = (ASKED, REFERRER) if also_asked else (ASKED,)
    take("request_information", referral.id, officer(), **questions(*agencies))
    post(nurse(), _asked_of(referral, ASKED), "nothing_known")
    told = browser_of(teacher()).get(f"referrals/{referral.id}/timeline/")
    assert "Asked other agencies" in [row["label"] for row in told.json()["results"]]
    assert "School Nursing" not in told.content.decode()
    assert "School Nursing" in browser_of(officer()).get(f"referrals/{referral.id}/timeline/").content.decode()


def _asked_of(referral, slug):
    with acting(officer()):
        return InformationRequest.objects.get(root_id=referral.id, asked_agency__slug=slug)
