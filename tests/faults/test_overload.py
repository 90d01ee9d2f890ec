"""Five times as many people as can be served: some are turned away, none waits long, and what is submitted is taken."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest

from tests.faults.invariants import violations
from tests.faults.load import Load
from tests.faults.telling import everybody_is_told
from tests.faults.web import Web

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

LONGEST, PLACES, TIMES = 8.0, 4, 5
SUBMITS = 60


@pytest.fixture
def web() -> Iterator[Web]:
    """The web server as the supervisor starts it, with half the places: the people share this machine with it."""
    made = Web(
        options={"--blocking-threads": str(PLACES * 4)},
        settings={"STATEMENT_TIMEOUT_MS": "8000", "WEB_PLACES": str(PLACES)},
    )
    made.start()
    yield made
    made.end()


def _share(load: Load, verb: str) -> float:
    statuses = load.account.statuses(verb)
    return statuses[HTTPStatus.OK] / max(1, statuses.total())


def test_at_five_times_the_load_some_who_read_are_turned_away_and_what_is_submitted_goes_through(web: Web) -> None:
    people = PLACES * TIMES
    load = Load(web, senders=people // 5, readers=people - people // 5, referrals=SUBMITS, pause=0)
    with load.running():
        load.wait_until_all_is_sent()
    load.finish()
    everybody_is_told()
    reads, submits = load.account.statuses("referral.read"), load.account.statuses("referral.submit")
    slowest = load.account.slowest()
    print(f"{people} at once for {PLACES} places: reads {reads}, submits {submits}, slowest {slowest:.1f} s")  # noqa: T201 - the measure of the drill
    assert violations(load.account.asked) == {}
    assert set(reads) | set(submits) <= {200, 429, 503}
    assert reads[503] + reads[429] > 0, "nobody was turned away: this was no overload"
    assert reads[200] > 0
    assert _share(load, "referral.submit") > _share(load, "referral.read"), "submits go ahead of reads"
    assert load.account.unexplained() == []
    assert slowest <= LONGEST
