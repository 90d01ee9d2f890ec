"""Nobody waits for the database longer than they said: not for an answer, not for a sign of life, not to connect."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from backend.core import patience
from backend.core.postgresql import base
from tests.faults.link import Link

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def silence() -> Iterator[int]:
    """The port of somebody who takes every connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def test_the_shorter_of_two_times_counts_and_none_is_none() -> None:
    assert patience.left() is None
    with patience.at_most(5), patience.at_most(60):
        assert 4 < (patience.left() or 0) <= 5
    with patience.at_most(-1):
        assert patience.left() == 0


def test_a_statement_that_takes_longer_is_given_up_with_its_connection_and_the_next_one_gets_another() -> None:
    connection.ensure_connection()
    began = time.monotonic()
    with patience.at_most(0.2), pytest.raises(OperationalError, match="in time"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")
    assert time.monotonic() - began < 10
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_a_connection_that_has_gone_silent_is_not_taken_to_be_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "ALIVE_SECONDS", 0.2)
    link = Link((connection.settings_dict["HOST"], connection.settings_dict["PORT"]))
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", link.port)
    connection.ensure_connection()
    assert connection.is_usable()
    with link.hole():
        assert not connection.is_usable()
    connection.close()
    link.end()


def test_connecting_takes_a_part_of_the_time_and_is_not_begun_where_there_is_none(
    silence: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", silence)
    began = time.monotonic()
    with patience.at_most(6), pytest.raises(OperationalError, match="timeout"):
        connection.ensure_connection()
    assert time.monotonic() - began < 6
    with patience.at_most(1), pytest.raises(OperationalError, match="no time left"):
        connection.ensure_connection()
