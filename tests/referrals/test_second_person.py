"""Two people for what cannot be one person's word: who is asked, what they see, and what each answer does."""

import pytest

from backend.access.binding import acting
from backend.deadlines.registration import describer
from backend.referrals.models import Decision, Referral
from backend.workflow import confirmations
from tests.actors import browser_of
from tests.edges import good_input, take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, referral_in, second_manager, teacher, with_two

pytestmark = pytest.mark.django_db


def decline(referral, who, **given):
    body = {**good_input("referral", "decline", **given), "version": referral.version}
    return browser_of(who).post(f"referrals/{referral.id}/decline/", body)


def waiting_for(who):
    return browser_of(who).get("confirmations/?view=for-me").json()["results"]


def answer(who, question, name, **given):
    return browser_of(who).post(f"confirmations/{question['id']}/{name}/", {"version": question["version"], **given})


@pytest.fixture
def asked():
    """A complex referral that an officer wants to decline."""
    referral = referral_in(Referral.TRIAGE)
    body = decline(referral, officer(), level_of_need="complex", reason_code="threshold_not_met").json()
    return referral, body


def test_declining_complex_need_waits_for_a_second_person(asked):
    referral, body = asked
    assert body["state"] == "triage"
    assert body["confirmation"]["why"].endswith("complex or significant.")
    assert [option["name"] for option in body["confirmation"]["options"]] == ["withdraw"]
    assert waiting_for(officer()) == []
    row = waiting_for(manager())[0]
    assert (row["subject_reference"], row["subject_url"]) == (referral.reference, f"/referrals/{referral.id}")
    said = {pair["label"]: pair["value"] for pair in row["given_summary"]}
    assert said["What is the reason?"] == "The child’s needs can be met by services they already have"
    assert row["due_at"] is not None
    assert waiting_for(teacher()) == []


def test_a_reminder_says_what_the_question_is_about_and_leads_to_it(asked):
    referral, _body = asked
    question = waiting_for(manager())[0]
    with acting(manager()):
        found = describer(confirmations.CLOCK)(referral.id)
    assert (found.reference, found.path) == (referral.reference, f"/confirmations/{question['id']}")
    assert answer(manager(), question, "confirm").status_code == 200
    with acting(manager()):
        assert describer(confirmations.CLOCK)(referral.id) is None


def test_confirming_takes_the_edge_in_the_first_persons_words(asked):
    referral, _body = asked
    row = waiting_for(manager())[0]
    confirmed = answer(manager(), row, "confirm")
    assert confirmed.status_code == 200, confirmed.json()
    assert confirmed.json()["state"] == "confirmed"
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    assert (page["state"], page["decision"]["by"]) == ("declined", officer().name)
    assert page["decision"]["confirmed_by"] == manager().name
    with acting(manager()):
        decided = Decision.objects.get(root_id=referral.id)
    assert (decided.by_id, decided.confirmed_by_id) == (officer().user_id, manager().user_id)
    assert waiting_for(second_manager()) == []


def test_nobody_confirms_their_own(asked):
    _referral, body = asked
    own = answer(officer(), body["confirmation"], "confirm")
    assert own.status_code == 403
    assert own.json()["reasons"] == ["You asked for this: another person has to agree."]


def test_refusing_leaves_the_record_as_it_is(asked):
    referral, body = asked
    assert answer(manager(), body["confirmation"], "refuse").status_code == 400
    refused = answer(manager(), body["confirmation"], "refuse", reason="Ask the school first.")
    assert (refused.status_code, refused.json()["state"]) == (200, "refused")
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    assert (page["state"], page["confirmation"]) == ("triage", None)
    assert answer(manager(), refused.json(), "confirm").status_code == 409


def test_the_one_who_asked_may_withdraw_and_ask_again(asked):
    referral, body = asked
    assert answer(officer(), body["confirmation"], "withdraw").status_code == 200
    referral.version = body["version"]
    assert decline(referral, officer(), level_of_need="complex").status_code == 200


def test_a_second_question_is_refused_while_one_waits(asked):
    referral, body = asked
    referral.version = body["version"]
    again = decline(referral, officer(), level_of_need="complex")
    assert (again.status_code, again.json()["code"]) == (409, "not_ready")


def test_the_question_goes_when_the_record_moves_on(asked):
    referral, _body = asked
    take("redirect", referral.id, officer(), to_agency=agency_id("youth-justice"))
    assert waiting_for(manager()) == []


def test_an_act_that_leaves_the_state_alone_leaves_the_question_too(asked):
    referral, _body = asked
    take("amend", referral.id, officer(), answers={"needs_to_happen": "In other words."})
    assert len(waiting_for(manager())) == 1


def test_a_stale_answer_is_refused(asked):
    _referral, body = asked
    stale = browser_of(manager()).post(f"confirmations/{body['confirmation']['id']}/confirm/", {"version": 0})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


@pytest.mark.parametrize("name", ["confirm", "refuse", "withdraw"])
def test_who_may_not_answer_is_told_so_before_anything_about_versions(asked, name):
    """The order of an edge's refusals: not visible, not allowed, stale, in the wrong state."""
    _referral, body = asked
    stale = {**body["confirmation"], "version": 99}
    given = {"reason": "Ask the school first."} if name == "refuse" else {}
    assert answer(officer("youth-justice"), stale, name, **given).status_code == 404
    # The referrer reads the referral, and with it the question, but does not decide.
    assert answer(teacher(), stale, name, **given).status_code == 403
    not_theirs = manager() if name == "withdraw" else officer()
    assert answer(not_theirs, stale, name, **given).status_code == 403
    theirs = officer() if name == "withdraw" else manager()
    refused = answer(theirs, stale, name, **given)
    assert (refused.status_code, refused.json()["code"]) == (409, "stale")
    answered = answer(theirs, body["confirmation"], name, **given).json()
    assert (answer(not_theirs, answered, name, **given).status_code) == 403
    again = answer(theirs, answered, name, **given)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_one_person_is_enough_for_a_lower_level():
    referral = referral_in(Referral.TRIAGE)
    assert decline(referral, officer(), level_of_need="universal_plus").json()["state"] == "declined"


def test_the_third_contact_in_twelve_months_takes_two():
    referral_in(Referral.DECLINED, child_given_name="Perpetua")
    answers = []
    for _ in range(2):
        referral = matched(referral_in(Referral.TRIAGE, child_given_name="Perpetua"))
        answers.append(decline(referral, officer(), level_of_need="universal_plus").json())
    assert [body["state"] for body in answers] == ["declined", "triage"]
    assert "third contact" in answers[1]["confirmation"]["why"]


def matched(referral):
    """The same referral once two managers have said that its child is one we know."""
    found = browser_of(manager()).get(f"referrals/{referral.id}/likely-children/").json()["results"]
    same = {"confirmed_by": second_manager(), "child_match": found[0]["id"]}
    return with_two(take, "rematch", referral.id, manager(), **same)


def test_entered_in_error_and_rematch_always_take_two():
    referral = referral_in(Referral.TRIAGE)
    page = browser_of(manager()).get(f"referrals/{referral.id}/").json()
    needs = {option["name"]: option["needs_second_person"] for option in page["options"]}
    assert needs["mark_entered_in_error"] == needs["rematch"] == "A second person always confirms this."
    assert str(referral.holder_id) == agency_id(FRONT_DOOR)
