"""Amending after sending: any answer, old and new kept, the rows in step, the other side told."""

import pytest

from backend.agencies.roles import Role
from backend.children.models import Child, ContactPoint, Person, SafetyAlert
from backend.referrals.models import Amendment, Referral, ReferralFactor
from backend.sharing.models import Agreement
from tests.actors import actor, browser_of
from tests.edges import good_input
from tests.factories import manager, officer, referral_in, teacher

pytestmark = pytest.mark.django_db


def amend(who, referral, **given):
    answers = given.pop("answers")
    version = Referral.objects.get(pk=referral.id).version
    body = {**good_input("referral", "amend", answers=answers, **given), "version": version}
    return browser_of(who).post(f"referrals/{referral.id}/amend/", body)


def page(who, referral):
    return browser_of(who).get(f"referrals/{referral.id}/").json()


def read(body):
    return {one["name"]: one for section in body["referral_text"]["sections"] for one in section["answers"]}


@pytest.fixture
def referral():
    return referral_in(Referral.TRIAGE)


def test_a_statement_amended_stands_instead_of_what_it_replaces_and_both_are_kept(referral):
    said = page(teacher(), referral)["statements"][0]
    form = browser_of(teacher()).get(f"referrals/{referral.id}/answers/").json()
    worries = [{**form["answers"]["worried_about"][0], "text": "Twice, not three times."}]
    answered = amend(
        teacher(), referral, answers={"worried_about": worries}, reason_code="mistake", reason="Miscounted."
    )
    assert answered.status_code == 200, answered.json()
    body = answered.json()
    texts = [one["text"] for one in body["statements"]]
    assert "Twice, not three times." in texts
    assert said["text"] not in texts
    assert read(body)["worried_about"]["amended"] is True
    (change,) = body["amendments"]
    assert (change["reason"], change["by"]) == ("Miscounted.", teacher().name)
    assert said["text"] in change["changes"][0]["before"][0]
    assert "Twice, not three times." in change["changes"][0]["after"][0]


def test_something_said_can_be_taken_out_and_added(referral):
    item = {"text": "She sleeps on a sofa.", "basis": "seen", "currency": "current"}
    more = {"text": "Her phone is never charged.", "basis": "opinion", "currency": "current"}
    assert amend(teacher(), referral, answers={"worried_about": [item, more]}).status_code == 200
    worries = [one["text"] for one in page(teacher(), referral)["statements"] if one["kind"] == "worried_about"]
    assert worries == [item["text"], more["text"]]
    assert amend(teacher(), referral, answers={"worried_about": [more]}).status_code == 200
    worries = [one["text"] for one in page(teacher(), referral)["statements"] if one["kind"] == "worried_about"]
    assert worries == [more["text"]]


def test_who_the_child_is_is_put_right_in_the_childs_record_and_its_history(referral):
    child = Child.objects.get(pk=referral.child_id)
    before = child.family_name
    answered = amend(officer(), referral, answers={"child_family_name": "Okoroafor", "child_upn": ""})
    assert answered.status_code == 200, answered.json()
    assert answered.json()["child"]["name"].endswith("Okoroafor")
    child = Child.objects.get(pk=referral.child_id)
    assert child.name_key.startswith("okoroafor|")
    assert {row.family_name for row in child.history.all()} == {before, "Okoroafor"}


def test_answers_that_follow_are_taken_with_what_they_follow_from(referral):
    answers = {"agreement": "not_asked", "agreement_why_not": "Mum was at work."}
    assert amend(teacher(), referral, answers=answers).status_code == 200
    agreement = Agreement.objects.get(root_id=referral.id)
    assert (agreement.state, agreement.agreed_by, agreement.version) == ("not_asked", "", 2)
    changed = set(Amendment.objects.filter(root_id=referral.id).values_list("field", flat=True))
    assert changed == {"agreement", "agreed_by", "agreed_how", "agreed_on", "agreement_covers", "agreement_why_not"}


