"""The web server killed in mid-submit, again and again: nothing acknowledged is lost, and nothing is there twice."""

import os
import random
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from uuid import UUID

import pytest

from backend.referrals.models import Referral
from tests.factories import ready, submitted, teacher
from tests.faults.asking import Account, Sending, headers_of
from tests.faults.invariants import violations
from tests.faults.owner import read, wait_until_nobody_is_connected
from tests.faults.telling import everybody_is_told
from tests.faults.web import Web

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

KILLS = int(os.environ.get("KILLS", "500"))
# Every cell of the same submit without a kill is the measure for those that met one.
PARTS = {
    "submits": "SELECT count(*) FROM audit_event WHERE root_id = %(root)s AND verb = 'referral.submit'",
    "events": "SELECT count(*) FROM audit_event WHERE root_id = %(root)s",
    "history": "SELECT count(*) FROM referrals_historicalreferral WHERE id = %(root)s",
    "statements": "SELECT count(*) FROM referrals_statement WHERE root_id = %(root)s",
    "agreements": "SELECT count(*) FROM sharing_agreement WHERE root_id = %(root)s",
    "shares": "SELECT count(*) FROM sharing_disclosure WHERE root_id = %(root)s",
    "clocks": "SELECT count(*) FROM deadlines_deadline WHERE root_id = %(root)s",
    "told": "SELECT count(*) FROM notifications_outbox WHERE root_id = %(root)s",
    "forms": "SELECT count(*) FROM drafts_draft WHERE root_id = %(root)s",
    "holders": """SELECT count(*) FROM access_involvement
                  WHERE root_id = %(root)s AND relation = 'HOLDER' AND ends_at IS NULL""",
}


@pytest.fixture
def web() -> Iterator[Web]:
    """A running server, ended with the test."""
    made = Web()
    made.start()
    yield made
    made.end()


def _parts(root: UUID) -> dict[str, int]:
    return {name: read(statement, root=root)[0][0] for name, statement in PARTS.items()}


def _state(root: UUID) -> str:
    return str(read("SELECT state FROM referrals_referral WHERE id = %(root)s", root=root)[0][0])


def test_a_server_killed_in_mid_submit_loses_nothing_acknowledged_and_does_nothing_twice(web: Web) -> None:
    account, headers = Account(), headers_of(teacher())
    expected = _parts(submitted().id)
    whole = _time_of_a_submit(web, headers)
    moments = random.Random(20261125)
    cut = met = 0
    for _ in range(KILLS):
        sending = Sending(teacher(), ready(), headers, account)
        sender = threading.Thread(target=sending.to, args=(web,))
        sender.start()
        time.sleep(moments.uniform(0, whole * 1.2))
        web.kill()
        sender.join()
        wait_until_nobody_is_connected()
        root, was_done = sending.referral.id, _state(sending.referral.id) == Referral.SUBMITTED
        assert was_done or not sending.acknowledged
        assert _parts(root) == expected if was_done else _parts(root)["statements"] == 0, "all or nothing"
        cut, met = cut + (not sending.acknowledged), met + (was_done and not sending.acknowledged)
        web.start()
        answer = sending.to(web)
        assert answer is not None
        assert answer.status == HTTPStatus.OK, "the same key again is the way out"
        assert (answer.headers.get("idempotency-replayed") == "true") is was_done
        assert _parts(root) == expected
    assert cut, "no kill met a request: nothing was tried"
    everybody_is_told()
    assert violations(account.asked) == {}
    print(f"{KILLS} kills: {cut} requests cut, {met} of them after the commit")  # noqa: T201 - the measure of the drill


def _time_of_a_submit(web: Web, headers: dict[str, str]) -> float:
    """Of the second: the first one pays for what a fresh server has still to load."""
    for _ in range(2):
        answer = Sending(teacher(), ready(), headers, Account()).to(web)
        assert answer is not None
        assert answer.status == HTTPStatus.OK
    return answer.seconds
