"""Two people on one case: each reads that the other is there, and whoever saves second is asked first."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE

PRIORITY, WHY = "Change the priority", "What has changed?"
MINE, THEIRS = "Her brother was arrested.", "She is back in school."


@pytest.mark.parametrize(("works", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
def test_two_people_on_one_case_see_each_other_and_the_second_to_save_is_asked(
    as_person, works: type[Hand], width: int
) -> None:
    worker, manager = as_person(FAMILY_WORKER, width=width), as_person(EARLY_HELP_MANAGER)
    rows = worker.caller.cases()
    case = next(row for row in rows if row["priority"] != "red")
    worker.names = manager.names = {row["child_name"] for row in rows}
    path, home = f"/cases/{case['id']}", f"Case {case['reference']}"
    worker.open(path, home)
    manager.open(path, home)
    expect(manager.main).to_contain_text(f"{FAMILY_WORKER} (City Early Help) is looking at this too.")
    choose(Mouse(manager), PRIORITY, (Chosen("How soon is help needed now?", "Red: today"), Written(WHY, THEIRS)))
    worker.open(path, home)
    expect(worker.main).to_contain_text(f"{EARLY_HELP_MANAGER} (City Early Help) is changing something here just now.")
    worker.check()

    hand = works(worker)
    choose(hand, PRIORITY, (Chosen("How soon is help needed now?", "Green: planned"), Written(WHY, MINE)))
    confirm(Mouse(manager), PRIORITY, back_at=home)
    with worker.refused(409):
        hand.press(worker.main.get_by_role("button", name=PRIORITY, exact=True))
        asked = worker.main.get_by_role("alert")
        expect(asked).to_contain_text("This changed while you were writing")
    expect(asked).to_contain_text(EARLY_HELP_MANAGER)
    expect(worker.main.get_by_role("textbox", name=WHY)).to_have_value(MINE)
    worker.check()
    confirm(hand, PRIORITY, back_at=home)
