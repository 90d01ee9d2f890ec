"""Every rule of the form as a table: answers in, the sentence at the field out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.core import clock
from backend.referrals.form.checking import Status, problems, statuses
from backend.referrals.form.parts import Choice, Circumstances
from backend.referrals.form.sections import FIELDS, SECTIONS
from tests.referrals.answers import complete_answers, minimal_answers, unborn_answers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AGENCY = "0198a000-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOW):
        yield


def circumstances(sender: str = "school", recipient: str = "front_door", **more: Any) -> Circumstances:
    return Circumstances(
        **{
            "sender_kind": sender,
            "recipient_kind": recipient,
            "moment": NOW,
            "agencies": (Choice(AGENCY, "Kite Street"),),
            **more,
        }
    )


def found(answers: dict[str, Any], **more: Any) -> dict[str, str]:
    return {problem.field: problem.sentence for problem in problems(answers, circumstances(**more))}


@pytest.mark.parametrize("answers", [minimal_answers, complete_answers, unborn_answers])
def test_answers_that_can_be_sent_have_no_problem_and_every_section_is_complete(answers):
    given = answers()
    none = problems(given, circumstances())
    assert none == []
    assert set(statuses(given, none).values()) <= {Status.COMPLETED, Status.OPTIONAL}


def test_nothing_answered_asks_for_danger_first_and_starts_nothing_else():
    all_missing = problems({}, circumstances())
    assert all_missing[0].field == "danger_now"
    status = statuses({}, all_missing)
    assert status["danger"] == Status.NOT_STARTED
    assert {status[section.name] for section in SECTIONS[1:]} == {Status.CANNOT_START_YET}


def test_a_section_is_incomplete_once_something_is_answered_and_not_started_before():
    given = {"danger_now": False, "child_given_name": "Amara"}
    status = statuses(given, problems(given, circumstances()))
    assert (status["danger"], status["child"]) == (Status.COMPLETED, Status.INCOMPLETE)
    assert status["place"] == Status.NOT_STARTED


def test_each_required_answer_taken_away_is_missed_by_name():
    given = complete_answers()
    optional = {name for name, field in FIELDS.items() if not field.required}
    for name in given.keys() - optional:
        without = {key: value for key, value in given.items() if key != name}
        assert name in found(without), name
    for name in given.keys() & optional:
        without = {key: value for key, value in given.items() if key != name}
        assert found(without) == {}, name


def test_not_known_is_an_answer_exactly_where_the_form_offers_it():
    given = complete_answers()
    offers = {name for name, field in FIELDS.items() if field.not_known}
    for name in given.keys() & offers:
        assert name not in found({**given, name: "not_known"}), name
    assert "level_believed" in found({**given, "level_believed": "not_known"})
    assert "child_date_of_birth" in found({**given, "child_date_of_birth": "not_known"})
    assert found({**given, "birth": "not_known", "child_date_of_birth": None}) == {}


WRONG = [
    # What is said of danger: submit, in workflow.md
    ({"danger_now": "no"}, "danger_now", "Choose yes or no."),
    ({"danger_now": 1}, "danger_now", "Choose yes or no."),
    ({"danger_now": True}, "danger_called", "Say who you called. If you have not called yet, call now."),
    ({"danger_now": True}, "danger_called_at", "Enter the date and time of your call."),
    ({"danger_now": True, "danger_called": "The front door", "danger_called_at": "2026-11-23T09:01:00Z"},
     "danger_called_at", "The call must be in the past. If you have not called yet, call now."),
    ({"danger_now": True, "danger_called": "The front door", "danger_called_at": "2026-11-23T08:00"},
     "danger_called_at", "Enter a real date and time, like 27 3 2026 at 14:30."),
    # Birth (domain 4.10)
    ({"child_date_of_birth": "2026-11-24"}, "child_date_of_birth",
     "The date of birth must be in the past. If the child is not born yet, say so."),
    ({"child_date_of_birth": "2008-11-23"}, "child_date_of_birth",
     "This is for children under 18. For a young adult, call the front door."),
    ({"child_date_of_birth": "2012-2-31"}, "child_date_of_birth", "Enter a real date, like 27 3 2026."),
    ({"child_date_of_birth": 2012}, "child_date_of_birth", "Enter a real date, like 27 3 2026."),
    ({"birth": "expected_date", "child_expected_date": "2027-08-31"}, "child_expected_date",
     "The due date must be within the next 40 weeks."),
    ({"birth": "expected_date", "child_expected_date": "2026-11-01"}, "child_expected_date",
     "This due date is more than 3 weeks ago. If the child has been born, say so."),
    ({"child_sex": "U"}, "child_sex", "Choose one of the options."),
    # Names, after "Input" in quality.md, and lengths
    ({"child_given_name": "A\u202emara"}, "child_given_name", "Remove the hidden formatting characters and try again."),
    ({"child_given_name": "Ama\nra"}, "child_given_name", "Write this on one line."),
    ({"child_given_name": "a" * 201}, "child_given_name", "Use 200 characters or fewer. This has 201."),
    ({"child_given_name": ["Amara"]}, "child_given_name", "Enter the child’s given name, or choose “Not known”."),
    ({"child_given_name": "   "}, "child_given_name", "Enter the child’s given name, or choose “Not known”."),
    # Identifiers (domain 4.8, 4.9) and place
    ({"child_nhs_number": "9990000019"}, "child_nhs_number",
     "This is not an NHS number: one of its digits is wrong. Check it, or leave it out."),
    ({"child_upn": "A801200001001"}, "child_upn",
     "This is not a unique pupil number: its first letter does not fit. Check it, or leave it out."),
    ({"child_postcode": "B99"}, "child_postcode", "Enter a whole postcode, like B99 4AB, or choose “Not known”."),
    ({"child_ward": "E05000001"}, "child_ward", "Choose one of the options."),
    # What is happening
    ({"worried_about": []}, "worried_about", "Tell us at least one thing you are worried about."),
    ({"worried_about": [{}]}, "worried_about", "Tell us at least one thing you are worried about."),
    ({"worried_about": "He hit out."}, "worried_about", "Tell us at least one thing you are worried about."),
    ({"worried_about": ["He hit out."]}, "worried_about", "Tell us at least one thing you are worried about."),
    ({"worried_about": [{"text": "He hit out."}]}, "worried_about.0.basis",
     "Say how you know: seen, told or your opinion."),
    ({"worried_about": [{}, {"text": "Hm", "basis": "told", "currency": "current"}]}, "worried_about.1.told_by",
     "Say who told you."),
    ({"worried_about": [{"text": "Hm", "basis": "seen", "currency": "current", "state": "x"}]}, "worried_about.0.state",
     "This is not something we ask for here."),
    ({"worried_about": [{"text": "Hm", "basis": "seen", "currency": "current"}] * 31}, "worried_about",
     "Add 30 at most. Put what belongs together into one."),
    ({"factors_current": ["unsafe_place", "unsafe_place"]}, "factors_current", "Choose each option once."),
    ({"factors_current": ["bad_child"]}, "factors_current", "Choose from the options."),
    ({"factors_current": [{"code": "x"}]}, "factors_current", "Choose from the options."),
    ({"level_believed": "additional", "tried_before": None}, "tried_before",
     "Say what has been tried so far and what changed."),
    ({"level_believed": "complex", "tried_before": None}, "tried_before",
     "Say what has been tried so far and what changed."),
    # Voices
    ({"child_heard": False}, "voice_why_not", "Say why you could not hear the child’s view."),
    ({"child_heard": False, "voice_why_not": "unborn"}, "voice_why_not", "Choose one of the options."),
    ({"child_heard": False, "voice_why_not": "other"}, "voice_why_not_note", "Say what the reason was."),
    # Informed and agreed (domain 3.4, 4.3)
    ({"informed": "neither"}, "informed_why_not", "Say why no parent or carer knows."),
    ({"informed": "child", "agreed_by": "child"}, "informed_why_not", "Say why no parent or carer knows."),
    ({"informed": "neither", "informed_why_not": "other"}, "informed_note", "Say why no parent or carer knows."),
    ({"informed": "neither", "informed_why_not": "risk_others"}, "agreed_by",
     "You said that no parent or carer knows about this. Change one of the two answers."),
    ({"informed": "parent"}, "agreed_by",
     "You said that the child does not know about this. Change one of the two answers."),
    ({"agreement": "not_asked"}, "agreement_why_not", "Say why they were not asked."),
    # Where it goes
    ({"receiving_agency": "0198a000-0000-7000-8000-00000000ffff"}, "receiving_agency",
     "Choose an agency from the list, or nobody."),
    ({"receiving_agency": {"id": AGENCY}}, "receiving_agency", "Choose an agency from the list, or nobody."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field", "sentence"), WRONG)
def test_what_is_wrong_is_said_at_its_field(change, field, sentence):
    given = {name: value for name, value in {**complete_answers(), **change}.items() if value is not None}
    assert found(given).get(field) == sentence


FINE = [
    {"child_date_of_birth": "2008-11-24"},
    {"child_date_of_birth": "2026-11-23"},
    {"birth": "expected_date", "child_expected_date": "2027-08-30"},
    {"birth": "expected_date", "child_expected_date": "2026-11-02"},
    {"danger_now": True, "danger_called": "999", "danger_called_at": "2026-11-23T09:00:00+00:00"},
    {"level_believed": "universal", "tried_before": None},
    {"child_ethnicity": "prefer_not_to_say", "child_ethnicity_said_by": None},
    {"child_heard": False, "voice_why_not": "did_not_want_to"},
    {"informed": "neither", "informed_why_not": "risk_others", "agreement": "not_asked", "agreement_why_not": "Unsafe"},
    {"informed": "parent", "agreed_by": "parent"},
    {"agreement": "refused", "without_agreement": "at_risk", "without_agreement_why": "He sleeps in a car."},
    {"worried_about": [{}, {"text": "Hm", "basis": "opinion", "currency": "current"}, {"text": " "}]},
    {"receiving_agency": AGENCY},
    {"child_nhs_number": "9990000018", "child_postcode": "b994ab"},
]


@pytest.mark.parametrize("change", FINE)
def test_what_is_right_passes(change):
    given = {name: value for name, value in {**complete_answers(), **change}.items() if value is not None}
    assert found(given) == {}


def test_an_answer_to_a_question_no_longer_asked_does_not_count():
    given = complete_answers(danger_called_at="nonsense", child_expected_date="never", voice_why_not="gone")
    assert found(given) == {}


def test_the_front_door_says_who_raised_it_and_others_need_not():
    given = complete_answers(source=None)
    assert found(given) == {}
    assert found(given, sender="front_door")["source"] == "Say who raised this with the front door."


@pytest.mark.parametrize(
    ("sender", "recipient", "power", "fits"),
    [
        ("police", "youth_justice", "pcsc_act_2022_s16", True),
        ("hospital", "front_door", "pcsc_act_2022_s16", False),
        ("police", "front_door", "pcsc_act_2022_s16", False),
        ("school", "front_door", "education_act_2002_s175", True),
        ("police", "front_door", "education_act_2002_s175", False),
        ("school", "front_door", "cws_act_2026", False),
    ],
)
def test_a_power_has_to_be_open_to_sender_and_recipient(sender, recipient, power, fits):
    given = complete_answers(share_power=power, source="6")
    assert ("share_power" not in found(given, sender=sender, recipient=recipient)) is fits


@pytest.mark.parametrize(
    "value", [None, "", "x", 0, 1.5, True, [], {}, [[]], [None], {"a": 1}, "not_known", "9" * 9000]
)
def test_any_json_at_any_field_is_a_sentence_and_never_an_error(value):
    for name in FIELDS:
        for problem in problems({**complete_answers(), name: value}, circumstances()):
            assert problem.sentence.endswith(".")
            assert problem.field.split(".")[0] in FIELDS
