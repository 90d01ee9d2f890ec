"""What somebody said goes its whole way: written down, read by a manager, then by an analyst, kept in a report."""

import json
import re
from collections.abc import Callable
from typing import Any

import psycopg
from playwright.sync_api import expect

from backend.core import clock
from backend.core.ids import uuid7
from backend.operations.postgres.cluster import SUPERUSER
from backend.reports.rules import spans
from tests.e2e.conftest import Product
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import ANALYST, FRONT_DOOR_MANAGER, OFFICER
from tests.e2e.screen import PHONE, Screen

WRITTEN = "Ms Blake rang back the same day. Nobody had ever done that."
RELEASED = "Somebody rang back the same day. Nobody had ever done that."


def _writes_it_down(officer: Screen) -> None:
    hand, main = Mouse(officer), officer.main
    officer.open("/voices", "Community voice")
    expect(main).to_contain_text("Nobody of your organisation has written down yet")
    hand.press(main.get_by_role("link", name="Write down what somebody said"))
    officer.arrived("Write down what somebody said")
    expect(main).to_contain_text("It is not tied to any child, referral or case")
    hand.choose(main.get_by_role("radio", name="A parent or carer"))
    hand.choose(main.get_by_role("radio", name="What helped"))
    hand.choose(main.get_by_role("checkbox", name="Being listened to and believed"))
    words = main.get_by_role("textbox", name="What did they say, in their own words?")
    hand.write(words, f"{WRITTEN} Ring me on 0121 496 0223.")
    hand.choose(main.get_by_role("radio", name="Yes, the words may be used without a name"))
    hand.write(main.get_by_role("textbox", name="Who asked them?"), OFFICER)
    today = clock.now().date()
    for part, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        hand.write(main.get_by_role("textbox", name=part, exact=True), str(number))
    hand.pick(main.get_by_role("combobox", name="In which month did they say it?"), f"{today:%B %Y}")
    with officer.refused(400):
        hand.press(main.get_by_role("button", name="Write down what somebody said"))
        expect(main.get_by_role("alert")).to_contain_text("there is a telephone number in them")
    hand.write(words, WRITTEN)
    hand.press(main.get_by_role("button", name="Write down what somebody said"))
    officer.arrived("Community voice")
    expect(main).to_contain_text(WRITTEN)


def _releases_it_shorter(manager: Screen) -> None:
    hand, main = Keyboard(manager), manager.main
    manager.open("/", "Home")
    hand.press(main.get_by_role("link", name="Words to read: 1"))
    manager.arrived("Community voice")
    hand.press(main.get_by_role("link", name="What helped: Being listened to and believed"))
    manager.arrived("What somebody said")
    hand.press(main.get_by_role("link", name="Release the words"))
    manager.arrived("Release the words")
    words = main.get_by_role("textbox", name="The words as others may read them")
    expect(words).to_have_value(WRITTEN)
    hand.write(words, RELEASED)
    hand.press(main.get_by_role("button", name="Release the words"))
    manager.arrived("What somebody said")
    expect(main).to_contain_text(RELEASED)
    manager.open("/voices?view=to-read", "Community voice")
    expect(main).to_contain_text("No words wait for a manager")


def _a_quarter_goes_by(product: Product) -> None:
    """It was said in the last quarter that is over, by one of ten, and the worker has published its months since."""
    month = next(iter(spans().values())).last
    cell: dict[str, Any] = {"key": ["not_known", "parent", "helped"], "number": 10, "marks": {"being_listened_to": 10}}
    with psycopg.connect(product.url(SUPERUSER), autocommit=True) as connection:
        connection.execute("UPDATE voices_saying SET month = %s, recorded_at = %s", [month, month])
        [[partnership_id]] = connection.execute("SELECT id FROM agencies_partnership").fetchall()
        connection.execute(
            "DELETE FROM insights_publishedmonth WHERE counted = 'sayings' AND month = %s",
            [month],
        )
        connection.execute(
            "INSERT INTO insights_publishedmonth (id, counted, month, partnership_id, published_at, cells)"
            " VALUES (%s, 'sayings', %s, %s, now(), %s)",
            [uuid7(), month, partnership_id, json.dumps([cell])],
        )


def _reads_it(analyst: Screen) -> None:
    hand, main = Keyboard(analyst), analyst.main
    analyst.open("/voice", "What people said")
    expect(main).to_contain_text("About 10 things that children, parents and others said")
    expect(main).to_contain_text(f"“{RELEASED}”")
    expect(main).not_to_contain_text("Ms Blake")
    hand.pick(main.get_by_role("combobox", name="Who said it"), "A child or young person")
    hand.press(main.get_by_role("button", name="Show"))
    expect(main).to_contain_text("Too few people said something of this kind")
    analyst.check()
    analyst.caller.write("reports/", {"kind": "needs_assessment", "period": next(iter(spans()))})
    analyst.open("/reports", "Reports")
    analyst.follow(re.compile("Strategic needs assessment"), to=re.compile("Strategic needs assessment"))
    expect(main.get_by_role("region", name="In their words")).to_contain_text(RELEASED)


def test_what_a_parent_said_is_read_by_an_analyst_without_the_name_in_it(
    product: Product, as_person: Callable[..., Screen]
) -> None:
    _writes_it_down(as_person(OFFICER, width=PHONE))
    _releases_it_shorter(as_person(FRONT_DOOR_MANAGER))
    _a_quarter_goes_by(product)
    _reads_it(as_person(ANALYST))
