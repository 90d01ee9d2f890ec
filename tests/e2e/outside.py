"""The product as it is outside the demonstration: by TLS, with passwords and a second step, on the same database."""

import http.client
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import expect

from backend.core.tokens import hash_of, new_token
from backend.operations import processes
from backend.operations.children import Child, stop_all
from backend.operations.postgres.cluster import SUPERUSER
from backend.operations.supervisor import Supervisor
from tests.access.second_factor import code
from tests.certificates import self_signed
from tests.e2e.hands import Hand

PASSWORD = "lantern orchard velvet comb"
CHOOSE = "Choose your password"


@contextmanager
def outside_the_demo(product: Any, folder: Path, **environment: str) -> Iterator[str]:
    """A second web server beside the demonstration's, with more in its environment where one asks; its address."""
    site = replace(product.supervisor.site, port=processes.free_port("127.0.0.1", preferred=None), demo=False)
    address = f"https://localhost:{site.port}"
    web = next(child for child in Supervisor(site, say=print).children if child.name == "web")
    of_the_product, certificate = web.environment, self_signed(folder)
    web.environment = lambda: {**of_the_product(), "PUBLIC_URL": address, "WEB_PROCESSES": "1", **environment}
    web.command += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(certificate)]
    web.log = folder / "web.log"
    web.start()
    try:
        _wait_for(web, site.port)
        yield address
    finally:
        stop_all([web])


def _wait_for(web: Child, port: int) -> None:
    anybody = ssl._create_unverified_context()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        link = http.client.HTTPSConnection("localhost", port, context=anybody, timeout=5)
        try:
            link.request("GET", "/api/v1/health/live")
            if link.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            link.close()
    raise AssertionError(web.last_words())


def link_for(product: Any, email: str) -> str:
    """Where the link in somebody's email leads: made as the worker makes it, who sends once a minute."""
    token = new_token()
    with psycopg.connect(product.url(SUPERUSER), autocommit=True) as connection:
        found = connection.execute(
            """UPDATE administration_passwordlink SET token_hash = %s, state = 'sent'
                WHERE user_id = (SELECT id FROM agencies_user WHERE email = %s)""",
            [hash_of(token), email],
        )
        assert found.rowcount == 1
    return f"/set-password#{token}"


def come_in(hand: Hand, link: str) -> None:
    """From the link to the home page: a password, refused and then taken, and a second step that nobody goes round."""
    screen = hand.screen
    main = screen.main
    keep = main.get_by_role("button", name="Keep this password")
    screen.open(link, CHOOSE)
    assert "#" not in screen.page.url, "the token stands in no address"
    hand.press(keep)
    expect(main.get_by_role("alert")).to_contain_text("Enter a password")
    screen.check()
    for password, again, why in (
        (PASSWORD, "lantern orchard", "The two are not the same"),
        ("passwordpassword", "passwordpassword", "Others would guess this"),
    ):
        with screen.refused(400):
            hand.write(main.get_by_label("Password", exact=True), password)
            hand.write(main.get_by_label("The same password again"), again)
            hand.press(keep)
            expect(main.get_by_role("alert")).to_contain_text(why)
    hand.write(main.get_by_label("Password", exact=True), PASSWORD)
    hand.write(main.get_by_label("The same password again"), PASSWORD)
    hand.press(keep)
    screen.arrived("Choose a second way to show that it is you", by_address=True)
    secret = main.locator("code").inner_text()
    hand.write(main.get_by_role("textbox", name="Code from the app"), code(secret))
    hand.press(main.get_by_role("button", name="Turn it on"))
    hand.press(main.get_by_role("button", name="I have kept them"))
    screen.arrived("Home", by_address=True)


def finds_it_used(hand: Hand, link: str) -> None:
    """Whoever opens the link once more hears so, and what to do."""
    screen = hand.screen
    screen.open(link, CHOOSE)
    for label in ("Password", "The same password again"):
        hand.write(screen.main.get_by_label(label, exact=True), PASSWORD)
    with screen.refused(404):
        hand.press(screen.main.get_by_role("button", name="Keep this password"))
        screen.arrived("This link does not work any more")


def ask_for_another(hand: Hand) -> None:
    """From the page where one signs in: whoever has forgotten their password asks, and hears what anybody hears."""
    screen = hand.screen
    screen.open("/", "Sign in")
    hand.press(screen.main.get_by_role("link", name="I have forgotten my password"))
    screen.arrived("I have forgotten my password")
    expect(screen.page).to_have_title("I have forgotten my password – Alongside")
    hand.write(screen.main.get_by_role("textbox", name="Email address at work"), "nobody@made-up.example")
    hand.press(screen.main.get_by_role("button", name="Send me a link"))
    screen.arrived("Look at your email")
