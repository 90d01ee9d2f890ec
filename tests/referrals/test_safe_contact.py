"""Nobody is said to have been reached in a way that is not safe for them: callers by their rule, families by theirs."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.core import clock
from backend.deadlines.models import RUNNING, Deadline
from backend.referrals.form.checking import problems
from backend.referrals.form.parts import Circumstances
from tests.actors import browser_of
from tests.edges import take
from tests.factories import FRONT_DOOR, manager, officer, submitted, teacher
from tests.referrals.answers import complete_answers
from tests.referrals.callers import called

HERE = Circumstances("front_door", "front_door", datetime(2026, 11, 25, 12, 0, tzinfo=UTC), ())
pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
AT_TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NUMBER = "0121 496 0417"


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(datetime(2026, 11, 25, 12, 0, tzinfo=UTC)):
        yield


def referred(*rules):
    """A teacher's referral of a family with a number for each rule."""
    phones = [{"whose": "Mum", "number": f"{NUMBER}{n}", "rule": rule} for n, rule in enumerate(rules)]
    referral = submitted(teacher(), phones=phones or None, people=None)
    return take("start_triage", referral.id, manager(FRONT_DOOR))


def running(root_id):
    return set(Deadline.objects.filter(RUNNING, root_id=root_id).values_list("kind", flat=True))


def told(referral, who, method, at=AT_TEN):
    body = {"version": referral.version, "who": who, "was_told": True, "method": method, "told_at": at.isoformat()}
    answer = browser_of(manager(FRONT_DOOR)).post(f"referrals/{referral.id}/record-told/", body)
    return answer.status_code, "" if answer.status_code == 200 else " ".join(answer.json()["reasons"])


@pytest.mark.parametrize(
    ("rule", "method", "because"),
    [
        ("any", "phone", ""),
        ("any", "letter", ""),
        ("text_only", "phone", "The rule is: Text only."),
        ("text_only", "text_message", ""),
        ("school_hours", "letter", "The rule is: Only in school hours."),
        ("writing_only", "phone", "The rule is: Only in writing, by letter or email."),
        ("writing_only", "secure_message", ""),
        ("do_not_contact", "phone", "The rule is: Do not contact at home."),
        ("do_not_contact", "in_person", ""),
        ("not_known", "phone", "Nobody has said how this can be used safely."),
    ],
)
def test_a_caller_is_reached_only_as_their_rule_allows(rule, method, because):
    referral = called(caller_feedback="phone", caller_reach=NUMBER, caller_rule=rule)
    status, sentence = told(referral, "referrer", method)
    assert (status, because in sentence) == (409 if because else 200, True)


def test_a_rule_about_hours_is_judged_by_when_they_were_called():
    referral = called(caller_feedback="phone", caller_reach=NUMBER, caller_rule="school_hours")
    status, sentence = told(referral, "referrer", "phone", EVENING)
    assert (status, "working days from 9:00 to 15:30" in sentence) == (409, True)
    assert told(referral, "referrer", "phone")[0] == 200


@pytest.mark.parametrize("feedback", ["none", "anonymous"])
def test_who_does_not_want_to_hear_is_left_in_peace(feedback):
    status, sentence = told(called(caller_feedback=feedback), "referrer", "in_person")
    assert (status, "does not want to hear back" in sentence) == (409, True)


def test_the_promise_to_whoever_wants_to_hear_nothing_ends_when_that_is_said():
    referral = take("decline", called(caller_feedback="anonymous").id, officer(), reason_code="threshold_not_met")
    assert "feedback" in running(referral.id)
    why = {"who": "referrer", "was_told": False, "why_not": "anonymous", "look_again_on": "2026-11-27"}
    body = {**why, "version": referral.version}
    assert browser_of(officer()).post(f"referrals/{referral.id}/record-told/", body).status_code == 200
    assert "feedback" not in running(referral.id)


def test_an_amended_rule_is_the_one_that_counts():
    referral = called(caller_feedback="phone", caller_reach=NUMBER, caller_rule="any")
    body = {
        "version": referral.version,
        "answers": {"caller_rule": "text_only"},
        "reason_code": "mistake",
        "reason": "x",
    }
    amended = browser_of(officer()).post(f"referrals/{referral.id}/amend/", body)
    assert amended.status_code == 200, amended.json()
    referral.version += 1
    assert told(referral, "referrer", "phone")[0] == 409


def test_a_professional_who_refers_has_an_account_and_no_rule():
    assert told(referred("do_not_contact"), "referrer", "phone")[0] == 200


@pytest.mark.parametrize("who", ["child", "parent"])
@pytest.mark.parametrize(
    ("rules", "method", "status"),
    [
        (["any"], "phone", 200),
        (["do_not_contact"], "phone", 409),
        (["do_not_contact"], "letter", 409),
        (["do_not_contact"], "in_person", 200),
        (["via_school"], "text_message", 409),
        (["text_only", "any"], "phone", 200),
        (["any", "do_not_contact"], "letter", 409),
        (["not_known"], "phone", 409),
        ([], "phone", 200),
    ],
)
def test_a_family_is_reached_only_as_the_rules_of_their_numbers_allow(who, rules, method, status):
    got, sentence = told(referred(*rules), who, method)
    assert (got, "Mum" in sentence) == (status, False), sentence


def test_an_email_address_has_the_shape_of_one_and_comes_with_a_rule():
    answers = complete_answers(source="1A", caller_feedback="email", caller_name="not_known", caller_reach="nonsense")
    found = {problem.field: problem.sentence for problem in problems(answers, HERE)}
    assert found["caller_reach"] == "Enter an email address, like name@example.com."
    assert "Say how they can be reached safely" in found["caller_rule"]


def test_whoever_was_told_next_week_was_not_told():
    referral = called(caller_feedback="phone", caller_reach=NUMBER, caller_rule="any")
    assert told(referral, "referrer", "phone", AT_TEN + timedelta(days=9))[0] == 409
