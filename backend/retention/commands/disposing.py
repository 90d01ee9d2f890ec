"""Carries out orders: by the disposal login, one child a transaction, its rows first and then its files.

Whoever is killed leaves a child whole, or without rows and with a list of the files that are still to go: the next run
goes on where this one stopped. What keeps a child is asked once more in the transaction that would delete it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import LiteralString
from uuid import UUID

import orjson
import psycopg
import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from psycopg import sql

from backend.access.actors import SYSTEM
from backend.access.binding import acting_as_system
from backend.access.row_security import our_models, reached_by
from backend.core.postgresql.base import SILENCE, Connection
from backend.documents import storing
from backend.retention import queries
from backend.retention.commands.ordering import order_machine
from backend.retention.models import Order, OrderChild

JOB = "retention.dispose"
_BEGIN: LiteralString = "SELECT kept, roots FROM app.begin_disposal(%s, %s)"
_END: LiteralString = "SELECT app.end_disposal(%s, %s, %s::jsonb)"
_FILES_GONE: LiteralString = "SELECT app.files_gone(%s, %s)"
_DISPOSAL = "DISPOSAL_DATABASE_URL"
Login = psycopg.Connection[tuple[object, ...]]
log = structlog.get_logger(__name__)


def carry_out_all() -> int:
    """Carry out what is due; return how many children were deleted or left."""
    with acting_as_system(job=JOB):
        ids = list(queries.to_carry_out().values_list("id", flat=True))
    if ids and not settings.DISPOSAL_DATABASE_URL:
        log.error("orders are due, and the worker has no way to the login that deletes", setting=_DISPOSAL)
        return 0
    return sum(carry_out(order_id) for order_id in ids)


def carry_out(order_id: UUID) -> int:
    """Carry out one order from where it stands; return how many children were ended by this run."""
    _take("begin", order_id, Order.CONFIRMED)
    with disposal_login() as login:
        done = sum(_tried(login, order_id, line) for line in _lines(order_id, OrderChild.WAITING))
        for line in _lines(order_id, OrderChild.FILES):
            _delete_files(login, order_id, line)
    if not [*_lines(order_id, OrderChild.WAITING), *_lines(order_id, OrderChild.FILES)]:
        _take("complete", order_id, Order.RUNNING)
    return done


@contextmanager
def disposal_login() -> Iterator[Login]:
    """Connect as the login that may delete what an order says; it never goes through Django, nor to a request.

    It waits no longer than the worker's own connection: for one statement, and for a database that has gone silent.
    """
    login = Connection.connect(
        settings.DISPOSAL_DATABASE_URL,
        autocommit=True,
        connect_timeout=settings.DATABASES["default"]["OPTIONS"]["connect_timeout"],
        options=f"-c statement_timeout={settings.STATEMENT_TIMEOUT_MS}",
    )
    login.silence = settings.DATABASES["default"][SILENCE]
    with login:
        yield login


def _take(edge: str, order_id: UUID, state: str) -> None:
    with acting_as_system(job=JOB):
        if Order.objects.filter(pk=order_id, state=state).exists():
            order_machine.perform(SYSTEM, edge, order_id, version=None, given={})


def _lines(order_id: UUID, state: str) -> list[OrderChild]:
    with acting_as_system(job=JOB):
        return list(OrderChild.objects.filter(order_id=order_id, state=state).order_by("id"))


def _tried(login: Login, order_id: UUID, line: OrderChild) -> bool:
    """Delete the rows of one child; where that fails, the others are not kept waiting, and it is tried again later."""
    try:
        _delete_rows(login, order_id, line.id)
    except (OperationalError, InterfaceError, psycopg.OperationalError):
        raise
    except psycopg.Error as error:
        # The line and the kind of error only: what an error says may hold what was written about a child.
        log.error("a child of an order could not be deleted", line=str(line.id), error=type(error).__name__)
        return False
    return True


def _delete_rows(login: Login, order_id: UUID, line: UUID) -> None:
    with login.transaction():
        found = login.execute(_BEGIN, [order_id, line]).fetchone()
        if found is None or found[0]:
            return
        counts = {}
        for table, statement in _statements():
            gone = login.execute(statement, {"roots": found[1]}).rowcount
            if gone:
                counts[table] = gone
        login.execute(_END, [order_id, line, orjson.dumps(counts).decode()])


@cache
def _statements() -> list[tuple[str, sql.Composed]]:
    """Return what deletes the rows of a child from each table that its records reach, history and events included.

    In no order: what refers to one another is compared when the transaction ends. The policy of each table lets
    nothing else go, whatever stands here.
    """
    found = []
    for model in our_models():
        columns = reached_by(model)
        if columns:
            table = model._meta.db_table
            names = sql.SQL(" OR ").join(sql.SQL("{} = ANY (%(roots)s)").format(sql.Identifier(one)) for one in columns)
            found.append((table, sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), names)))
    return found


def _delete_files(login: Login, order_id: UUID, line: OrderChild) -> None:
    """Delete the files of a child whose rows are gone: their names stand in the order until none is left."""
    for store, name in line.files:
        storing.forget(name, store)
    login.execute(_FILES_GONE, [order_id, line.id])
