"""A mother asks for a copy: two people open the request, look through the record by the keyboard, and release it."""

import re
from typing import Any

import pypdfium2
from playwright.sync_api import expect

from backend.rights.commands.working import WORK
from tests.e2e.ageing import minute_is_up
from tests.e2e.hands import Keyboard
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, GOVERNANCE, SECOND_GOVERNANCE
from tests.e2e.screen import PHONE, AsPerson, Screen

LIST, PAGE, LOOK = "Requests for a copy", "Request for a copy", "Look through the record"
RECORD, AGREE, CHECK, RELEASE = (
    "Record a request for a copy",
    "Agree that it is opened",
    "Send it for a check",
    "Release it",
)
COPIED = 90_000


def _records(first: Screen, reference: str) -> None:
    """Refused while nothing is said, then written down."""
    first.open("/subject-requests", LIST)
    first.follow(RECORD, to=RECORD)
    hand = Keyboard(first)
    with first.refused(400):
        hand.press(first.main.get_by_role("button", name=RECORD))
        expect(first.main.get_by_role("alert")).to_contain_text("Enter")
    first.check()
    hand.write(first.main.get_by_role("textbox", name="Reference of one of the child’s records"), reference)
    hand.write(first.main.get_by_role("textbox", name="Who asks?"), "The mother of this child")
    hand.choose(first.main.get_by_role("radio", name="A parent with parental responsibility"))
    hand.choose(first.main.get_by_role("radio", name="We saw a document with a photograph"))
    hand.write(first.main.get_by_role("textbox", name="What do they ask for?"), "Everything.")
    for part, value in (("Day", "3"), ("Month", "8"), ("Year", "2026")):
        received = first.main.get_by_role("group", name="When did the request come?")
        hand.write(received.get_by_role("textbox", name=part), value)
    hand.press(first.main.get_by_role("button", name=RECORD))
    first.arrived(LIST)


def _agrees(product: Any, second: Screen) -> str:
    """Another person looks at who asks; then the record is copied while somebody waits at the page."""
    second.open("/subject-requests", LIST)
    second.main.get_by_role("listitem").filter(has_text="The mother of this child").get_by_role("link").first.click()
    second.arrived(PAGE)
    second.follow(AGREE, to=AGREE)
    Keyboard(second).press(second.main.get_by_role("button", name=AGREE))
    second.arrived(PAGE)
    minute_is_up(product, WORK)
    expect(second.main.get_by_role("link", name=LOOK)).to_be_visible(timeout=COPIED)
    return second.page.url.rpartition("/")[2]


def _looks_through(first: Screen, key: str) -> str:
    """Takes two words out by the arrows, gives the rest; return what was taken out."""
    first.open(f"/subject-requests/{key}", PAGE)
    first.follow(LOOK, to=LOOK)
    hand = Keyboard(first)
    hand.press(first.main.get_by_role("button", name=re.compile("Take something out")).first)
    words = first.main.get_by_role("group", name="Words of this passage").get_by_role("button")
    hand.reach(words.first)
    first.page.keyboard.press("ArrowRight")
    out = words.nth(1).inner_text()
    first.page.keyboard.press("Enter")
    hand.pick(first.main.get_by_role("combobox", name="Why is it taken out?"), "It is about another person")
    first.check()
    hand.press(first.main.get_by_role("button", name="Take out 1 word"))
    expect(first.main.get_by_text("Some words taken out: It is about another person")).to_be_visible()
    for row in first.caller.read(f"subject-requests/{key}/passages/?view=to-decide&page_size=100")["results"]:
        body = {"version": row["version"], "decision": "keep", "reason": "", "cut": []}
        first.caller.write(f"subject-requests/{key}/passages/{row['id']}/decide/", body)
    first.open(f"/subject-requests/{key}/passages", LOOK)
    expect(first.main).to_contain_text("Every passage is decided")
    return out


def _sends(product: Any, first: Screen, key: str) -> None:
    first.open(f"/subject-requests/{key}", PAGE)
    first.follow(CHECK, to=CHECK)
    Keyboard(first).press(first.main.get_by_role("button", name=CHECK))
    first.arrived(PAGE)
    minute_is_up(product, WORK)
    expect(first.main.get_by_role("link", name="Download it to be read")).to_be_visible(timeout=COPIED)
    expect(first.main).to_contain_text("You sent this for a check yourself")


def _releases(second: Screen, key: str) -> str:
    """Reads the file, releases it, and returns what it says."""
    second.open(f"/subject-requests/{key}", PAGE)
    with second.page.expect_download() as download:
        Keyboard(second).press(second.main.get_by_role("link", name="Download it to be read"))
    second.follow(RELEASE, to=RELEASE)
    hand = Keyboard(second)
    hand.choose(second.main.get_by_role("radio", name="Yes"))
    hand.press(second.main.get_by_role("button", name=RELEASE))
    second.arrived(PAGE)
    expect(second.main).to_contain_text("It is deleted on")
    second.open("/subject-requests?view=ended", LIST)
    expect(second.main).to_contain_text("The mother of this child")
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(download.value.path()))


def test_a_mother_is_given_a_copy_by_two_people(product: Any, as_person: AsPerson) -> None:
    case = as_person.caller(FAMILY_WORKER).cases()[3]
    first, second = as_person(GOVERNANCE), as_person(SECOND_GOVERNANCE, width=PHONE)
    _records(first, case["reference"])
    key = _agrees(product, second)
    out = _looks_through(first, key)
    _sends(product, first, key)
    text = _releases(second, key)
    assert "information about other people" in text
    assert out not in text.partition("Name: ")[2].partition("\n")[0]


