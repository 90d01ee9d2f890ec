"""The real product, served as `make run` serves it, and a real Chromium in front of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from playwright.sync_api import expect

from backend.operations import processes
from backend.operations.children import stop_all
from backend.operations.postgres.cluster import SUPERUSER
from backend.operations.supervisor import Supervisor
from tests import databases
from tests.e2e.screen import AsPerson, Screen
from tests.e2e.serving import OF_THE_PRODUCT, supervisor_of
from tests.spread import set_aside_hands

# Playwright's own loop runs in this thread; Django would take it for an asynchronous view and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# A busy machine is slow, not wrong.
expect.set_options(timeout=15_000)

CHROMIUM_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    journeys = [item for item in items if "tests/e2e/" in item.path.as_posix()]
    set_aside_hands(journeys)
    for item in journeys:
        # Whichever comes first waits for the demo city, which is made beside the other tests.
        item.add_marker(pytest.mark.timeout(1200))


@dataclass(frozen=True)
class Product:
    """A running Alongside: its address, its database and the processes behind it."""

    address: str
    database: str
    supervisor: Supervisor
    spares: databases.Spares

    def url(self, role: str) -> str:
        """The database's URL for one of the four roles, or for the server's superuser."""
        return databases.server().url(role, database=self.database)


@pytest.fixture(scope="session")
def port() -> int:
    """Where the product answers during the whole run, however often it is started."""
    return processes.free_port("127.0.0.1", preferred=None)


@pytest.fixture(scope="session")
def served(port: int, django_test_environment: None, django_db_blocker: Any) -> Iterator[Product]:
    """The product's processes, started once: each file's journeys change the database below them, not them."""
    database = databases.own_name("e2e")
    supervisor = supervisor_of(database, port=port)
    with _surroundings(), django_db_blocker.unblock():
        spares = databases.Spares(database, template=databases.city_template())
        spares.renew()
        supervisor.start()
    try:
        yield Product(supervisor.site.address, database, supervisor, spares)
    finally:
        stop_all(supervisor.children)
        with django_db_blocker.unblock():
            spares.drop()


@pytest.fixture(scope="module")
def product(served: Product, django_db_blocker: Any) -> Iterator[Product]:
    """The demo city as it was made, its web server and its worker: what one file's journeys do no other's will meet."""
    with _surroundings():
        with django_db_blocker.unblock():
            served.spares.renew()
        served.supervisor.look_after()
        _carry_over_the_sign_of_life(served)
        served.supervisor.wait_until_ready()
        yield served


def _carry_over_the_sign_of_life(served: Product) -> None:
    """The worker gave it in the database that is gone; it finds this one within two seconds, before it is missed."""
    with psycopg.connect(served.url(SUPERUSER), autocommit=True) as connection:
        connection.execute("INSERT INTO notifications_heartbeat (name, at) VALUES ('the worker', now())")


def _surroundings() -> AbstractContextManager[None]:
    """The environment of the product; other tests of this process have another."""
    return patch.dict(os.environ, OF_THE_PRODUCT)


@pytest.fixture(scope="session")
def base_url(port: int) -> str:
    """What `page.goto("/")` is relative to."""
    return f"http://localhost:{port}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, which must not call home, nor insist on a sandbox that root cannot have."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        "args": [*CHROMIUM_QUIET, *sandbox],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A British desktop."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def window(product: Product, new_context: Callable[..., Any]) -> Iterator[Callable[..., Screen]]:
    """Opens a browser of its own, in which nobody has signed in; at the end no browser may have complained."""
    opened: list[Screen] = []

    def open_one(*, width: int = 1280, address: str = "") -> Screen:
        # Another address than the demonstration's has a certificate of its own (outside.py).
        context = new_context(viewport={"width": width, "height": 900}, ignore_https_errors=bool(address))
        screen = Screen(context, address or product.address)
        opened.append(screen)
        return screen

    yield open_one
    for screen in opened:
        screen.was_calm()


@pytest.fixture
def as_person(window: Callable[..., Screen]) -> AsPerson:
    """Opens a browser in which one of the demonstration's people is signed in."""
    return AsPerson(window)
