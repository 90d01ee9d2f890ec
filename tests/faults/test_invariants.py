"""Each invariant finds the breach that is planted for it, and none of them cries out where nothing is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.administration.commands import conflicts
from backend.core.ids import uuid7
from backend.referrals.models import Referral
from tests import databases
from tests.actors import browser_of
from tests.edges import good_input
from tests.factories import agency_id, officer, referral_in, teacher
from tests.faults.invariants import Asked, Read, invariants, violations
from tests.faults.telling import everybody_is_told

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# What each says, by the invariant that must find it. `root` is an accepted referral, `case` what it opened.
BREACHES = [
    ("I1", "UPDATE access_involvement SET ends_at = now() WHERE relation = 'HOLDER' AND root_id = %(open)s"),
    ("I1", "UPDATE access_involvement SET ends_at = now() WHERE relation = 'LEAD'"),
    (
        "I1",
        "UPDATE cases_case SET lead_agency_id = (SELECT id FROM agencies_agency WHERE id <> lead_agency_id LIMIT 1)",
    ),
    ("I2", "DELETE FROM audit_event WHERE root_id = %(root)s AND verb = 'referral.accept'"),
    ("I3", "DELETE FROM workflow_idempotencykey"),
    (
        "I3",
        """INSERT INTO audit_event SELECT (e).* FROM (
             SELECT jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid())) AS e
               FROM audit_event e WHERE root_id = %(root)s AND verb = 'referral.accept') again""",
    ),
    ("I4", "DELETE FROM referrals_historicalreferral WHERE id = %(root)s AND version = 1"),
    ("I4", "DELETE FROM audit_event WHERE root_id = %(open)s AND verb = 'referral.submit'"),
    ("I4", "DELETE FROM notifications_outbox WHERE root_id = %(open)s"),
    ("I5", "UPDATE notifications_outbox SET state = 'pending', sent_at = NULL WHERE root_id = %(open)s"),
    ("I5", "UPDATE notifications_outbox SET state = 'dead' WHERE root_id = %(open)s"),
    ("I5", "DELETE FROM notifications_message"),
    ("I5", "DELETE FROM notifications_email"),
    ("I6", "UPDATE referrals_historicalreferral SET state = 'handed_over' WHERE id = %(root)s AND state = 'triage'"),
    ("I7", "UPDATE referrals_referral SET version = version + 1 WHERE id = %(root)s"),
    ("I7", "UPDATE referrals_referral SET state = 'submitted' WHERE id = %(open)s"),
    ("I7", "UPDATE referrals_historicalreferral SET version = version + 1 WHERE id = %(root)s AND version > 2"),
    ("I8", "DELETE FROM audit_accesslog WHERE label = 'referral.read'"),
    ("I8", "DELETE FROM audit_accesslog WHERE label = 'referral.accept'"),
    ("I9", "UPDATE access_named SET ended_at = now()"),
    ("I9", "UPDATE access_conflict SET ended_at = now()"),
]

# What somebody was told is done, and of which there is nothing.
LOST: list[tuple[str, dict[str, Any]]] = [
    ("I2", {"key": "a key that nobody knows"}),
    ("I8", {"verb": "referral.history"}),
]


def _accepted(who: Actor) -> tuple[Referral, list[Asked]]:
    """One that its officer accepts and reads, as a browser does it."""
    referral, browser, key = referral_in(Referral.TRIAGE), browser_of(who), str(uuid4())
    body = {**good_input("referral", "accept", lead_agency=agency_id("front-door")), "version": referral.version}
    assert browser.post(f"referrals/{referral.id}/accept/", body, key=key).status_code == 200
    assert browser.get(f"referrals/{referral.id}/").status_code == 200
    person, root = str(who.user_id), str(referral.id)
    return referral, [Asked(person, root, "referral.accept", key), Asked(person, root, "referral.read")]


@contextmanager
def _planted(statement: str, of: dict[str, Any]) -> Iterator[Read]:
    """Write what nobody may, as the server's superuser without triggers; lend what reads it, and take it back."""
    with psycopg.connect(databases.server().url(database=databases.own_name())) as connection:
        connection.execute("SET session_replication_role = 'replica'")
        assert connection.execute(statement.encode(), of).rowcount, "nothing was planted"
        yield lambda question, **given: connection.execute(question.encode(), given).fetchall()
        connection.rollback()


def _done() -> tuple[dict[str, Any], list[Asked]]:
    """An open referral, one that opened a case, a child who has died, and a conflict that was declared; all told."""
    open_one, (accepted, asked) = referral_in(Referral.TRIAGE), _accepted(officer())
    referral_in(Referral.CLOSED)
    with acting(teacher()):
        link = {"kind": "family", "note": "She is my niece."}
        conflicts.declare_about(teacher(), "referral", open_one.id, uuid7(), link)
    everybody_is_told()
    return {"open": open_one.id, "root": accepted.id}, asked


def test_each_invariant_finds_the_breaches_that_are_planted_for_it_and_nothing_where_there_is_none() -> None:
    of, asked = _done()
    assert violations(asked) == {}
    for name, statement in BREACHES:
        with _planted(statement, of) as seen:
            assert name in violations(asked, seen), f"{name} does not find this: {statement}"
    for name, lost in LOST:
        assert name in violations([*asked, replace(asked[0], **lost)]), f"{name} does not miss {lost}"
    assert violations(asked) == {}, "and all of it was taken back"


def test_every_invariant_of_the_design_is_asked_and_has_a_breach_that_it_finds() -> None:
    names = [one.name for one in invariants()]
    assert names == [f"I{number}" for number in range(1, 10)]
    assert {name for name, _statement in BREACHES} == set(names)
