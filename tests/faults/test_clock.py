"""The machine's clock jumps, hours back and days ahead, between two acts: each is done once, in the order it was."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from backend.access.actors import Actor
from backend.core import clock
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.edges import good_input
from tests.factories import agency_id, officer, ready, teacher
from tests.faults.invariants import Asked, violations
from tests.faults.owner import read
from tests.faults.telling import everybody_is_told

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# From act to act, how far the clock is from the true time.
JUMPS = {
    "ahead and back": (timedelta(days=3), timedelta(0), timedelta(days=-1)),
    "back and ahead": (timedelta(minutes=-5), timedelta(days=2), timedelta(0)),
    "back and further back": (timedelta(minutes=-5), timedelta(hours=-6), timedelta(days=-2)),
}
STEPS: tuple[tuple[str, Callable[[], Actor]], ...] = (
    ("submit", teacher),
    ("start_triage", officer),
    ("accept", officer),
)


class Jumping(datetime):
    """A clock that is wrong by as much as somebody says."""

    wrong_by = timedelta(0)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override] # all that the product asks of it
        return datetime.now(UTC) + cls.wrong_by


@pytest.mark.parametrize("jumps", JUMPS)
def test_a_referral_is_walked_while_the_clock_jumps_and_everything_is_there_once_and_in_order(
    monkeypatch: pytest.MonkeyPatch, jumps: str
) -> None:
    monkeypatch.setattr(clock, "datetime", Jumping)
    referral, asked = ready(), list[Asked]()
    for (edge, by), wrong_by in zip(STEPS, JUMPS[jumps], strict=True):
        monkeypatch.setattr(Jumping, "wrong_by", wrong_by)
        who, key = by(), str(uuid4())
        version = read("SELECT version FROM referrals_referral WHERE id = %(id)s", id=referral.id)[0][0]
        given = {"lead_agency": agency_id("front-door")} if edge == "accept" else {}
        body = {**good_input("referral", edge, **given), "version": version}
        path = f"referrals/{referral.id}/{edge.replace('_', '-')}/"
        for _again in range(2):
            answer = browser_of(who).post(path, body, key=key)
            assert answer.status_code == 200, answer.content
            asked.append(Asked(str(who.user_id), str(referral.id), f"referral.{edge}", key))
    monkeypatch.setattr(Jumping, "wrong_by", timedelta(0))
    everybody_is_told()
    assert violations(asked) == {}
    assert read("SELECT state FROM referrals_referral WHERE id = %(id)s", id=referral.id) == [(Referral.ACCEPTED,)]
    waits = "SELECT message FROM notifications_outbox WHERE root_id = %(id)s AND state <> 'sent'"
    assert read(waits, id=referral.id) == [], "nobody waits to be told until the wrong clock would have come"
    # The database's own clock did not jump: by it the proof of what was done is in order.
    acts = "SELECT version, recorded_at FROM audit_event WHERE root_id = %(id)s AND verb LIKE 'referral.%%' ORDER BY 1"
    recorded = read(acts, id=referral.id)
    assert all(before[1] < after[1] for before, after in pairwise(recorded))
