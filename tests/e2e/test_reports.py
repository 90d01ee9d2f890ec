"""An analyst goes from what stands out to the published figures, and to a report that is kept and printed."""

from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import ANALYST
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(
    ("width", "works", "kind"), [(1280, Keyboard, "Strategic needs assessment"), (PHONE, Mouse, "Funder return")]
)
def test_an_analyst_makes_a_report_and_prints_it(as_person, width: int, works: Any, kind: str) -> None:
    analyst = as_person(ANALYST, width=width)
    hand: Hand = works(analyst)
    analyst.open("/", "Home")
    stands_out = analyst.main.get_by_role("region", name="What stands out")
    expect(stands_out).to_contain_text("referrals were received from")
    expect(analyst.main.get_by_role("region", name="The latest report")).to_be_visible()
    analyst.check()
    hand.press(stands_out.get_by_role("link", name="See the map and every chart"))
    analyst.arrived("Needs by place")
    analyst.open("/published", "Outcomes in the partnership")
    hand.press(analyst.main.get_by_role("link", name="Make a report of these figures"))
    analyst.arrived("Reports")
    hand.press(analyst.main.get_by_role("link", name="Make a report"))
    analyst.arrived("Make a report")
    [make] = analyst.caller.read("reports/new/")["options"]
    [months] = [one["choices"] for one in make["input"] if one["name"] == "period"]
    with analyst.refused(400):
        hand.press(analyst.main.get_by_role("button", name="Make a report"))
        expect(analyst.main.get_by_role("alert")).to_contain_text("Choose a quarter or a year that is over.")
    hand.choose(analyst.main.get_by_role("radio", name=kind))
    hand.choose(analyst.main.get_by_role("radio", name=months[0]["label"]))
    analyst.check()
    hand.press(analyst.main.get_by_role("button", name="Make a report"))
    analyst.arrived(f"{kind}, {months[0]['label']}")
    expect(analyst.main).to_contain_text("It was counted anew just now, and agrees.")
    expect(analyst.main).to_contain_text("Every number is a multiple of 5")
    with analyst.page.expect_download() as download:
        hand.press(analyst.main.get_by_role("link", name="Download the report (PDF)"))
    paper = pypdfium2.PdfDocument(download.value.path())
    assert months[0]["label"] in paper[0].get_textpage().get_text_range()
    hand.press(analyst.main.get_by_role("link", name="Make a new edition"))
    analyst.arrived("Make a new edition")
    hand.write(analyst.main.get_by_role("textbox", name="Why is a new edition needed?"), "A month had been missing.")
    with analyst.refused(409):
        hand.press(analyst.main.get_by_role("button", name="Make a new edition"))
        expect(analyst.main).to_contain_text("every figure would be the same as in edition 1")
        analyst.check()
