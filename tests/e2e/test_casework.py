"""A case as its people live it: a visit written down on a telephone, the family's answer, a rest, and an end."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.acting import act, choose, confirm
from tests.e2e.counted import printed
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, OFFICER
from tests.e2e.referral_form import Answer, Chosen, Picked, Written
from tests.e2e.screen import PHONE, Screen

PARENT, WHY_NOT = "Dad: it was good that somebody listened.", "They did not want to say"
LASTED = "Record whether the change has lasted"
VISIT = "Record a visit or a call"
# From opening the app to the note that stands there.
MOST_TAPS = 6


class CountingMouse(Mouse):
    """Counts what a thumb does."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.taps = 0

    def press(self, control: Locator) -> None:
        self.taps += 1
        super().press(control)

    def choose(self, control: Locator) -> None:
        self.taps += 1
        super().choose(control)

    def write(self, control: Locator, text: str) -> None:
        self.taps += 1
        super().write(control, text)


def a_case(screen: Screen, state: str) -> dict[str, str]:
    """One of the person's own cases in this state."""
    found = screen.caller.cases()
    return next(row for row in found if row["state"] == state)


def one_that_may_end(screen: Screen) -> dict[str, str]:
    """One of the person's own cases at which nothing stands in the way of closing it."""
    for row in screen.caller.cases():
        case = screen.caller.read(f"cases/{row['id']}/")
        if any(option["name"] == "close" and option["obstacles"] == [] for option in case["options"]):
            return dict(row)
    raise AssertionError("no case of the demo city may end")


def do(hand: Hand, note: Locator, option: str, answers: Sequence[Answer], *, back_at: re.Pattern[str]) -> None:
    """Something about one note, on the page of the option."""
    hand.press(note.get_by_role("link", name=re.compile(option)))
    hand.screen.arrived(option)
    for answer in answers:
        answer.give(hand)
    hand.press(hand.screen.main.get_by_role("button", name=option, exact=True))
    hand.screen.arrived(back_at)


def heading(case: dict[str, str]) -> re.Pattern[str]:
    return re.compile(case["reference"])


def in_days(number: int) -> str:
    return (datetime.now() + timedelta(days=number)).strftime("%d %m %Y")


def test_a_visit_is_written_down_on_a_telephone_in_six_taps(as_person) -> None:
    screen = as_person(FAMILY_WORKER, width=PHONE)
    screen.open("/", "Home")
    hand = CountingMouse(screen)
    # The first thing that is to be done, whichever case it is about.
    link = screen.main.get_by_role("link", name=re.compile(r"C-\w{3}-\w{5}")).first
    (reference,) = re.findall(r"C-\w{3}-\w{5}", link.inner_text())
    case = {"reference": reference}
    hand.press(link)
    screen.arrived(heading(case))
    hand.press(screen.main.get_by_role("link", name=VISIT, exact=True))
    screen.arrived(VISIT)
    Chosen("What was it?", "Home visit").give(hand)
    Chosen("Did you see the child?", "Yes, alone").give(hand)
    Written("What happened?", "We sat on the wall and talked about the bus.").give(hand)
    hand.press(screen.main.get_by_role("button", name=VISIT, exact=True))
    screen.arrived(heading(case))
    expect(screen.main).to_contain_text("We sat on the wall and talked about the bus.")
    expect(screen.main).to_contain_text("Child seen alone")
    assert hand.taps == printed("by way of the case") <= MOST_TAPS


