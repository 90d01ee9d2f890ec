"""A family worker's morning: what is late, what today asks for, and a visit written down from the list itself."""

import re

from playwright.sync_api import expect

from tests.e2e.counted import printed
from tests.e2e.hands import Keyboard
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_casework import VISIT, CountingMouse

# One fewer than by way of the case: the list knows which one it is.
FROM_THE_LIST = "from the day’s list, where the visit was planned"


def test_a_planned_visit_is_written_down_from_the_list_in_five_taps(as_person) -> None:
    screen = as_person(FAMILY_WORKER, width=PHONE)
    screen.open("/", "Home")
    hand = CountingMouse(screen)
    hand.press(screen.main.get_by_role("link", name=re.compile("^Record it")).first)
    screen.arrived(VISIT)
    Chosen("What was it?", "Home visit").give(hand)
    Chosen("Did you see the child?", "Yes, alone").give(hand)
    Written("What happened?", "We made a list of what helps.").give(hand)
    hand.press(screen.main.get_by_role("button", name=VISIT, exact=True))
    screen.arrived("My work")
    assert hand.taps == printed(FROM_THE_LIST)


def test_the_list_says_what_when_and_for_whom_and_opens_it_by_keyboard(as_person) -> None:
    screen: Screen = as_person(FAMILY_WORKER)
    screen.open("/work", "My work")
    work = screen.caller.read("work/")
    assert work["overdue"]
    assert work["soon"]
    for part in ("Overdue", "Today", "In the next seven days"):
        expect(screen.main.get_by_role("heading", name=part)).to_be_visible()
    first = work["overdue"][0]
    line = screen.main.get_by_role("listitem").filter(has_text=first["reference"]).first
    expect(line).to_contain_text(first["child_name"])
    Keyboard(screen).press(line.get_by_role("link", name=first["label"], exact=True))
    screen.arrived(re.compile(first["reference"]))


def test_a_record_is_found_by_its_childs_name_and_the_name_stays_out_of_the_address(as_person) -> None:
    screen: Screen = as_person(FAMILY_WORKER)
    case = screen.caller.cases()[0]
    screen.open("/find", "Find a record")
    hand = Keyboard(screen)
    Written("Child’s name, or reference", "Nobody Atall Bysuchname").give(hand)
    hand.press(screen.main.get_by_role("button", name="Find"))
    expect(screen.main).to_contain_text("Nothing that you may see is like this.")
    Written("Child’s name, or reference", case["child_name"]).give(hand)
    hand.press(screen.main.get_by_role("button", name="Find"))
    card = screen.main.get_by_role("listitem").filter(has_text=f"Case {case['reference']}")
    expect(card).to_be_visible()
    assert screen.page.url.endswith("/find")
    hand.press(card.get_by_role("link"))
    screen.arrived(re.compile(case["reference"]))
    screen.page.go_back()
    expect(card).to_be_visible()


def test_a_caseload_says_what_is_due_next_and_one_case_is_found_in_it(as_person) -> None:
    screen: Screen = as_person(FAMILY_WORKER, width=PHONE)
    rows = screen.caller.read("cases/?view=mine")["results"]
    dues = [row["coming"]["due_at"] or row["coming"]["due_on"] for row in rows]
    assert [due[:10] for due in dues] == sorted(due[:10] for due in dues)
    screen.open("/cases", "My cases")
    first, last = (screen.main.get_by_role("listitem").nth(at) for at in (0, len(rows) - 1))
    expect(first).to_contain_text(rows[0]["reference"])
    expect(first).to_contain_text(rows[0]["coming"]["label"])
    expect(last).to_contain_text(rows[-1]["reference"])
    screen.page.set_viewport_size({"width": 1280, "height": 900})
    hand = Keyboard(screen)
    Written("Child’s name, or reference", rows[-1]["child_name"]).give(hand)
    hand.press(screen.main.get_by_role("button", name="Find among these"))
    expect(screen.main.get_by_role("status")).to_contain_text(rows[-1]["reference"])
    assert screen.page.url.endswith("/cases")
    Written("Child’s name, or reference", "Nobody Atall Bysuchname").give(hand)
    hand.press(screen.main.get_by_role("button", name="Find among these"))
    expect(screen.main).to_contain_text("None of these is like this.")
    screen.check()
    hand.press(screen.main.get_by_role("button", name="Show all again"))
    hand.press(screen.main.get_by_role("link", name=rows[0]["coming"]["label"], exact=True).first)
    screen.settled()
    assert not screen.page.url.endswith("/cases")
