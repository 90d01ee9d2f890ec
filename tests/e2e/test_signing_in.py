"""A second step of signing in is set up on one's own page: a passkey and an app, their codes, and the next sign-in."""

from playwright.sync_api import expect

from tests.access.second_factor import code
from tests.e2e.ageing import grow_stale
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import NURSE, POLICE
from tests.e2e.screen import PHONE
from tests.e2e.test_newcomer import sign_out

PAGE = "Sign-in and security"


def with_passkeys(page) -> None:
    """The browser has a key of its own, which finds a finger whenever it asks for one."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_signs_in_by_itself(as_person) -> None:
    nurse = as_person(NURSE)
    with_passkeys(nurse.page)
    hand = Mouse(nurse)
    nurse.open("/security", PAGE)
    hand.press(nurse.main.get_by_role("button", name="Add a way"))
    expect(nurse.main.get_by_role("img", name="Picture to be read by the app")).to_be_visible()
    nurse.check()
    hand.press(nurse.main.get_by_role("button", name="Make a passkey"))
    codes = nurse.main.get_by_role("region", name="Keep these recovery codes")
    expect(codes.get_by_role("listitem")).to_have_count(10)
    nurse.check()
    hand.press(codes.get_by_role("button", name="I have kept them"))
    expect(nurse.main.get_by_role("region", name="Second step")).to_contain_text("Passkey")
    nurse.check()
    sign_out(hand)
    hand.press(nurse.main.get_by_role("button", name="Sign in with a passkey"))
    nurse.arrived("Home")
    nurse.open("/security", PAGE)
    expect(nurse.main.get_by_role("region", name="Where you are signed in")).to_contain_text("Chrome on Linux")


def test_an_app_is_set_up_on_a_telephone_and_its_code_shows_who_one_is(as_person, product) -> None:
    officer = as_person(POLICE, width=PHONE)
    hand = Keyboard(officer)
    officer.open("/security", PAGE)
    hand.press(officer.main.get_by_role("button", name="Add a way"))
    secret = officer.main.locator("code").inner_text()
    field = officer.main.get_by_role("textbox", name="Code from the app")
    with officer.refused(400):
        hand.write(field, "000000")
        hand.press(officer.main.get_by_role("button", name="Turn it on"))
        expect(officer.main.get_by_role("alert")).to_contain_text("The code is not right")
        officer.check()
    field.fill("")
    hand.write(field, code(secret))
    hand.press(officer.main.get_by_role("button", name="Turn it on"))
    hand.press(officer.main.get_by_role("button", name="I have kept them"))
    second = officer.main.get_by_role("region", name="Second step")
    expect(second).to_contain_text("App on a phone")
    grow_stale(product, officer)
    with officer.refused(401):
        hand.press(second.get_by_role("button", name="New recovery codes"))
        asked = officer.page.get_by_role("dialog", name="Confirm that it is you")
        hand.write(asked.get_by_label("Code", exact=True), code(secret, step=1))
        officer.check()
        hand.press(asked.get_by_role("button", name="Confirm"))
        expect(officer.main.get_by_role("region", name="Keep these recovery codes")).to_be_visible()
    officer.check()
