"""A log to tamper with: rows by COPY, covered by the worker's job, and a superuser whom nothing stops."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from backend.audit.checkpoints import make_checkpoints
from tests import databases
from tests.worker import worker_login

# No two rows alike: every column differs between neighbours.
_ROWS = """COPY (
  SELECT gen_random_uuid(), now(), md5('user' || n % 40)::uuid, md5('member' || n % 40)::uuid,
         md5('agency' || n % 7)::uuid, 'manager', 'consultation', 'case.read', 200, ARRAY[md5('case' || n % 900)::uuid],
         ARRAY[md5('child' || n % 900)::uuid]
    FROM generate_series(1, {count}) n) TO STDOUT"""
_INTO = """COPY audit_accesslog
  (id, recorded_at, user_id, membership_id, agency_id, role, kind, label, status, root_ids, child_ids) FROM STDIN"""

_BEGAN_BEFORE = """SELECT 1 FROM pg_stat_activity
  WHERE datname <> %s AND backend_xid IS NOT NULL AND age(backend_xid) > age(%s::xid) LIMIT 1"""


@contextmanager
def superuser() -> Iterator["psycopg.Connection[Any]"]:
    """Connect to the test's own database as somebody for whom no grant, policy or trigger holds."""
    with psycopg.connect(databases.server().url(database=str(connection.settings_dict["NAME"]))) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.commit()
        yield admin


def write(admin: "psycopg.Connection[Any]", count: int) -> None:
    """Add as many rows to the log by COPY, in one transaction."""
    with admin.cursor() as source, admin.cursor() as target:
        with source.copy(_ROWS.format(count=count)) as read:
            rows = b"".join(bytes(part) for part in read)
        with target.copy(_INTO) as written:
            written.write(rows)
    admin.commit()


def cover() -> int:
    """Make checkpoints as the worker makes them; return how many rows were covered."""
    wait_for_other_databases()
    with worker_login():
        return make_checkpoints()


def wait_for_other_databases() -> None:
    """Other tests write on the same server: what they began before now holds a checkpoint back until it is over."""
    with psycopg.connect(databases.server().url(), autocommit=True) as server:
        (now,) = server.execute("SELECT pg_current_xact_id()::xid::text").fetchone() or ("",)
        while server.execute(_BEGAN_BEFORE, [connection.settings_dict["NAME"], now]).fetchone():
            time.sleep(0.2)


def ids(admin: "psycopg.Connection[Any]") -> list[UUID]:
    """Return the rows in their places."""
    return [row for (row,) in admin.execute("SELECT row_id FROM audit_leaf ORDER BY position")]