def test_half_a_note_is_refused_at_its_fields_and_nothing_typed_is_lost(as_person) -> None:
    screen = as_person(FAMILY_WORKER)
    case = screen.caller.cases()[0]
    screen.open(f"/cases/{case['id']}", heading(case))
    hand = Keyboard(screen)
    hand.press(screen.main.get_by_role("link", name=VISIT, exact=True))
    screen.arrived(VISIT)
    Written("What happened?", "A short talk at the door.").give(hand)
    with screen.refused(400):
        hand.press(screen.main.get_by_role("button", name=VISIT, exact=True))
        expect(screen.main.get_by_role("alert")).to_contain_text("There is a problem")
    screen.check()
    typed = screen.main.get_by_role("textbox", name="What happened?", exact=True)
    expect(typed).to_have_value("A short talk at the door.")
    expect(screen.main.get_by_role("status").last).to_contain_text("Saved at")
    # The tab is closed, and the form is opened on another device.
    screen.open(f"/cases/{case['id']}", heading(case))
    expect(screen.main).to_contain_text("You began one and have not sent it")
    hand.press(screen.main.get_by_role("link", name=VISIT, exact=True))
    screen.arrived(VISIT)
    expect(typed).to_have_value("A short talk at the door.")
    hand.press(screen.main.get_by_role("button", name="Delete what you typed"))
    expect(screen.main.get_by_role("dialog", name="Delete what you typed?")).to_be_visible()
    screen.check()
    hand.press(screen.main.get_by_role("button", name="Delete it", exact=True))
    screen.arrived(heading(case))
    expect(screen.main).not_to_contain_text("You began one and have not sent it")


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_case_rests_and_goes_on(as_person, width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = a_case(screen, "assessing")
    screen.open(f"/cases/{case['id']}", heading(case))
    day, month, year = in_days(7).split()
    reason = Chosen("Why does the work pause?", "The family asked for a break")
    when = (Written("Day", day), Written("Month", month), Written("Year", year))
    act(screen, "Pause the work", (reason, *when), back_at=heading(case))
    expect(screen.main.get_by_role("region", name="Paused")).to_contain_text("The family asked for a break")
    what = Written("What happens next?", "Meet at school")
    act(screen, "Go on with the work", (what, *when), back_at=heading(case))
    expect(screen.main.get_by_role("region", name="Paused")).to_have_count(0)


@pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
def test_an_end_with_a_risk_waits_for_a_second_person(as_person, by: type[Mouse | Keyboard], width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = one_that_may_end(screen)
    screen.open(f"/cases/{case['id']}", heading(case))
    answers = (
        Chosen("Why does the work end?", "The family does not want to go on"),
        Written("What changed for the child?", "Mornings are calmer. The way home still is not safe."),
        Written("What does the parent or carer say about the help?", PARENT),
        Chosen("Does a risk to the child remain?", "Yes"),
        Written("Who goes on helping, and with what? (optional)", "School, with a key adult."),
    )
    hand = by(screen)
    choose(hand, "Close the case", answers)
    with screen.refused(400):
        hand.press(screen.main.get_by_role("button", name="Close the case", exact=True))
        expect(screen.main.get_by_role("alert")).to_contain_text("Enter what the child says, or choose why")
    screen.check()
    Picked("If the child could not say, why?", WHY_NOT).give(hand)
    confirm(hand, "Close the case", back_at=heading(case))
    expect(screen.main.get_by_role("status").first).to_contain_text("waits for a second person")
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    manager.open(f"/cases/{case['id']}", heading(case))
    expect(manager.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(PARENT)
    manager.check()
    waiting = manager.caller.read("confirmations/")["results"]
    asked = next(one for one in waiting if one["subject_reference"] == case["reference"])
    manager.caller.write(f"confirmations/{asked['id']}/confirm/", {"version": asked["version"]})
    manager.open(f"/cases/{case['id']}", heading(case))
    ending = manager.main.get_by_role("region", name="How it ended")
    for words in (f"No answer. {WHY_NOT}.", PARENT, "School, with a key adult."):
        expect(ending).to_contain_text(words)
    manager.check()
    has_not_lasted(by(manager), heading(case))
    refer_again(by(manager), case["reference"])


def has_not_lasted(hand: Hand, home: re.Pattern[str]) -> None:
    """Months later the manager asks, and where it has not lasted the page offers to refer again."""
    main = hand.screen.main
    choose(hand, LASTED, (Chosen("Has the change lasted?", "Nobody could be asked"),))
    Written("How is the child now?", "He stays away from school again.").give(hand)
    with hand.screen.refused(400):
        hand.press(main.get_by_role("button", name=LASTED, exact=True))
        expect(main.get_by_role("alert")).to_contain_text("Choose one of the options.")
    hand.screen.check()
    Chosen("Has the change lasted?", "No, it has not lasted").give(hand)
    expect(main.get_by_label("Why could nobody be asked?")).to_have_count(0)
    confirm(hand, LASTED, back_at=home)
    lasted = main.get_by_role("region", name="Has it lasted?")
    for words in ("No, it has not lasted", "He stays away from school again.", f"by {EARLY_HELP_MANAGER}"):
        expect(lasted).to_contain_text(words)
    expect(lasted.get_by_role("link", name="Refer again")).to_be_visible()
    hand.screen.check()


def refer_again(hand: Hand, reference: str) -> None:
    """From the list of closed cases, narrowed by why they ended, to a referral that says what it follows."""
    manager = hand.screen
    manager.open("/cases", "My cases")
    manager.follow("Closed cases", to="Closed cases")
    hand.pick(manager.main.get_by_label("Why it closed (optional)"), "The family does not want to go on")
    hand.press(manager.main.get_by_role("button", name="Show cases"))
    found = manager.main.get_by_role("region", name="Cases found")
    expect(found).to_contain_text(reference)
    expect(found).not_to_contain_text("The child’s needs are met")
    expect(found.get_by_role("link", name=re.compile(rf"^Open it again.*{reference}"))).to_be_visible()
    manager.check()
    hand.press(found.get_by_role("link", name=f"Refer again after {reference}"))
    manager.arrived("Refer again")
    rows = manager.caller.read("cases/closed/")["results"]
    closed = next(row for row in rows if row["reference"] == reference)
    manager.open(f"/cases/{closed['id']}/people", "People")
    hand.press(manager.main.get_by_role("link", name="Refer again"))
    manager.arrived("Refer again")
    hand.press(manager.main.get_by_role("button", name="Start now"))
    manager.arrived("Make a referral")
    expect(manager.main).to_contain_text(f"Refers a child again after case {reference}")
    expect(manager.main).to_contain_text("Check that it still holds.")


def test_nobody_else_reads_a_note(as_person) -> None:
    worker = as_person(FAMILY_WORKER)
    case = worker.caller.cases()[0]
    officer = as_person(OFFICER)
    answer = officer.context.request.get(f"{officer.address}/api/v1/cases/{case['id']}/notes/")
    assert answer.status == 404


@pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
def test_a_note_is_put_right_pinned_and_another_taken_back(as_person, by: type[Mouse | Keyboard], width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = screen.caller.cases()[0]
    # Each hand has notes of its own: what the other has pinned stays on top.
    seen, mistaken = f"Seen at the gate, {width}.", f"Written on the wrong record, {width}."
    for words in (seen, mistaken):
        note = {"kind": "observation", "child_seen": "with_others", "text": words}
        screen.caller.write(f"cases/{case['id']}/notes/", note)
    screen.open(f"/cases/{case['id']}", heading(case))
    hand, notes = by(screen), screen.main.locator(".moj-timeline__item")
    right = notes.filter(has_text=seen).first
    what = (Written("What is right?", "It was Monday."), Written("Why do you correct it?", "I mixed up the days."))
    do(hand, right, "Correct the note", what, back_at=heading(case))
    expect(right).to_contain_text("It was Monday.")
    do(hand, right, "Pin the note", (), back_at=heading(case))
    expect(right).to_contain_text("Pinned")
    wrong = notes.filter(has_text=mistaken).first
    do(hand, wrong, "Take it back", (), back_at=heading(case))
    expect(screen.main).not_to_contain_text(mistaken)
