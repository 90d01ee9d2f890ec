"""Finding a service, keeping its entry right, and bringing services in from a feed."""

import json
import re

from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import BASIS
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER, OFFICER, TEACHER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE
from tests.interop.feeds import nested

LIST = "Find a service"


def test_a_teacher_finds_a_service_by_keyboard_on_a_telephone(as_person):
    screen = as_person(TEACHER, width=PHONE)
    hand = Keyboard(screen)
    screen.open("/services", LIST)
    found = screen.main.get_by_role("region", name="Services found")
    hand.write(screen.main.get_by_label("What are you looking for?"), "boxing")
    hand.press(screen.main.get_by_role("button", name="Show services"))
    expect(found.get_by_role("link", name="Kite Street boxing and mentoring")).to_be_visible()
    expect(found).to_contain_text("4 free places")
    assert screen.page.url.endswith("/services?q=boxing")
    screen.check()
    hand.press(found.get_by_role("link", name="Kite Street boxing and mentoring"))
    screen.arrived(re.compile("Kite Street boxing and mentoring"))
    expect(screen.main).to_contain_text("Source: Made up for the demonstration")
    screen.was_calm()


def test_filters_live_in_the_address_and_can_be_taken_away(as_person):
    screen = as_person(TEACHER)
    screen.open("/services", LIST)
    found = screen.main.get_by_role("region", name="Services found")
    screen.main.get_by_label("Age", exact=True).fill("14")
    screen.main.get_by_label("Ward").select_option(label="Ladywood")
    screen.main.get_by_label("Has space now").check()
    screen.main.get_by_role("button", name="Show services").click()
    expect(screen.page).to_have_url(re.compile(r"/services\?age=14&ward=E05011151&has_space=true$"))
    expect(found.get_by_role("listitem").first).to_be_visible()
    screen.check()
    screen.main.get_by_role("button", name="Remove the filter Ladywood").click()
    expect(screen.page).to_have_url(re.compile(r"/services\?age=14&has_space=true$"))
    screen.open("/services?q=no+such+thing+anywhere", LIST)
    expect(screen.main).to_contain_text("No service matches all of this.")
    screen.was_calm()


def test_a_manager_keeps_an_entry_right(as_person):
    screen = as_person(EARLY_HELP_MANAGER)
    hand = Mouse(screen)
    screen.open("/services?view=kept", LIST)
    screen.follow("Attendance and belonging", to=re.compile("Attendance and belonging"))
    screen.follow("Say how much room there is", to="Say how much room there is")
    hand.choose(screen.main.get_by_label("Full"))
    hand.write(screen.main.get_by_label(re.compile("How many weeks")), "6")
    hand.press(screen.main.get_by_role("button", name="Say how much room there is"))
    screen.arrived(re.compile("Attendance and belonging"))
    expect(screen.main).to_contain_text("About 6 weeks to wait, said")
    screen.follow("Change the entry", to=re.compile("Change Attendance and belonging"))
    hand.write(screen.main.get_by_label("What is it, in one sentence?"), "Finds out what keeps a child away.")
    hand.press(screen.main.get_by_role("button", name="Change the entry"))
    screen.arrived(re.compile("Attendance and belonging"))
    expect(screen.main).to_contain_text("Finds out what keeps a child away.")
    screen.was_calm()


def test_a_manager_brings_services_in_from_a_feed(as_person):
    screen = as_person(FRONT_DOOR_MANAGER)
    screen.open("/services", LIST)
    screen.follow("Bring services in from a feed", to="Bring services in from a feed")
    screen.main.get_by_label("What is the feed called?").fill("Neighbouring city")
    feed = json.dumps([nested("e2e-1", name="Kayaks for all"), nested("e2e-2", name="")]).encode()
    file = {"name": "services.json", "mimeType": "application/json", "buffer": feed}
    screen.main.get_by_label("Which files?").set_input_files(file)
    screen.main.get_by_role("button", name="See what would change").click()
    expect(screen.main).to_contain_text("Left out, services.json, service 2: It has no name. The service was left out.")
    expect(screen.main).to_contain_text("1 new, 0 changed, 0 the same as before, 0 ended, 1 left out.")
    screen.check()
    screen.main.get_by_role("button", name="Write this into the directory").click()
    expect(screen.main).to_contain_text("This was written")
    screen.follow("See the services your agency keeps", to=LIST)
    expect(screen.main.get_by_role("link", name="Kayaks for all")).to_be_visible()
    screen.was_calm()


OFFER = (
    Chosen("Which agency do you offer it to?", "Youth Justice Service"),
    Chosen("Why them?", "Another service is better placed to help"),
    Written("What should they know about why you offer it?", "They know the child."),
    *BASIS,
)


def test_an_officer_sees_what_an_offer_shows_before_it_is_made(as_person):
    sent = acting.send(as_person.caller(TEACHER))
    screen = as_person(OFFICER, width=PHONE)
    acting.edge(screen.caller, sent, "start-triage")
    screen.names = {sent.given, acting.FAMILY}
    home = f"Referral {sent.reference}"
    screen.open(sent.path, home)
    screen.follow("Find a service for this child", to="Services that may help")
    expect(screen.main.get_by_role("listitem").first).to_be_visible()
    screen.open(sent.path, home)
    hand = Mouse(screen)
    acting.choose(hand, "Offer to another agency")
    look = screen.main.get_by_role("button", name="Show what they will see")
    with screen.refused(400):
        hand.press(look)
        expect(screen.main).to_contain_text("This can be shown once the form is complete")
    for answer in OFFER:
        answer.give(hand)
    hand.press(look)
    expect(screen.main).to_contain_text("What Youth Justice Service will see")
    expect(screen.main).to_contain_text("He sleeps in class on most days.")
    screen.check()
    acting.confirm(hand, "Offer to another agency", back_at=home)
    screen.main.get_by_text("What was shared with whom").click()
    expect(screen.main).to_contain_text("To decide whether to take the referral")
    screen.check()
    screen.was_calm()
