"""A share on consent that comes to its end: found in the ledger, renewed with its basis, and the ledger says both."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from backend.core import clock
from tests.e2e import acting
from tests.e2e.acting import FAMILY
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import OFFICER, TEACHER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}
BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])


def _offered(officer: Screen, sent: acting.Sent) -> None:
    """Offered to another agency, on consent, for two weeks."""
    acting.edge(officer.caller, sent, "start-triage")
    agencies = officer.caller.read("agencies/")["results"]
    to = next(one["id"] for one in agencies if "Youth Justice" in one["name"])
    ends = (clock.now() + timedelta(days=14)).date().isoformat()
    why = {"reason_code": "better_placed", "rationale": "They know her."}
    acting.edge(officer.caller, sent, "redirect", to_agency=to, **why, **CONSENT, ends_on=ends)


def _ledger(hand: Hand) -> Locator:
    hand.press(hand.screen.main.locator("summary", has_text="What was shared with whom"))
    hand.screen.settled()
    return hand.screen.main.locator("details", has_text="What was shared with whom")


@BY
def test_what_ends_soon_is_renewed_from_the_ledger(as_person, by: type[Hand], width: int):
    sent = acting.send(as_person.caller(TEACHER))
    officer = as_person(OFFICER, width=width)
    officer.names = {sent.given, FAMILY}
    _offered(officer, sent)
    home, hand = f"Referral {sent.reference}", by(officer)
    officer.open(sent.path, home)
    ledger = _ledger(hand)
    expect(ledger).to_contain_text("This share ends by itself on")
    officer.check()
    hand.press(ledger.get_by_role("link", name=re.compile("^Renew this share with")))
    officer.arrived("Renew a share")
    chosen = officer.main.get_by_role("group", name="Which share goes on?").get_by_role("radio")
    expect(chosen.first).to_be_checked()
    # What a charity shares on is not offered to the front door: it would only be refused.
    expect(officer.main.get_by_label("Consent", exact=True)).to_be_visible()
    expect(officer.main.get_by_label("Legitimate interests", exact=True)).to_have_count(0)
    # A day before the old one is no renewal: said at its field, and nothing typed is lost.
    until = clock.now() + timedelta(days=7)
    for answer in (
        Chosen("Which UK GDPR basis do you share on?", "Consent"),
        Chosen("Which condition for sensitive information?", "Explicit consent"),
        acting.BASIS[2],
        *(Written(part, str(number)) for part, number in _parts(until)),
    ):
        answer.give(hand)
    with officer.refused(400):
        hand.press(officer.main.get_by_role("button", name="Renew a share", exact=True))
        expect(officer.main.get_by_role("alert")).to_contain_text("This share lasts until then already")
    officer.check()
    later = clock.now() + timedelta(days=60)
    for part, number in _parts(later):
        Written(part, str(number)).give(hand)
    acting.confirm(hand, "Renew a share", back_at=home)
    expect(officer.main.get_by_role("status").first).to_contain_text(f"can go on using it until {later:%-d %B %Y}")
    ledger = _ledger(hand)
    expect(ledger).to_contain_text("a later share carries it on")
    expect(ledger).to_contain_text("This carries an earlier share on.")
    officer.check()
    officer.was_calm()


def _parts(day) -> tuple[tuple[str, int], ...]:
    return ("Day", day.day), ("Month", day.month), ("Year", day.year)