def test_rows_around_the_child_follow(referral):
    person = {
        "name": "Leanne",
        "relationship": "mother",
        "lives_with_child": "yes",
        "parental_responsibility": "not_known",
        "told": "no",
        "phone": "07700 900123",
    }
    answers = {
        "people": [person],
        "phones": [{"whose": "Grandad", "number": "07700 900456", "rule": "via_school"}],
        "staff_safety": ["dogs", "visit_in_pairs"],
        "factors_current": ["unsafe_place"],
        "factors_earlier": "not_known",
        "factor_details": [{"code": "unsafe_place", "concerns": "child", "basis": "told"}],
    }
    answered = amend(teacher(), referral, answers=answers)
    assert answered.status_code == 200, answered.json()
    assert Person.objects.get(root_id=referral.id).parental_responsibility == "not_known"
    rules = dict(ContactPoint.objects.filter(root_id=referral.id).values_list("whose", "rule"))
    assert rules == {"Grandad": "via_school", "Leanne": ""}
    assert SafetyAlert.objects.get(root_id=referral.id).codes == ["dogs", "visit_in_pairs"]
    (factor,) = ReferralFactor.objects.filter(root_id=referral.id)
    assert (factor.code, factor.concerns, factor.basis) == ("unsafe_place", "child", "told")
    body = answered.json()
    assert body["safety"][0]["labels"] == ["Dogs", "Visit in pairs"]
    assert [one["refusals"] for one in body["contacts"]] == [
        ["Only through the school."],
        ["Nobody has said how this can be used safely. Ask whoever gave it before you use it."],
    ]
    assert (
        amend(teacher(), referral, answers={"people": [], "staff_safety": None, "staff_safety_note": None}).status_code
        == 200
    )
    assert not Person.objects.filter(root_id=referral.id).exists()
    assert not SafetyAlert.objects.filter(root_id=referral.id).exists()


def test_every_answer_of_the_form_can_be_amended(referral):
    """What the form asks is what can be put right: the same fields, and nothing that the form does not have."""
    form = browser_of(teacher()).get(f"referrals/{referral.id}/answers/").json()
    offered = {field["name"] for section in form["sections"] for one in section["pages"] for field in one["fields"]}
    assert offered >= {"child_given_name", "worried_about", "share_power", "people", "not_for_family", "danger_now"}
    strange = amend(teacher(), referral, answers={"state": "accepted"})
    assert (strange.status_code, list(strange.json()["fields"])) == (400, ["answers.state"])


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(referral):
    wrong = amend(teacher(), referral, answers={"child_nhs_number": "999 000 0019", "child_known_as": "Ama"})
    assert wrong.status_code == 400
    assert list(wrong.json()["fields"]) == ["answers.child_nhs_number"]
    assert not Amendment.objects.filter(root_id=referral.id).exists()


def test_the_same_again_changes_nothing(referral):
    name = page(teacher(), referral)["child"]["known_as"]
    again = amend(teacher(), referral, answers={"child_known_as": name})
    assert (again.status_code, again.json()["code"]) == (409, "not_ready")


def test_a_marked_answer_is_kept_apart_and_shown_with_its_mark(referral):
    assert amend(teacher(), referral, answers={"not_for_family": "Dad reads her letters."}).status_code == 200
    assert Amendment.objects.get(root_id=referral.id).mark == "not_for_family"
    assert read(page(manager(), referral))["not_for_family"]["mark"] == "Not for the family"


def test_who_sees_the_status_only_sees_no_amendment_and_no_number():
    phones = [{"whose": "Mum", "number": "07700 900456", "rule": "any"}]
    referral = referral_in(Referral.TRIAGE, by=actor("city-police", Role.PRACTITIONER), phones=phones, source="6")
    assert amend(officer(), referral, answers={"child_known_as": "Bee"}).status_code == 200
    colleague = actor("city-police", Role.PRACTITIONER, nth=1)
    status = page(colleague, referral)
    assert status["audience"] == "status"
    assert [status[name] for name in ("amendments", "contacts", "safety", "siblings")] == [[], [], [], []]
    assert browser_of(colleague).get(f"referrals/{referral.id}/answers/").status_code == 403
