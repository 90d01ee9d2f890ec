"""Somebody who was invited signs in by the directory of their own agency; somebody who was not is told what to do."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.administration.directory import CLIENT, TENANT, Provider, served
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.outside import CHOOSE, link_for, outside_the_demo
from tests.e2e.people import EARLY_HELP_MANAGER
from tests.e2e.screen import PHONE
from tests.e2e.test_newcomer import sign_out

AGENCY, SHOWN_AS = "city-early-help", "Sign in with City Early Help"
EMAIL = "mx.newcomer@city-early-help.example"
NEWCOMER = {"name": "Mx Newcomer", "email": EMAIL, "role": "case_worker", "job_title": ""}
REFUSED = "We could not sign you in"
NOT_KNOWN = "Nobody here is tied to you there yet: open the link of your invitation, or ask your manager for one."
ELSEWHERE = "We could not sign you in with City Early Help. You signed in to the directory of another organisation."


def environment(provider: Provider) -> dict[str, str]:
    """What whoever runs the machine says of the directory."""
    known = {"agency": AGENCY, "issuer": provider.issuer, "client_id": CLIENT, "secret_name": "EARLY_HELP_SECRET"}
    return {"STAFF_DIRECTORIES": json.dumps([known | {"tenant": TENANT}]), "EARLY_HELP_SECRET": "well kept"}


def by_the_directory(hand: Hand) -> None:
    """To the agency's own sign-in, which knows them and sends them back."""
    hand.press(hand.screen.main.get_by_role("button", name=SHOWN_AS))


def is_in(hand: Hand) -> None:
    hand.screen.arrived("Home", by_address=True)
    assert "code=" not in hand.screen.page.url, "what the directory gave us stands in no address"


def comes_and_goes(hand: Hand, link: str) -> None:
    """By the invitation first; from then on from the page where one signs in."""
    screen = hand.screen
    screen.open(link, CHOOSE)
    by_the_directory(hand)
    is_in(hand)
    sign_out(hand)
    screen.check()
    by_the_directory(hand)
    is_in(hand)


def is_turned_away(hand: Hand, why: str) -> None:
    """A sentence that says why, and the way back to where one signs in."""
    screen = hand.screen
    screen.open("/", "Sign in")
    with screen.refused(403):
        by_the_directory(hand)
        screen.arrived(REFUSED)
    expect(screen.main).to_contain_text(why)
    hand.press(screen.main.get_by_role("link", name="Sign in"))
    screen.arrived("Sign in", by_address=True)


def gives_up_there(hand: Hand) -> None:
    """Whoever comes back without an answer hears so too."""
    hand.screen.open("/directory?error=access_denied", REFUSED)
    expect(hand.screen.main).to_contain_text("You did not sign in there")


def test_an_agencys_own_directory_signs_in_whom_it_knows_and_we_invited(
    as_person: Any, window: Any, product: Any, tmp_path: Path
) -> None:
    as_person(EARLY_HELP_MANAGER).caller.write("people/", NEWCOMER)
    link = link_for(product, EMAIL)
    with served() as provider, outside_the_demo(product, tmp_path, **environment(provider)) as address:
        # It asked for a second factor itself and says so: ours is not asked once more.
        provider.claims = {"amr": ["pwd", "mfa"]}
        comes_and_goes(Keyboard(window(address=address)), link)
        provider.claims["oid"] = "somebody else of the agency"
        stranger = Mouse(window(width=PHONE, address=address))
        is_turned_away(stranger, NOT_KNOWN)
        gives_up_there(stranger)
        provider.claims["tid"] = "tenant of another agency"
        is_turned_away(stranger, ELSEWHERE)
