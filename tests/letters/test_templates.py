"""Templates are configuration: kept in versions, refused with a sentence when they name what nobody can fill in."""

import pytest

from backend.letters.configuring import register
from backend.letters.drawing import Letter, drawn
from backend.letters.rules import FIELDS, TEMPLATES, filled, left_open, unknown_fields
from tests.configuration.versions import act, begun, done, in_force

pytestmark = pytest.mark.django_db


def test_what_the_product_ships_can_be_filled_and_says_where_it_is_from() -> None:
    entries = in_force(TEMPLATES)["entries"]
    assert [one["code"] for one in entries] == ["acknowledgement", "first_meeting", "closing", "agency_update"]
    register()


def test_a_template_that_names_what_nobody_can_fill_in_is_refused_in_words() -> None:
    entry = {
        "name": "A birthday card",
        "reader": "family",
        "text": "Dear {recipient_name}, {shoe_size}, {child_name}.",
    }
    refused = act(begun(TEMPLATES), "put_entry", entry=entry)
    assert refused.status_code == 400
    assert "{shoe_size}" in str(refused.json()["fields"])


def test_a_template_that_was_added_is_in_the_draft_and_counts_for_nobody_yet() -> None:
    entry = {"name": "A birthday card", "reader": "family", "text": "Dear {recipient_name}."}
    draft = done(begun(TEMPLATES), "put_entry", entry=entry)
    assert "A birthday card" in str(draft["entries"])
    assert "A birthday card" not in str(in_force(TEMPLATES)["entries"])


def test_what_is_not_known_stands_in_brackets_and_nothing_else_does() -> None:
    text = "{child_name} and { today } and {next_date}, not {shoe}"
    assert unknown_fields(text) == ["shoe"]
    found = filled("{child_name}, {next_date}", {"child_name": "Amina {today}"})
    assert found == f"Amina {{today}}, [{FIELDS['next_date']}]", "what people are called is never filled again"
    assert left_open(found) == [f"[{FIELDS['next_date']}]"]


def test_letters_that_no_font_has_are_no_reason_to_write_none() -> None:
    assert drawn(Letter("你好", "Agency", [], [], "today", "你好")).startswith(b"%PDF")
