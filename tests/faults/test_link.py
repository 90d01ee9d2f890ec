"""The line to the database is slow, cut or silent: nobody waits longer than eight seconds, and soon all is well."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.faults.invariants import violations
from tests.faults.link import Link
from tests.faults.load import Load
from tests.faults.telling import everybody_is_told
from tests.faults.web import Web

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

# What quality.md promises.
LONGEST, RECOVERY = 8.0, 5.0
# Longer than any of the product's own limits, so that each of them is met.
BROKEN_SECONDS = 20.0
Breaks = Callable[[Link], AbstractContextManager[None]]
FAULTS: dict[str, Breaks] = {
    "slow": lambda link: link.slow(0.5),
    "cut": Link.cut,
    "hole": Link.hole,
}


@pytest.fixture
def link() -> Iterator[Link]:
    """The line to this run's database server."""
    address = urlsplit(os.environ["DATABASE_URL"])
    made = Link((str(address.hostname), int(address.port or 0)))
    yield made
    made.end()


@pytest.fixture
def web(link: Link) -> Iterator[Web]:
    """The web server, with the product's own limits, whose only way to the database is the line."""
    address = urlsplit(os.environ["DATABASE_URL"])
    host = f"{address.username}:{address.password}@127.0.0.1:{link.port}"
    through = urlunsplit(address._replace(netloc=host))
    made = Web(options={"--blocking-threads": "8"}, settings={"DATABASE_URL": through, "STATEMENT_TIMEOUT_MS": "8000"})
    made.start()
    yield made
    made.end()


@pytest.mark.parametrize("fault", FAULTS)
def test_nobody_waits_long_for_a_database_that_cannot_be_reached_and_nothing_is_lost(
    web: Web, link: Link, fault: str
) -> None:
    load = Load(web)
    with load.running():
        load.reading().of(web)
        with FAULTS[fault](link):
            threading.Event().wait(BROKEN_SECONDS)
            during = len(load.account.answers)
        recovered = load.seconds_until_well()
    load.finish()
    everybody_is_told()
    statuses, slowest = load.account.statuses(), load.account.slowest()
    print(f"{fault}: {statuses}, {during} during, slowest {slowest:.1f} s, well in {recovered:.1f} s")  # noqa: T201 - the measure of the drill
    assert violations(load.account.asked) == {}
    assert set(statuses) <= {200, 503}
    assert load.account.unexplained() == []
    assert slowest <= LONGEST
    assert recovered <= RECOVERY
