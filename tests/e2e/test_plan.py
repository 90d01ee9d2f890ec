"""From getting to know a family to a plan that others help with: assessed, agreed, reviewed and taken home."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import BASIS, choose, confirm
from tests.e2e.hands import EitherHand, Hand, Mouse
from tests.e2e.people import ADMINISTRATOR, EARLY_HELP_MANAGER, FAMILY_WORKER, FRONT_DOOR_MANAGER, Caller
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE, Screen

GOAL = "I want to walk to school without being afraid."
TODO = "Walk with her from the bridge on Mondays."
SECRET = "Only those who work on the case read this."


@dataclass(frozen=True)
class Dated:
    """A day, so many days from today, in the question that asks for it."""

    question: str
    days: int

    def give(self, hand: Hand) -> None:
        on = datetime.now() + timedelta(days=self.days)
        group = hand.screen.main.get_by_role("group", name=self.question, exact=True)
        for part, text in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            hand.write(group.get_by_role("textbox", name=part, exact=True), str(text))


@dataclass(frozen=True)
class Ticked:
    """A box of a question that takes several answers."""

    answer: str

    def give(self, hand: Hand) -> None:
        hand.choose(hand.screen.main.get_by_role("checkbox", name=self.answer, exact=True))


def case_to_assess(screen: Screen) -> dict[str, Any]:
    """One of the person's own cases that nobody has assessed; the family is visited and agrees, if they had not."""
    caller = screen.caller
    for row in caller.cases():
        assessments = f"cases/{row['id']}/assessments/"
        if row["state"] in ("engaging", "assessing") and not caller.read(assessments)["results"]:
            if row["state"] == "engaging":
                agree(caller, row)
            return dict(row)
    raise AssertionError("every case has been assessed")


def agree(caller: Caller, row: dict[str, Any]) -> None:
    """Record a visit and that the family agrees, without its pages: other journeys show them."""
    today = datetime.now().date()
    visit = {"kind": "home_visit", "child_seen": "with_others", "people": ["parent"], "text": "We drew the street."}
    caller.write(f"cases/{row['id']}/notes/", visit)
    version = caller.read(f"cases/{row['id']}/")["version"]
    said = {"agreed_by": "parent", "agreed_how": "in_person", "agreed_on": today.isoformat(), "child_told": True}
    ahead = {"next_action": "Meet again", "next_action_on": (today + timedelta(days=3)).isoformat()}
    body = {"version": version, **said, **ahead, "note": "Help with the mornings."}
    caller.write(f"cases/{row['id']}/record-agreement/", body)


def section(hand: Hand, name: str, heading: str | None = None) -> None:
    """Go to another page of the case."""
    nav = hand.screen.main.get_by_role("navigation", name="This case")
    hand.press(nav.get_by_role("link", name=name, exact=True))
    hand.screen.arrived(heading or name)


def assess(hand: Hand) -> None:
    """Write an assessment, forget the child's words, be told, and complete it."""
    main = hand.screen.main
    section(hand, "Assessment")
    hand.press(main.get_by_role("button", name="Begin an assessment"))
    hand.screen.arrived(re.compile("Assessment 1"))
    for answer in (
        Written("What do the child and family need?", "A way to school that is safe."),
        Written("What is strong already?", "Her aunt, and drawing."),
        Ticked("Has seen or lived with violence or conflict in the family"),
        Written("What do you make of it? (optional)", SECRET),
    ):
        answer.give(hand)
    finish = main.get_by_role("button", name="Complete the assessment")
    hand.press(finish)
    expect(main.get_by_role("alert")).to_contain_text("Write what the child says")
    hand.screen.check()
    Written("What does the child say? (optional)", "I like it when it is quiet.").give(hand)
    hand.press(finish)
    hand.screen.arrived("Assessment")
    expect(main.get_by_role("status").first).to_contain_text("The assessment is complete")
    hand.press(main.get_by_role("link", name="Assessment 1", exact=True))
    hand.screen.arrived(re.compile("Assessment 1"))
    expect(main).to_contain_text("I like it when it is quiet.")


def plan(hand: Hand, case: dict[str, Any]) -> str:
    """Write a goal and an action of another agency's person, and agree the plan; return who does the action."""
    screen = hand.screen
    write_goal(hand, case)
    owner = somebody_elsewhere(screen, case)
    action = (
        Written("What will be done?", TODO),
        Picked("Towards which goal? (optional)", GOAL),
        Picked("Who does it?", f"{owner['label']} ({owner['hint']})"),
        Dated("By which day?", 7),
        Chosen("Is it left out of the family’s own page?", "No"),
        *BASIS,
    )
    choose(hand, "Add an action", action)
    confirm(hand, "Add an action", back_at="Plan")
    agree_plan(hand)
    expect(screen.main.get_by_text("Active", exact=True).first).to_be_visible()
    expect(screen.main).to_contain_text("Version 1")
    return str(owner["label"])


