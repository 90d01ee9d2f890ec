"""What a test has committed is gone before the next begins, whichever way it is undone."""

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connections

from tests import databases
from tests.restoring import Fresh

NAME = databases.own_name("fresh")
BORN = f"SELECT oid FROM pg_database WHERE datname = '{NAME}'"
JOB = "INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES ('one', 'two') RETURNING id"


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Fresh]:
    with django_db_blocker.unblock():
        fresh = Fresh(NAME, template=databases.plain_template())
        yield fresh
        fresh.drop()


@pytest.fixture
def fresh(made: Fresh, django_db_blocker: Any) -> Iterator[Fresh]:
    """The same database for all of these: each finds it as the one before has given it back."""
    with django_db_blocker.unblock():
        yield made


def _do(*statements: str) -> list[Any]:
    """What the last of these statements answers."""
    with closing(psycopg.connect(databases.server().url(database=NAME), autocommit=True)) as connection:
        answers = [connection.execute(one) for one in statements]
        return answers[-1].fetchall() if answers[-1].description else []


def _all_rows() -> list[Any]:
    """Every row of every table, as text, and where each sequence stands."""
    tables = [name for (name,) in _do("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
    rows = (f"SELECT '{name}', t::text FROM \"{name}\" t" for name in tables)
    sequences = "SELECT sequencename, last_value::text FROM pg_sequences"
    return _do(" UNION ALL ".join([*rows, sequences]) + " ORDER BY 1, 2")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE agencies_user SET name = 'Somebody else'",
        "DELETE FROM agencies_membership; DELETE FROM access_involvement; DELETE FROM agencies_change",
        JOB,
        f"{JOB}; DELETE FROM procrastinate_jobs",
        "SELECT setval('procrastinate_jobs_id_seq', 77)",
    ],
)
def test_rows_and_numbers_are_put_back_without_another_clone(fresh: Fresh, change: str) -> None:
    before, born = _all_rows(), databases.on_server(BORN)
    _do("SET session_replication_role = 'replica'", *change.split("; "))
    fresh.again()
    assert _all_rows() == before
    assert _do(JOB) == [(1,)]
    fresh.again()
    assert _all_rows() == before
    assert databases.on_server(BORN) == born


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE another (id int)",
        "ALTER TABLE agencies_user DISABLE TRIGGER ALL",
        "ALTER TABLE agencies_user DISABLE ROW LEVEL SECURITY",
        "CREATE OR REPLACE FUNCTION seven() RETURNS int LANGUAGE sql RETURN 7",
        "GRANT DELETE ON agencies_user TO alongside_web",
        "ALTER DATABASE {name} SET work_mem = '5MB'",
        "INSERT INTO procrastinate_jobs (task_name, queue_name) SELECT 'one', 'two' FROM generate_series(1, 6000)",
    ],
)
def test_what_rows_alone_do_not_undo_takes_another_clone(fresh: Fresh, change: str) -> None:
    before, born = _all_rows(), databases.on_server(BORN)
    _do(change.format(name=NAME))
    fresh.again()
    assert _all_rows() == before
    assert databases.on_server(BORN) != born


def test_whoever_is_still_at_work_is_sent_away_and_leaves_nothing(fresh: Fresh) -> None:
    before, born = _all_rows(), databases.on_server(BORN)
    with closing(psycopg.connect(databases.server().url(database=NAME))) as late:
        late.execute("UPDATE agencies_user SET name = 'Somebody else'")
        fresh.again()
        with pytest.raises(psycopg.OperationalError):
            late.commit()
    assert _all_rows() == before
    assert databases.on_server(BORN) == born


@pytest.mark.parametrize(
    ("done", "stays"),
    [
        ("UPDATE agencies_user SET name = 'Somebody else'", True),
        ("SET work_mem = '5MB'", True),
        ("SELECT pg_advisory_lock(7)", True),
        ("BEGIN", False),
        ("SELECT pg_terminate_backend(pg_backend_pid())", False),
    ],
)
def test_a_connection_of_the_tests_stays_if_it_rests_and_has_forgotten_what_was_set_in_it(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch, done: str, stays: bool
) -> None:
    before, connection = _all_rows(), connections["owner"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", NAME)
    asks = "SELECT pg_backend_pid(), current_setting('work_mem'), (SELECT count(*) FROM pg_locks WHERE objid = 7)"
    with closing(connection):
        with connection.cursor() as cursor, suppress(OperationalError):
            cursor.execute(asks)
            pid, *settings = cursor.fetchone()
            cursor.execute(done)
        fresh.again()
        with connection.cursor() as cursor:
            cursor.execute(asks)
            found, *now = cursor.fetchone()
    assert (found == pid, now) == (stays, settings)
    assert _all_rows() == before


def test_a_database_that_sent_everybody_away_is_fresh_too(fresh: Fresh) -> None:
    before = _all_rows()
    _do(
        "UPDATE agencies_user SET name = 'Somebody else'",
        f"""SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = '{NAME}' AND pid <> pg_backend_pid()""",
    )
    fresh.again()
    assert _all_rows() == before


def test_a_spare_takes_the_place_of_the_database_that_was_used(django_db_setup: None, django_db_blocker: Any) -> None:
    name = databases.own_name("spared")
    made = f"SELECT count(*) FROM pg_database WHERE datname LIKE '{name}%'"
    with django_db_blocker.unblock():
        spares = databases.Spares(name, template=databases.plain_template())
        for _ in range(2):
            spares.renew()
            with closing(psycopg.connect(databases.server().url(database=name), autocommit=True)) as one:
                assert one.execute("SELECT count(*) FROM agencies_user WHERE name = 'Somebody else'").fetchone() == (0,)
                # It is still connected when the next one comes.
                one.execute("UPDATE agencies_user SET name = 'Somebody else'")
                spares.renew()
                with pytest.raises(psycopg.OperationalError):
                    one.execute("SELECT 1")
        spares.drop()
        assert databases.on_server(made) == [(0,)]
