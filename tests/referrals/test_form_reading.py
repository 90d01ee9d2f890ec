"""Answers in the words somebody else reads."""

from datetime import UTC, datetime

import pytest

from backend.core import clock
from backend.referrals.form.reading import sections_for_reading
from backend.referrals.intake.reading_back import statement_label
from tests.referrals.answers import complete_answers, minimal_answers, unborn_answers

AGENCY = "0198a000-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def _today():
    with clock.at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        yield


def read(answers, agencies=None):
    sections = sections_for_reading(answers, agencies or {})
    return {answer["name"]: answer["value"] for section in sections for answer in section["answers"]}


def test_codes_dates_and_lists_become_words():
    shown = read(complete_answers(child_date_of_birth="2013-03-03", receiving_agency=AGENCY), {AGENCY: "Kite Street"})
    assert shown["child_date_of_birth"] == "3 March 2013"
    assert shown["birth"] == "Yes"
    assert shown["danger_now"] == "No"
    assert shown["child_ward"] == "Acocks Green"
    assert shown["child_sex"] == "Female"
    assert shown["level_believed"] == "Additional needs"
    assert shown["factors_current"] == ["Does not feel safe in a place or on a route", "Has an adult they trust"]
    assert shown["worried_about"] == [
        "Amara has walked out of school three times. (I saw or heard this myself, in the past 6 months)",
        "Older boys wait for her at the bus stop. (someone told me, Amara, more than 6 months ago)",
    ]
    assert shown["receiving_agency"] == "Kite Street"


def test_a_call_reads_with_its_day():
    called = {"danger_called": "Emergency duty team", "danger_called_at": "2026-11-23T08:05:00Z"}
    shown = read(complete_answers(danger_now=True, **called))
    assert shown["danger_called_at"] == "8:05am on Monday 23 November 2026"


def test_not_known_is_shown_as_the_answer_it_is():
    shown = read(minimal_answers())
    assert {shown[name] for name in ("child_address", "working_well", "factors_current", "parent_view")} == {
        "Not known"
    }


def test_nothing_is_shown_of_questions_not_asked_and_of_empty_answers():
    shown = read(unborn_answers(child_school="Left over", child_known_as=" "))
    assert not {"child_school", "child_known_as", "child_voice"} & shown.keys()
    assert shown["child_expected_date"]


def test_labels_are_for_a_reader_and_sections_without_answers_are_left_out():
    sections = sections_for_reading({"child_heard": True, "child_voice": "Hm", "danger_now": False}, {})
    assert [section["name"] for section in sections] == ["danger"]
    sections = sections_for_reading({"birth": "date_of_birth", "child_heard": True, "child_voice": "Hm"}, {})
    labels = {answer["name"]: answer["label"] for section in sections for answer in section["answers"]}
    assert labels["child_voice"] == "In the child’s own words"


@pytest.mark.parametrize("value", ["x", 5, True, ["x"], {"a": 1}, [{"text": "Hm"}], [["x"]], "9" * 99])
def test_anything_that_was_saved_can_be_read(value):
    for name in complete_answers():
        for shown in read({**complete_answers(), name: value}).values():
            assert isinstance(shown, (str, list))


def test_each_kind_of_statement_has_words():
    assert statement_label("worried_about") == "Worried about"
    assert statement_label("child_voice") == "In the child’s own words"
    assert statement_label("gone") == "gone"
