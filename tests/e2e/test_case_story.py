"""What a case tells: why it is, who handed it to whom and why, how it stood before, and what its end still needs."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.people import FAMILY_WORKER
from tests.e2e.screen import PHONE, Screen

WIDTHS = pytest.mark.parametrize("width", [1280, PHONE])


def one_with(screen: Screen, part: str, key: str) -> tuple[dict[str, Any], Any]:
    """One of the person's own cases of which this page says something, and what."""
    for case in screen.caller.cases():
        found = screen.caller.read(f"cases/{case['id']}/{part}")[key]
        if found:
            return case, found
    raise AssertionError(f"no case of the city has {key}")


@WIDTHS
def test_the_page_of_a_case_begins_with_why_in_the_words_of_the_referral(as_person, width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case, why = one_with(screen, "overview/", "why")
    screen.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    said = screen.main.get_by_role("region", name=f"Why: what {why[0]['agency']} said").first
    expect(said.get_by_role("heading", name="Worried about")).to_be_visible()
    expect(said).to_contain_text(why[0]["statements"][0]["text"][:60])
    expect(said.get_by_role("link", name=f"referral {why[0]['reference']}")).to_be_visible()


@WIDTHS
def test_the_chronology_says_to_whom_a_case_was_given_and_why(as_person, width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = screen.caller.cases()[0]
    screen.open(f"/cases/{case['id']}/chronology?kind=automatic", "Chronology")
    rows = screen.caller.read(f"cases/{case['id']}/timeline/?kind=automatic")["results"]
    given = next(row for row in rows if row["label"] == "Allocated a lead practitioner")
    assert f"o {FAMILY_WORKER}." in given["text"]
    for line in given["text"].splitlines():
        expect(screen.main.get_by_text(line).first).to_be_visible()


@WIDTHS
def test_the_past_of_a_case_is_compared_with_today(as_person, width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = next(row for row in screen.caller.cases() if row["state"] == "active")
    long_ago = (datetime.now() - timedelta(days=3650)).date().isoformat()
    screen.open(f"/cases/{case['id']}/history?since={long_ago}", "History")
    for section in ("Agreement to be helped", "Scores"):
        expect(screen.main.get_by_role("heading", name=section, exact=True)).to_be_visible()


@WIDTHS
def test_the_form_that_closes_a_case_says_what_nobody_can_give_afterwards(as_person, width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case, missing = one_with(screen, "outcomes/", "before_closing")
    screen.open(f"/cases/{case['id']}/do/close", "Close the case")
    region = screen.main.get_by_role("region", name="Before the case closes")
    for sentence in missing:
        expect(region).to_contain_text(sentence)
    expect(region.get_by_role("link", name="Record a score, or why it is not possible")).to_be_visible()
