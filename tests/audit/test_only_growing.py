"""What only grows is kept from its owner too; parts of a record go by a confirmed order, access rows never."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from backend.access.row_security import our_models, reached_by
from backend.audit.models import AccessLog
from tests import databases
from tests.factories import submitted

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
GROWING = [model for model in our_models() if getattr(model, "append_only", False)]
CHANGES = ("UPDATE {table} SET {key} = {key}", "DELETE FROM {table}", "TRUNCATE {table} CASCADE")
_DISPOSING = """CREATE OR REPLACE FUNCTION app.disposing(root uuid) RETURNS boolean LANGUAGE sql AS
  $$ SELECT root::text = current_setting('app.disposal_order', true) $$;
  GRANT EXECUTE ON FUNCTION app.disposing TO alongside_disposal"""


def test_the_owner_neither_changes_nor_deletes_nor_empties_it() -> None:
    for model in GROWING:
        names = {"table": model._meta.db_table, "key": model._meta.pk.column}
        for change in CHANGES:
            _refused(change.format(**names))


def test_the_label_of_an_event_follows_its_record_and_is_changed_by_nobody() -> None:
    _refused("UPDATE audit_event SET mark = 'health'")
    _refused("UPDATE audit_event SET mark = 'health', reason = ''")


def _refused(change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.fixture
def records() -> tuple[UUID, UUID]:
    """Two referrals with their events."""
    return submitted().id, submitted().id


@pytest.fixture
def disposal(records: tuple[UUID, UUID]) -> Iterator["psycopg.Connection[Any]"]:
    """The login that disposes, as if it could reach every row, with orders that name what the setting names."""
    with psycopg.connect(databases.server().url(database=str(connection.settings_dict["NAME"]))) as login:
        for table in ("audit_event", "audit_accesslog"):
            login.execute(f"GRANT SELECT, UPDATE, DELETE, TRUNCATE ON {table} TO alongside_disposal")
            login.execute(f"CREATE POLICY of_a_test ON {table} TO alongside_disposal USING (true)")
        login.execute("SET LOCAL ROLE alongside_disposal")
        yield login
        login.rollback()


def _ordered(login: "psycopg.Connection[Any]", root: UUID) -> None:
    login.execute("RESET ROLE")
    login.execute(_DISPOSING)
    login.execute("SELECT set_config('app.disposal_order', %s, true)", [str(root)])
    login.execute("SET LOCAL ROLE alongside_disposal")


def test_disposal_deletes_what_a_confirmed_order_names_and_nothing_else(
    disposal: "psycopg.Connection[Any]", records: tuple[UUID, UUID]
) -> None:
    one, other = records
    _ordered(disposal, one)
    with pytest.raises(psycopg.Error, match="no confirmed disposal order"), disposal.transaction():
        disposal.execute("DELETE FROM audit_event WHERE root_id = %s", [other])
    assert disposal.execute("DELETE FROM audit_event WHERE root_id = %s", [one]).rowcount > 0
    assert disposal.execute("SELECT FROM audit_event WHERE root_id = %s", [one]).rowcount == 0
    for change in ("UPDATE audit_event SET reason = ''", "TRUNCATE audit_event", "DELETE FROM audit_accesslog"):
        with pytest.raises(psycopg.Error, match="only grows"), disposal.transaction():
            disposal.execute(change)


def test_without_orders_disposal_deletes_nothing(
    disposal: "psycopg.Connection[Any]", records: tuple[UUID, UUID]
) -> None:
    with pytest.raises(psycopg.Error, match="no confirmed disposal order"):
        disposal.execute("DELETE FROM audit_event WHERE root_id = %s", list(records[:1]))


def test_every_part_of_a_record_can_be_disposed_of_and_the_log_cannot() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'is_disposed_of' AND tgenabled = 'O'"
        )
        found = {table for (table,) in cursor.fetchall()}
    assert found == {model._meta.db_table for model in GROWING if reached_by(model)}
    assert AccessLog._meta.db_table not in found
