"""An answer typed while the referral is being sent: it is sent too, or its writer is told; never lost in between."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.drafts import commands
from backend.referrals.form.sections import FORM
from backend.referrals.intake.loading import load
from backend.referrals.intake.promoting import promote
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.referrals.answers import complete_answers
from tests.referrals.drafted import drafted

_WAITING = "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.datname = current_database() WHERE NOT l.granted"


def type_an_answer(person, referral):
    try:
        body = {"answers": {"parent_view": {"value": "Dad agrees too.", "base_rev": 1}}}
        return browser_of(person).patch(f"referrals/{referral.id}/draft/", body).status_code
    finally:
        connections.close_all()


def somebody_waits() -> bool:
    """Ask until a session of this database waits for a lock, five seconds at most."""
    pause = threading.Event()
    for _ in range(250):
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return True
        pause.wait(0.02)
    return False


@pytest.mark.django_db(transaction=True)
def test_an_answer_typed_during_sending_waits_and_is_refused():
    who = actor("city-police", Role.PRACTITIONER)
    referral = drafted(who, complete_answers())
    with ThreadPoolExecutor(1) as pool:
        with acting(who):
            locked = Referral.objects.select_for_update(of=("self",), no_key=True).get(pk=referral.pk)
            promoted = promote(who, locked, load(who, locked))
            typing = pool.submit(type_an_answer, who, referral)
            assert somebody_waits()
            locked.submit(who, {"holder_id": promoted.holder_id, "child": promoted.child})
            record(who, "referral.submit", locked, root_id=locked.id, child_id=promoted.child.id)
            commands.discard(locked.id, FORM)
        assert typing.result(timeout=10) == 409


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_send_the_same_child_at_once_make_one_referral():
    people = [actor("city-police", Role.PRACTITIONER, nth=nth) for nth in range(2)]
    referrals = [drafted(who, complete_answers()) for who in people]
    start = threading.Barrier(2)

    def send(who, referral):
        try:
            start.wait(5)
            with acting(who):
                promoted = promote(who, referral, load(who, referral))
                referral.submit(who, {"holder_id": promoted.holder_id, "child": promoted.child})
                record(who, "referral.submit", referral, root_id=referral.id, child_id=promoted.child.id)
            return "sent"
        except Exception as refused:
            return getattr(refused, "code", repr(refused))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(send, people, referrals))
    assert answers == ["already_open", "sent"]
