"""Sixty-four people decide about one record at once, over real connections: one wins, and everybody else is told."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import pytest

from backend.referrals.models import Referral
from tests.concurrency.racing import at_once
from tests.edges import good_input
from tests.factories import agency_id, officer, referral_in
from tests.faults.asking import headers_of
from tests.faults.invariants import Asked, violations
from tests.faults.telling import everybody_is_told
from tests.faults.web import Web

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

RACERS, ROUNDS = 64, 5


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server that lets all of them in: this is about the record, not about places."""
    made = Web(options={"--blocking-threads": "32"})
    made.start()
    yield made
    made.end()


def test_of_64_who_accept_at_once_one_wins_and_the_database_holds(web: Web) -> None:
    headers, asked, statuses = headers_of(officer()), list[Asked](), Counter[int]()
    for _ in range(ROUNDS):
        referral = referral_in(Referral.TRIAGE)
        body = {**good_input("referral", "accept", lead_agency=agency_id("front-door")), "version": referral.version}
        path, keys = f"/api/v1/referrals/{referral.id}/accept/", [str(uuid4()) for _ in range(RACERS)]
        requests = [("POST", path, {**headers, "Idempotency-Key": key}, body) for key in keys]
        answers = at_once([partial(web.ask, *request) for request in requests])
        codes = Counter(answer.status for answer in answers)
        assert codes == {200: 1, 409: RACERS - 1}
        statuses += codes
        told = zip(keys, answers, strict=True)
        person, root = str(officer().user_id), str(referral.id)
        asked += [Asked(person, root, "referral.accept", key, answer.status == 200) for key, answer in told]
    everybody_is_told()
    print(f"{ROUNDS} races of {RACERS}: {dict(statuses)}")  # noqa: T201 - the measure of the drill
    assert violations(asked) == {}
