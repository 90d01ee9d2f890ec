"""Who changes a table in use asks for it briefly, and again: whoever comes after them does not queue behind them."""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import DataError, OperationalError, connections, transaction

from backend.core.postgresql import changing_tables
from backend.core.postgresql.changing_tables import patiently

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
_CHANGE = "LOCK TABLE notifications_heartbeat IN ACCESS EXCLUSIVE MODE"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here waits for long."""
    monkeypatch.setattr(changing_tables, "LONGEST_MS", 50)
    monkeypatch.setattr(changing_tables, "PAUSE_SECONDS", 0.05)


@pytest.fixture
def somebody() -> Iterator[psycopg.Connection]:
    """Somebody who has read the table and is not done."""
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"]) as reading:
        reading.execute("SELECT count(*) FROM notifications_heartbeat")
        yield reading


def _run(statement: str) -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"BEGIN; {statement}")
        cursor.execute("ROLLBACK")


def _lock_timeout(remark: str = "") -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT current_setting('lock_timeout') {remark}")
        (value,) = cursor.fetchone()
        return str(value)


def test_a_table_in_use_is_asked_for_again_until_it_is_free(somebody: psycopg.Connection) -> None:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        somebody.rollback()

    patiently(connections["owner"], _change, say=say)
    assert said == ["A table is in use; trying again in a moment."]


def _change() -> None:
    try:
        _run(_CHANGE)
    except OperationalError:
        connections["owner"].rollback()
        raise


def test_who_is_never_let_in_is_told(somebody: psycopg.Connection) -> None:
    with pytest.raises(OperationalError):
        patiently(connections["owner"], _change, say=lambda _line: None, tries=2)


def test_another_fault_is_not_tried_again() -> None:
    said: list[str] = []
    with pytest.raises(OperationalError):
        patiently(connections["owner"], _fails, say=said.append)
    assert said == []


def _fails() -> None:
    raise OperationalError("something else")


def test_only_an_index_that_nobody_waits_for_waits_at_length_and_afterwards_all_is_as_before() -> None:
    before = _lock_timeout()
    inside = patiently(connections["owner"], lambda: (_lock_timeout(), _lock_timeout("/* CONCURRENTLY */")), say=str)
    assert inside == ("50ms", "0")
    assert _lock_timeout() == before


def test_what_holds_one_table_waits_less_and_less_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing_tables, "TOGETHER_MS", 30)

    def change() -> tuple[str, str]:
        with transaction.atomic(using="owner"):
            before = _lock_timeout()
            with connections["owner"].cursor() as cursor:
                cursor.execute("ALTER TABLE notifications_heartbeat ALTER COLUMN name SET STATISTICS 100")
                cursor.execute("SELECT pg_sleep(0.04)")
            after = _lock_timeout()
            transaction.set_rollback(True, using="owner")
            return before, after

    before, after = patiently(connections["owner"], change, say=str)
    assert (before, after) == ("30ms", "1ms")


def test_each_transaction_has_its_own_time_and_one_that_failed_can_be_taken_back() -> None:
    def change() -> str:
        for _ in range(2):
            with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
                cursor.execute("ALTER TABLE notifications_heartbeat ALTER COLUMN name SET STATISTICS 100")
                with suppress(DataError), transaction.atomic(using="owner"):
                    cursor.execute("SELECT 1 / 0")
                found = _lock_timeout()
                transaction.set_rollback(True, using="owner")
        return found

    assert patiently(connections["owner"], change, say=str) == "50ms"
