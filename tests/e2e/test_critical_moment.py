"""A police officer reports a critical moment and learns nothing; the family worker has it the same day."""

import re

from playwright.sync_api import expect

from backend.core import clock
from backend.deadlines.calendar import local
from backend.moments.commands.passing_on import JOB
from tests.e2e import acting
from tests.e2e.ageing import minute_is_up
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER, POLICE
from tests.e2e.screen import PHONE, Screen

TITLE = "Report a critical moment"


def fill(hand: Hand, *, given: str, family: str, born: tuple[str, str, str] | None) -> None:
    """Answer what is asked about a child."""
    main, now = hand.screen.main, local(clock.now())
    hand.choose(main.get_by_role("group", name="Is anybody in danger right now?").get_by_role("radio", name="No"))
    hand.choose(main.get_by_role("radio", name="Arrested or held by the police"))
    happened = main.get_by_role("group", name="When did it happen?")
    for label, value in (("Day", now.day), ("Month", now.month), ("Year", now.year)):
        hand.write(happened.get_by_role("textbox", name=label), str(value))
    hand.write(happened.get_by_role("textbox", name=re.compile("^Time")), "00:01")
    hand.write(main.get_by_role("textbox", name="Child’s given name"), given)
    hand.write(main.get_by_role("textbox", name="Child’s family name (optional)"), family)
    if born:
        birth = main.get_by_role("group", name="Date of birth (optional)")
        for label, value in zip(("Day", "Month", "Year"), born, strict=True):
            hand.write(birth.get_by_role("textbox", name=label), value)
    hand.write(main.get_by_role("textbox", name=re.compile("What should the person")), "Held with an older cousin.")


def thanked(screen: Screen) -> list[str]:
    """The answer to a report, which is the same whoever the child is."""
    screen.arrived("Thank you. What happens now")
    return screen.main.locator("p").all_inner_texts()


def test_a_report_reaches_the_family_worker_and_tells_the_police_nothing(product, as_person) -> None:
    worker, police = as_person(FAMILY_WORKER), as_person(POLICE)
    case = worker.caller.cases()[0]
    child = worker.caller.read(f"cases/{case['id']}/")["child"]
    year, month, day = (child["date_of_birth"] or "--").split("-")
    before = {task["id"] for task in worker.caller.read("tasks/")["results"]}

    police.open("/critical", TITLE)
    main = police.main
    main.get_by_role("group", name="Is anybody in danger right now?").get_by_role("radio", name="Yes").check()
    expect(main.get_by_role("region", name="Call now, then come back")).to_contain_text("999")
    with police.refused(400):
        main.get_by_role("button", name="Send the report").click()
        expect(main.get_by_role("alert")).to_contain_text("There is a problem")
    police.check()
    given, _, family = child["name"].partition(" ")
    fill(Mouse(police), given=given, family=family, born=(day, month, year) if child["date_of_birth"] else None)
    main.get_by_role("button", name="Send the report").click()
    of_known = thanked(police)
    main.get_by_role("button", name="Report another one").click()
    police.arrived(TITLE)
    fill(Mouse(police), given="Nobody", family="Knows", born=None)
    main.get_by_role("button", name="Send the report").click()
    assert thanked(police) == of_known

    if not child["date_of_birth"]:
        return
    minute_is_up(product, JOB)
    acting.until(worker, lambda: bool({task["id"] for task in worker.caller.read("tasks/")["results"]} - before))
    worker.open("/tasks", "My tasks")
    [new] = {task["id"] for task in worker.caller.read("tasks/")["results"]} - before
    heading = re.compile("Speak to the child after a critical moment")
    worker.open(f"/tasks/{new}", heading)
    expect(worker.main).to_contain_text("Held with an older cousin.")
    hand = Mouse(worker)
    acting.choose(hand, "Mark as done")
    hand.write(worker.main.get_by_role("textbox", name="What did you do, and what came of it?"), "We met at school.")
    acting.confirm(hand, "Mark as done", back_at=heading)


def test_a_report_by_keyboard_on_a_telephone(as_person) -> None:
    police = as_person(POLICE, width=PHONE)
    police.open("/critical", TITLE)
    hand = Keyboard(police)
    fill(hand, given="Nobody", family="Knows", born=("6", "5", "2011"))
    hand.press(police.main.get_by_role("button", name="Send the report"))
    thanked(police)
    police.open("/tasks", "My tasks")