def write_goal(hand: Hand, case: dict[str, Any]) -> None:
    """On the page of the plan, what the child wants to be different."""
    hand.screen.open(f"/cases/{case['id']}/plan", "Plan")
    goal = (
        Written("What do they want to be different?", GOAL),
        Chosen("Whose goal is it?", "The child’s"),
        Written("How near is it, from 0 to 10? (optional)", "2"),
        Picked("Who says so? (optional)", "The child"),
        Written("What did they say about it? (optional)", "The bridge is the worst."),
    )
    choose(hand, "Add a goal", goal)
    confirm(hand, "Add a goal", back_at="Plan")


def agree_plan(hand: Hand) -> None:
    """The family says yes to it."""
    agreement = (
        Chosen("Who agreed?", "Both parent and child"),
        Written("What do they say about the plan?", "Let us try it until Christmas."),
        Dated("On which day is it reviewed?", 42),
        Written("What happens next?", "Meet at school"),
        Dated("On which day?", 5),
    )
    choose(hand, "Agree the plan", agreement)
    confirm(hand, "Agree the plan", back_at="Plan")


def somebody_elsewhere(screen: Screen, case: dict[str, Any]) -> dict[str, str]:
    """A person of another agency who is involved, and who can sign in to the demonstration."""
    known = {one["name"] for one in screen.caller.read("demo/people/")["results"]}
    offered = screen.caller.read(f"cases/{case['id']}/plan/")["options"]
    form = next(option["input"] for option in offered if option["name"] == "add_action")
    choices = next(field["choices"] for field in form if field["name"] == "owner")
    return next(one for one in choices if one["label"] in known and one["group"] != case["lead_agency"])


@pytest.mark.parametrize(("width", "works"), [(PHONE, Mouse), (1280, EitherHand)])
def test_a_plan_is_assessed_agreed_done_elsewhere_reviewed_and_taken_home(as_person, width: int, works: Any) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = case_to_assess(screen)
    hand = works(screen)
    screen.open(f"/cases/{case['id']}", re.compile(case["reference"]))
    assess(hand)
    owner = plan(hand, case)
    done_elsewhere(as_person(owner, width=width), case)
    review(hand, case)
    taken_home(screen, case)


def done_elsewhere(screen: Screen, case: dict[str, Any]) -> None:
    """Whoever was asked finds it, does it, and sees nothing of the case."""
    screen.open("/tasks", re.compile("tasks", re.IGNORECASE))
    screen.follow(TODO, to="To do for a family’s plan")
    expect(screen.main).not_to_contain_text(GOAL)
    expect(screen.main.get_by_role("link", name=re.compile("Open the plan"))).to_have_count(0)
    hand = Mouse(screen)
    choose(hand, "Mark as done", [Written("What did you do, and what came of it?", "She talked about her drawings.")])
    confirm(hand, "Mark as done", back_at="To do for a family’s plan")
    for path in ("", "plan/", "family-page/"):
        answer = screen.context.request.get(f"{screen.address}/api/v1/cases/{case['id']}/{path}")
        assert answer.status == 404, path


def review(hand: Hand, case: dict[str, Any]) -> None:
    """Score the goals on the page that the review leads to, and write down what was said at it."""
    screen = hand.screen
    screen.open(f"/cases/{case['id']}/plan", "Plan")
    expect(screen.main).to_contain_text("Not yet: Score this goal again first")
    choose(hand, "Record a review")
    score_all_goals(hand)
    screen.open(f"/cases/{case['id']}/plan", "Plan")
    expect(screen.main).to_contain_text("6 of 10, from 2 at the beginning")
    section(hand, "Reviews and meetings")
    held = (
        Dated("On which day was it?", 0),
        Ticked("The child"),
        Written("What does the child say?", "It is better with somebody beside me."),
        Written("What does the family say?", "She sleeps again."),
        Chosen("How does it go?", "Positive change"),
        Written("What has changed, and what helped?", "She walks four days of five."),
        Dated("On which day is the next review?", 50),
        Written("What happens next?", "Try Fridays"),
        Dated("On which day?", 4),
    )
    choose(hand, "Record a review", held)
    confirm(hand, "Record a review", back_at="Reviews and meetings")
    expect(screen.main).to_contain_text("It is better with somebody beside me.")
    section(hand, "Outcomes")
    expect(screen.main).to_contain_text("From 2 to 6 of 10: 4 nearer.")
    hand.press(screen.main.locator("summary").filter(has_text="Show as a table").first)
    expect(screen.main.get_by_role("table").first).to_contain_text("6 of 10")
    screen.check()


