"""Doing something to a record, and starting from a referral that has been sent."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

from playwright.sync_api import expect

from tests.e2e.hands import Hand, Mouse
from tests.e2e.people import Caller
from tests.e2e.referral_form import Answer, Chosen
from tests.e2e.screen import Screen

# What the form holds once it is filled in as referral_form fills it in.
ANSWERS: dict[str, Any] = {
    "danger_now": False,
    "birth": "date_of_birth",
    "child_date_of_birth": "2012-03-27",
    "child_sex": "F",
    "child_ethnicity": "not_yet_asked",
    "child_language": "not_known",
    "child_address": "not_known",
    "child_postcode": "B99 4AB",
    "child_ward": "not_known",
    "child_school": "Oakfield School",
    "worried_about": [{"text": "He sleeps in class on most days.", "basis": "seen", "currency": "current"}],
    "working_well": "not_known",
    "needs_to_happen": "not_known",
    "factors_current": "not_known",
    "level_believed": "universal_plus",
    "child_heard": False,
    "voice_why_not": "did_not_want_to",
    "parent_view": "not_known",
    "informed": "both",
    "agreement": "not_asked",
    "agreement_why_not": "The parent left before we could talk about it.",
    "share_article6": "public_task",
    "share_condition": "safeguarding_children",
    "share_power": "children_act_2004_s10",
}


# What is answered on every form that shares something.
BASIS = (
    Chosen("Which UK GDPR basis do you share on?", "Public task"),
    Chosen("Which condition for sensitive information?", "Safeguarding of children and people at risk"),
    Chosen("Which legal power do you share under?", "Children Act 2004, section 10: working together for children"),
)
# Seconds that the worker may take on a busy machine.
PATIENCE = 120
FAMILY = "Hartnoll"
# Each referral is about another child: one agency cannot send two about the same one in the city of one file.
_GIVEN = cycle(
    (
        "Alder",
        "Briar",
        "Clover",
        "Damson",
        "Elder",
        "Fennel",
        "Gorse",
        "Heather",
        "Ivy",
        "Juniper",
        "Kalmia",
        "Laurel",
        "Myrtle",
        "Nettle",
        "Olive",
        "Poplar",
        "Quince",
        "Rowan",
        "Sorrel",
        "Teasel",
        "Valerian",
        "Willow",
        "Yarrow",
        "Zinnia",
        "Aspen",
        "Bracken",
        "Cedar",
        "Daphne",
        "Elm",
        "Fern",
        "Hazel",
        "Iris",
        "Jasmine",
        "Larch",
        "Linden",
        "Maple",
        "Oak",
        "Pine",
        "Rose",
        "Sage",
        "Tansy",
        "Thyme",
        "Viola",
        "Yew",
    )
)


@dataclass(frozen=True)
class Sent:
    """A referral that is at the front door."""

    id: str
    reference: str
    given: str = ""

    @property
    def path(self) -> str:
        """Its page."""
        return f"/referrals/{self.id}"


def begin(caller: Caller, answers: dict[str, Any]) -> Sent:
    """A draft with these answers."""
    draft = caller.write("referrals/", {})
    changes = {name: {"value": value, "base_rev": 0} for name, value in answers.items()}
    caller.write(f"referrals/{draft['id']}/draft/", {"answers": changes}, method="PATCH")
    return Sent(draft["id"], draft["reference"])


def whole(given: str) -> dict[str, Any]:
    """Every answer that is asked, about a child of this name."""
    return ANSWERS | {"child_given_name": given, "child_family_name": FAMILY}


def send(caller: Caller, **answers: Any) -> Sent:
    """A referral about a child of its own, as the person in this browser sends it."""
    given = next(_GIVEN)
    draft = begin(caller, whole(given) | answers)
    version = caller.read(f"referrals/{draft.id}/")["version"]
    caller.write(f"referrals/{draft.id}/submit/", {"version": version})
    return replace(draft, given=given)


def edge(caller: Caller, sent: Sent, name: str, **given: Any) -> Any:
    """Take an edge without its page, for what another journey shows."""
    version = caller.read(f"referrals/{sent.id}/")["version"]
    return caller.write(f"referrals/{sent.id}/{name}/", {"version": version, **given})


def choose(hand: Hand, option: str, answers: Sequence[Answer] = ()) -> None:
    """From a record's page go to the page of one option and fill it in."""
    hand.press(hand.screen.main.get_by_role("link", name=option, exact=True))
    hand.screen.arrived(option)
    for answer in answers:
        answer.give(hand)


def confirm(hand: Hand, button: str, *, back_at: str | re.Pattern[str]) -> None:
    """Press the button of an option's page and come back to the record, which says that it is done."""
    hand.press(hand.screen.main.get_by_role("button", name=button, exact=True))
    hand.screen.arrived(back_at)
    expect(hand.screen.main.get_by_role("status").first).to_contain_text(re.compile("Done|waits for a second person"))


def act(screen: Screen, option: str, answers: Sequence[Answer] = (), *, back_at: str | re.Pattern[str]) -> None:
    """Choose, fill in and confirm, with the mouse."""
    hand = Mouse(screen)
    choose(hand, option, answers)
    confirm(hand, option, back_at=back_at)


def told(screen: Screen) -> list[str]:
    """Who will be told, as the page of an option says before it is done."""
    return screen.main.get_by_role("region", name="Who will be told").get_by_role("listitem").all_inner_texts()


def message(screen: Screen, reference: str, words: str) -> None:
    """Wait for the worker to deliver a message, and follow it from one's own messages."""
    about = re.compile(f"{reference}.*{words}|{words}.*{reference}")
    until(screen, lambda: any(about.search(one["subject"]) for one in screen.caller.read("messages/")["results"]))
    screen.open("/messages", "Messages")
    screen.main.get_by_role("link", name=about).first.click()


def until(screen: Screen, true: Callable[[], bool]) -> None:
    """Wait for what the worker does by itself, asking the server: to look at the page again and again costs more."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        screen.page.wait_for_timeout(250)