def test_a_refusal_waits_for_another_who_looks_at_why(as_person: AsPerson) -> None:
    case = as_person.caller(FAMILY_WORKER).cases()[2]
    first, second = as_person(GOVERNANCE, width=PHONE), as_person(SECOND_GOVERNANCE)
    asked = {
        "reference": case["reference"],
        "asker_name": "A neighbour of the family",
        "asker": "representative",
        "authority": "None that they could show",
        "identity": "document_seen",
        "asks_for": "Everything.",
        "received_on": "2026-08-03",
    }
    path = f"/subject-requests/{first.caller.write('subject-requests/', asked)['id']}"
    first.open(path, PAGE)
    first.follow("Refuse it", to="Refuse it")
    hand = Keyboard(first)
    with first.refused(400):
        hand.press(first.main.get_by_role("button", name="Refuse it"))
        expect(first.main.get_by_role("alert")).to_contain_text("Choose one of the options.")
    hand.choose(first.main.get_by_role("radio", name="They may not have this child’s record"))
    hand.write(first.main.get_by_role("textbox", name="What will they be told?"), "You may complain to the council.")
    first.check()
    hand.press(first.main.get_by_role("button", name="Refuse it"))
    first.arrived(PAGE)
    expect(first.main).to_contain_text("You asked for this refusal yourself")
    second.open(path, PAGE)
    expect(second.main).to_contain_text("You may complain to the council.")
    second.check()
    agree = "Agree to the refusal"
    second.follow(agree, to=agree)
    Keyboard(second).press(second.main.get_by_role("button", name=agree))
    second.arrived(PAGE)
    expect(second.main).to_contain_text(f"{SECOND_GOVERNANCE},")
    expect(second.main).to_contain_text("Refused by")


def test_what_a_family_asked_for_is_withdrawn_by_two(as_person: AsPerson) -> None:
    case = as_person.caller(FAMILY_WORKER).cases()[1]
    first, second = as_person(GOVERNANCE), as_person(SECOND_GOVERNANCE, width=PHONE)
    asked = {
        "reference": case["reference"],
        "asker_name": "A grandmother of the family",
        "asker": "representative",
        "authority": "A letter of the parents",
        "identity": "document_seen",
        "asks_for": "Everything.",
        "received_on": "2026-08-03",
    }
    path = f"/subject-requests/{first.caller.write('subject-requests/', asked)['id']}"
    first.open(path, PAGE)
    first.follow("Withdraw it", to="Withdraw it")
    hand = Keyboard(first)
    hand.write(first.main.get_by_role("textbox", name="Why does nobody wait for it any more?"), "She rang on 5 August.")
    first.check()
    hand.press(first.main.get_by_role("button", name="Withdraw it"))
    first.arrived(PAGE)
    expect(first.main).to_contain_text("A withdrawal waits for a second person")
    expect(first.main).to_contain_text("You asked for this to be withdrawn yourself")
    second.open(path, PAGE)
    expect(second.main).to_contain_text("She rang on 5 August.")
    expect(second.main.get_by_role("link", name="Do not withdraw it")).to_be_visible()
    second.check()
    agree = "Agree to the withdrawal"
    second.follow(agree, to=agree)
    Keyboard(second).press(second.main.get_by_role("button", name=agree))
    second.arrived(PAGE)
    expect(second.main).to_contain_text("Withdrawn by")
    expect(second.main).to_contain_text(f"{SECOND_GOVERNANCE},")
    expect(second.main).to_contain_text("She rang on 5 August.")


def test_what_a_mother_says_is_wrong_stands_beside_the_note_and_a_manager_decides(as_person: AsPerson) -> None:
    worker = as_person(FAMILY_WORKER, width=PHONE)
    case = next(one for one in worker.caller.cases() if worker.caller.read(f"cases/{one['id']}/notes/")["results"])
    worker.open(f"/cases/{case['id']}", re.compile(case["reference"]))
    say = "Write down that somebody says it is wrong"
    worker.follow(re.compile("Somebody says this is wrong"), to=say)
    hand = Keyboard(worker)
    hand.write(worker.main.get_by_role("textbox", name="Who says so?"), "Her mother")
    hand.choose(worker.main.get_by_role("radio", name="A parent with parental responsibility"))
    for part, value in (("Day", "3"), ("Month", "8"), ("Year", "2026")):
        hand.write(worker.main.get_by_role("textbox", name=part), value)
    hand.write(worker.main.get_by_role("textbox", name=re.compile("What is wrong")), "She was not at home that day.")
    hand.write(worker.main.get_by_role("textbox", name=re.compile("What do they say is right")), "She was at work.")
    hand.press(worker.main.get_by_role("button", name=say))
    worker.arrived(re.compile(case["reference"]))
    expect(worker.main).to_contain_text("She was not at home that day.")
    manager = as_person(EARLY_HELP_MANAGER)
    manager.open("/rectifications", "Said to be wrong")
    manager.follow(re.compile(case["reference"]), to="Said to be wrong")
    decide = "Decide what is done about it"
    manager.follow(decide, to=decide)
    hand = Keyboard(manager)
    hand.choose(manager.main.get_by_role("radio", name=re.compile("Kept, with this beside it")))
    hand.write(manager.main.get_by_role("textbox", name="Why?"), "Both remember it differently.")
    hand.press(manager.main.get_by_role("button", name=decide))
    manager.arrived("Said to be wrong")
    expect(manager.main).to_contain_text("Both remember it differently.")
