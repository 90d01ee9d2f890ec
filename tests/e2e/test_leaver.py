"""A family worker leaves in the middle of things; the manager spreads their work, and sees what is left."""

import re

from playwright.sync_api import expect

from tests.e2e.ageing import grow_stale
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.outside import ask_for_another, come_in, finds_it_used, link_for, outside_the_demo
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER
from tests.e2e.screen import PHONE, Screen

LEAVER = "Jerome Baptiste"
GIVE = "Give their work to others"


def person_of(screen: Screen, name: str) -> str:
    """The page of somebody of the manager's agency."""
    people = screen.caller.read("people/?page_size=100")["results"]
    return next(f"/people/{one['id']}" for one in people if one["name"] == name)


def give_away(hand: Hand, load: dict) -> None:
    """What everybody has in hand is seen, a spread begun with, another chosen for the first case, and why."""
    main = hand.screen.main
    people = [person for person in load["people"] if person["role_label"] == "Case worker"]
    expect(main.get_by_role("table", name="What each person has in hand now")).to_contain_text(people[0]["name"])
    row = load["cases"][0]
    second = next(person for person in reversed(people) if person["id"] not in (row["proposed_id"], *row["unsuitable"]))

    def shown(person: dict) -> str:
        count = person["caseload"]
        cases = "no open case" if count == 0 else "1 open case" if count == 1 else f"{count} open cases"
        return f"{person['name']} ({cases}, weight {person['weight']})"

    hand.press(main.get_by_role("button", name="Spread it by weight"))
    for one in load["cases"]:
        choice = main.get_by_role("combobox", name=re.compile(f"^{one['reference']}"))
        expect(choice).to_have_value(one["proposed_id"])
    hand.pick(main.get_by_role("combobox", name=re.compile(f"^{row['reference']}")), shown(second))
    hand.choose(main.get_by_role("radio", name="Worker left the role"))
    hand.write(
        main.get_by_role("textbox", name=re.compile("What must they know")),
        "The family knows, and says goodbye.",
    )
    hand.press(main.get_by_role("button", name="Check before it is done"))
    expect(main.get_by_role("heading", level=1, name="Check who gets what")).to_be_visible()
    hand.screen.check()
    expect(main).to_contain_text(f"goes to {second['name']}")


def test_a_worker_leaves_and_their_cases_are_given_to_others(as_person) -> None:
    manager = as_person(EARLY_HELP_MANAGER)
    path = person_of(manager, LEAVER)
    before = manager.caller.read(f"{path.removeprefix('/')}/")["held"]["cases"]
    assert before > 0
    minded = len(manager.caller.read("exceptions/list/?kind=minded")["results"])
    manager.open("/people", "People")
    manager.follow(LEAVER, to=LEAVER)
    manager.follow("End this role", to="End this role")
    expect(manager.main.get_by_role("region", name="What passes on, at once")).to_contain_text(f"{before} case")
    manager.main.get_by_role("button", name="End this role").click()
    manager.arrived(GIVE)
    expect(manager.main.get_by_role("status").first).to_contain_text(f"{LEAVER} has left")

    manager.open("/attention", "Needs attention")
    manager.follow("Cases a manager minds", to="Cases a manager minds")
    expect(manager.main.get_by_role("listitem")).to_have_count(minded + before)

    load = manager.caller.read(f"{path.removeprefix('/')}/caseload/")
    rows = manager.caller.read("exceptions/list/?kind=minded_work")["results"]
    listed = [row for row in rows if row["url"] == f"{path}/reassign"]
    # What else they had, beside cases, is for the city to say.
    assert len(listed) == bool(load["pieces"])
    if listed:
        manager.open("/attention", "Needs attention")
        manager.follow("Work that is minded for somebody", to="Work that is minded for somebody")
        manager.main.get_by_role("link", name=re.compile(f"^{LEAVER}")).click()
        manager.arrived(GIVE)
    manager.open(f"{path}/reassign", GIVE)
    give_away(Mouse(manager), load)
    manager.main.get_by_role("button", name=GIVE).click()
    manager.arrived(LEAVER)
    expect(manager.main.get_by_role("status").first).to_contain_text(f"{before} case")
    expect(manager.main).to_contain_text("Has left")
    after = manager.caller.read(f"{path.removeprefix('/')}/caseload/")
    assert (after["cases"], after["pieces"]) == ([], [])