def score_all_goals(hand: Hand) -> None:
    """From the review to the page of all goals and back: words without a score are refused, and stay where they are."""
    main = hand.screen.main
    hand.press(main.get_by_role("link", name="Score or end the goals", exact=True))
    hand.screen.arrived("Score or end the goals")
    goal = main.get_by_role("region", name=GOAL)
    expect(goal).to_contain_text("2 of 10")
    said = "What did they say about it? (optional)"
    Written(said, "I laughed on the bridge.").give(hand)
    with hand.screen.refused(400):
        hand.press(main.get_by_role("button", name="Save all goals", exact=True))
        expect(main.get_by_role("alert")).to_contain_text("Enter a score from 0 to 10, or choose why there is none.")
    hand.screen.check()
    expect(goal.get_by_role("textbox", name=said, exact=True)).to_have_value("I laughed on the bridge.")
    Written("How near is it, from 0 to 10? (optional)", "6").give(hand)
    confirm(hand, "Save all goals", back_at="Record a review")


def taken_home(screen: Screen, case: dict[str, Any]) -> None:
    """Their own plan in plain words, without what is not theirs to read."""
    screen.open(f"/cases/{case['id']}/family", "Our plan")
    expect(screen.main).to_contain_text(GOAL)
    expect(screen.main).to_contain_text("The bridge is the worst.")
    expect(screen.main).not_to_contain_text(SECRET)
    expect(screen.main).not_to_contain_text(case["reference"])
    screen.page.emulate_media(media="print")
    expect(screen.main.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(screen.main.get_by_role("heading", level=1)).to_be_visible()
    screen.page.emulate_media(media="screen")


def test_an_assessment_is_kept_as_it_is_typed_and_read_by_the_manager(as_person) -> None:
    screen = as_person(FAMILY_WORKER)
    case = case_to_assess(screen)
    screen.open(f"/cases/{case['id']}/assessments", "Assessment")
    hand = Mouse(screen)
    hand.press(screen.main.get_by_role("button", name="Begin an assessment"))
    screen.arrived(re.compile("Assessment 1"))
    Written("What do the child and family need?", "Half a sentence").give(hand)
    expect(screen.main.get_by_role("status").first).to_contain_text("Saved at")
    screen.page.reload()
    field = screen.main.get_by_role("textbox", name="What do the child and family need?", exact=True)
    expect(field).to_have_value("Half a sentence")
    manager = as_person(EARLY_HELP_MANAGER)
    manager.open(f"/cases/{case['id']}/assessments", "Assessment")
    expect(manager.main).to_contain_text("Being written")


def test_a_second_person_reads_a_plan_and_agrees_where_the_partnership_asks(as_person) -> None:
    ask_for_two(as_person.caller(ADMINISTRATOR), as_person.caller(FRONT_DOOR_MANAGER))
    screen, manager = as_person(FAMILY_WORKER), as_person(EARLY_HELP_MANAGER)
    case, hand = case_to_assess(screen), Mouse(screen)
    screen.open(f"/cases/{case['id']}", re.compile(case["reference"]))
    assess(hand)
    write_goal(hand, case)
    agree_plan(hand)
    expect(screen.main).to_contain_text("Waiting for a second person")
    expect(screen.main).to_contain_text("A manager has until")
    expect(screen.main.get_by_role("link", name="Withdraw the question")).to_be_visible()
    screen.check()

    reading = Mouse(manager)
    manager.open("/confirmations", "Second person needed")
    reading.press(manager.main.get_by_role("link", name=f"Agree the plan, {case['reference']}"))
    manager.arrived(f"Agree the plan, {case['reference']}")
    reading.press(manager.main.get_by_role("link", name=f"Read {case['reference']}"))
    manager.arrived("Plan")
    expect(manager.main).to_contain_text(GOAL)
    manager.check()
    choose(reading, "Confirm")
    confirm(reading, "Confirm", back_at="Plan")
    screen.open(f"/cases/{case['id']}/plan", "Plan")
    screen.main.locator("summary").filter(has_text="Version 1").click()
    expect(screen.main).to_contain_text(f"Written by {FAMILY_WORKER}. Second person: {EARLY_HELP_MANAGER}.")


def ask_for_two(administrator: Caller, manager: Caller) -> None:
    """Two people let the draft of the city count: from now on each plan needs a second person."""
    kinds = administrator.read("configurations/kinds/")
    path = f"configurations/{next(kind['draft']['id'] for kind in kinds if kind['code'] == 'second_person')}/"
    said = {"version": administrator.read(path)["version"], "note": "Our board asked for it."}
    question = administrator.write(f"{path}publish/", said)["confirmation"]
    manager.write(f"confirmations/{question['id']}/confirm/", {"version": question["version"]})
