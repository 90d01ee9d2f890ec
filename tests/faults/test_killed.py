"""The web server killed in mid-submit, again and again: nothing acknowledged is lost, and nothing is there twice."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from backend.operations import processes
from backend.operations.surroundings import ROOT, urls_of
from backend.referrals.models import Referral
from tests import databases
from tests.actors import membership_of, signed_in
from tests.factories import ready, submitted, teacher
from tests.faults.owner import read, wait_until_nobody_is_connected

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.deep]

KILLS = int(os.environ.get("KILLS", "100"))
READY_SECONDS = 120
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


@dataclass
class Web:
    """The production web server on this test's database, by the restricted login; killed by its own number only."""

    port: int = field(default_factory=lambda: processes.free_port("127.0.0.1", preferred=None))
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a group of its own and wait until it answers."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws"]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads", "2", "--log-level", "error"]
        urls = urls_of(databases.server(), database=databases.own_name())
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "backend.config.settings",
            "DATABASE_URL": urls["DATABASE_URL"],
            "WORKER_DATABASE_URL": "",
            "OWNER_DATABASE_URL": "",
        }
        self.process = subprocess.Popen(
            [*command, "backend.config.wsgi:application"], cwd=ROOT, env=environment, process_group=0
        )
        deadline = time.monotonic() + READY_SECONDS
        while not self.answers():
            assert self.process.poll() is None, "the web server does not start"
            assert time.monotonic() < deadline, "the web server did not answer in time"
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether somebody is there."""
        try:
            return self.send("GET", "/api/v1/health/live", {}, None)[0] == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False

    def kill(self) -> None:
        """SIGKILL, to the group this test started and to nothing else."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def send(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> tuple[int, Mapping[str, str]]:
        """One request over a real connection; raise OSError or HTTPException when it is cut."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            content = None if body is None else json.dumps(body)
            link.request(method, path, content, {"Host": "localhost", "Content-Type": "application/json", **headers})
            answer = link.getresponse()
            answer.read()
            return answer.status, dict(answer.getheaders())
        finally:
            link.close()


@pytest.fixture
def web() -> Iterator[Web]:
    """A running server, ended with the test."""
    made = Web()
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()


@dataclass
class Sending:
    """One submit as its sender knows it: acknowledged or not, under one key for every try."""

    referral: Referral
    headers: Mapping[str, str]
    acknowledged: bool = False

    def to(self, web: Web) -> tuple[int, Mapping[str, str]] | None:
        """Send it; None when the connection was cut before an answer came."""
        path = f"/api/v1/referrals/{self.referral.id}/submit/"
        try:
            answer = web.send("POST", path, self.headers, {"version": self.referral.version})
        except (OSError, http.client.HTTPException):
            return None
        self.acknowledged = self.acknowledged or answer[0] == HTTPStatus.OK
        return answer


def _headers() -> dict[str, str]:
    session = signed_in(membership_of(teacher())).session_key
    token = "a" * 32
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token}
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": token,
        "Idempotency-Key": str(uuid4()),
    }


def _parts(root: UUID) -> dict[str, int]:
    return {name: read(statement, root=root)[0][0] for name, statement in PARTS.items()}


def _state(root: UUID) -> str:
    return str(read("SELECT state FROM referrals_referral WHERE id = %(root)s", root=root)[0][0])


def test_a_server_killed_in_mid_submit_loses_nothing_acknowledged_and_does_nothing_twice(web: Web) -> None:
    expected = _parts(submitted().id)
    whole = _time_of_a_submit(web)
    moments = random.Random(20261125)
    cut = met = 0
    for _ in range(KILLS):
        sending = Sending(ready(), _headers())
        sender = threading.Thread(target=sending.to, args=(web,))
        sender.start()
        time.sleep(moments.uniform(0, whole * 1.2))
        web.kill()
        sender.join()
        wait_until_nobody_is_connected()
        root, was_done = sending.referral.id, _state(sending.referral.id) == Referral.SUBMITTED
        # I2: what was acknowledged is there; what was not may be.
        assert was_done or not sending.acknowledged
        assert _parts(root) == expected if was_done else _parts(root)["statements"] == 0, "all or nothing"
        cut, met = cut + (not sending.acknowledged), met + (was_done and not sending.acknowledged)
        web.start()
        answer = sending.to(web)
        assert answer is not None
        status, headers = answer
        assert status == HTTPStatus.OK, "the same key again is the way out"
        assert (headers.get("idempotency-replayed") == "true") is was_done
        # I1 and I3: one holder, and one effect however often it was tried.
        assert _parts(root) == expected
    assert cut, "no kill met a request: nothing was tried"
    _whole_database_holds()
    print(f"{KILLS} kills: {cut} requests cut, {met} of them after the commit")  # noqa: T201 - the measure of the drill


def _time_of_a_submit(web: Web) -> float:
    """Of the second: the first one pays for what a fresh server has still to load."""
    for _ in range(2):
        sending = Sending(ready(), _headers())
        started = time.monotonic()
        answer = sending.to(web)
        assert answer is not None
        assert answer[0] == HTTPStatus.OK
        took = time.monotonic() - started
    return took


def _whole_database_holds() -> None:
    """I1, I3, I4, I6 and I7 over every referral there is."""
    dropped = """SELECT r.reference FROM referrals_referral r LEFT JOIN access_involvement i
                   ON i.root_id = r.id AND i.relation = 'HOLDER' AND i.ends_at IS NULL
                 WHERE r.submitted_at IS NOT NULL
                 GROUP BY r.id HAVING count(i.id) <> 1 OR min(i.agency_id::text) <> r.holder_id::text"""
    assert read(dropped) == []
    twice = "SELECT user_id, key FROM workflow_idempotencykey GROUP BY 1, 2 HAVING count(*) > 1"
    assert read(twice) == []
    unpaired = """SELECT e.id FROM audit_event e LEFT JOIN referrals_historicalreferral h ON h.event_id = e.id
                  WHERE e.verb LIKE 'referral.%%' GROUP BY e.id HAVING count(h.history_id) <> 1"""
    assert read(unpaired) == []
    untold = """SELECT e.id FROM audit_event e LEFT JOIN notifications_outbox o ON o.event_id = e.id
                WHERE e.verb = 'referral.submit' GROUP BY e.id HAVING count(o.id) = 0"""
    assert read(untold) == []
    walks = """SELECT root_id, array_agg(version ORDER BY at, id),
                      array_agg(from_state || '>' || to_state ORDER BY at, id) FROM audit_event
               WHERE verb LIKE 'referral.%%' GROUP BY root_id"""
    for root, versions, steps in read(walks):
        assert versions == list(range(1, len(versions) + 1)), root
        assert steps == [">draft", "draft>submitted"], root