def test_attention_and_people_on_a_telephone_by_keyboard(as_person, window, product, tmp_path) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=PHONE)
    hand = Keyboard(manager)
    opens_a_list_as_long_as_its_number(hand)
    fills_in_somebody_new(hand)
    grow_stale(product, manager)
    shows_who_is_there_and_sends_what_was_typed(hand)
    withdraws_the_invitation_and_sends_it_again(hand)
    with outside_the_demo(product, tmp_path) as address:
        newcomer = Keyboard(window(width=PHONE, address=address))
        link = link_for(product, "new.officer@made-up.example")
        come_in(newcomer, link)
        finds_it_used(Keyboard(window(address=address)), link)
        ask_for_another(Keyboard(window(address=address)))
    manager.open("/people", "People")
    expect(manager.main.get_by_text("not yet signed in")).to_have_count(0)


def opens_a_list_as_long_as_its_number(hand: Keyboard) -> None:
    manager = hand.screen
    manager.open("/attention", "Needs attention")
    first = manager.main.get_by_role("listitem").get_by_role("link").first
    name = first.inner_text()
    count = int(manager.main.get_by_role("listitem").first.locator("strong").inner_text().rstrip("+"))
    hand.press(first)
    manager.arrived(name)
    expect(manager.main.get_by_role("listitem")).to_have_count(count)


def fills_in_somebody_new(hand: Keyboard) -> None:
    manager = hand.screen
    manager.open("/people", "People")
    hand.press(manager.main.get_by_role("link", name="Add somebody"))
    manager.arrived("Add somebody")
    with manager.refused(400):
        hand.press(manager.main.get_by_role("button", name="Add somebody"))
        expect(manager.main.get_by_role("alert")).to_contain_text("Enter the person’s name.")
    manager.check()
    hand.write(manager.main.get_by_role("textbox", name="Name"), "Mx New Officer")
    hand.write(manager.main.get_by_role("textbox", name="Email at work"), "new.officer@made-up.example")
    hand.choose(manager.main.get_by_role("radio", name="Triage officer"))


def shows_who_is_there_and_sends_what_was_typed(hand: Keyboard) -> None:
    """A quarter of an hour at the form: it has to be shown who is there, and what was typed goes out as it is."""
    manager = hand.screen
    with manager.refused(401):
        hand.press(manager.main.get_by_role("button", name="Add somebody"))
        asked = manager.page.get_by_role("dialog", name="Confirm that it is you")
        expect(asked).to_be_visible()
        manager.check()
        hand.press(asked.get_by_role("button", name="Cancel"))
        expect(manager.main.get_by_role("alert")).to_contain_text("we have to be sure that it is still you")
        expect(manager.main.get_by_role("textbox", name="Name")).to_have_value("Mx New Officer")
        hand.press(manager.main.get_by_role("button", name="Add somebody"))
        hand.press(asked.get_by_role("button", name=f"It is me, {FRONT_DOOR_MANAGER}"))
    manager.arrived("Mx New Officer")


def withdraws_the_invitation_and_sends_it_again(hand: Keyboard) -> None:
    manager = hand.screen
    invitation = manager.main.get_by_role("region", name="Invitation")
    expect(invitation).to_contain_text("not yet signed in")
    hand.press(invitation.get_by_role("button", name="Withdraw the invitation"))
    expect(invitation.get_by_role("status")).to_contain_text("It is withdrawn")
    expect(invitation).to_contain_text("the invitation was withdrawn")
    manager.check()
    hand.press(invitation.get_by_role("button", name="Send it again"))
    expect(invitation.get_by_role("status")).to_contain_text("It is on its way")
