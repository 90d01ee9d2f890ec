"""Fills a database with copies, as quickly as PostgreSQL lets rows in.

Each table is emptied and copied in one transaction, of which the tests' server keeps no log (`wal_level`), frozen as it
comes, and given its keys and indexes when its rows are there. As the server's superuser and without triggers: the rows
are those that triggers have made already. Two tables at a time.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock

import psycopg
from psycopg import sql

from bench.city.copies import Source, Table

Say = Callable[[str], None]
_AT_ONCE = 2
# Seconds between two words about how far it is.
_SILENCE = 20.0
# Rows of the original of which many copies take long to be indexed.
_MANY = 2_000
_POINTING = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
  WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace"""
_KEYS = """SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
  WHERE contype IN ('p', 'u', 'x') AND conrelid = %s::regclass"""
_INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
  WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = indexrelid)"""
# Whatever a child adds, each copy of it adds as well, on the same days: asked of the original, before it is copied.
_SUMS = """INSERT INTO insights_cell (agency_id, figure, span, first_day, "group", part, number)
  SELECT s.agency_id, line ->> 0, span, date_trunc(span, (line ->> 2)::date)::date, line ->> 1, part.key,
         sum(part.value::bigint * CASE WHEN s.child_id = ANY (%s::uuid[]) THEN %s ELSE %s END)
    FROM insights_share s CROSS JOIN LATERAL jsonb_array_elements(s.numbers) AS line
    CROSS JOIN LATERAL jsonb_each_text(line -> 3) AS part, (VALUES ('day'), ('month')) AS spans (span)
   GROUP BY 1, 2, 3, 4, 5, 6"""


def fill(url: str, source: Source, *, whole: int, past: int = 0, say: Say = lambda _what: None) -> None:
    """Write so many whole copies, the original among them, and so many of what is past into a copy of the source."""
    # The largest first, so that two are at work to the end.
    tables = [(table, source.only_past(table)) for table in sorted(source.tables, key=lambda one: -len(one.rows))]
    progress = _Progress(sum(len(all_of.rows) * whole + len(ended.rows) * past for all_of, ended in tables), say)

    def blocks(all_of: Table, ended: Table) -> Iterator[tuple[Table, str]]:
        for table, copies in ((all_of, range(whole)), (ended, range(whole, whole + past))):
            yield from ((table, text) for text in source.copied(table, copies))

    def fill_one(both: tuple[Table, Table]) -> None:
        _fill(url, both[0], blocks(*both), progress)

    with psycopg.connect(url, autocommit=True) as server, _without_pointing(server):
        children = [name for name in source.past if name[1] != "-" and name[2] != "/"]
        server.execute("DELETE FROM insights_cell")
        server.execute(_SUMS, [children, whole + past, whole])
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(fill_one, tables))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("VACUUM (ANALYZE, PARALLEL 0)")


def _fill(url: str, table: Table, blocks: Iterator[tuple[Table, str]], progress: "_Progress") -> None:
    name = sql.Identifier(table.name)
    into = sql.SQL("COPY {} ({}) FROM STDIN WITH (FREEZE)").format(
        name, sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with psycopg.connect(url) as server:
        server.execute("SET session_replication_role = replica")
        server.execute("SET maintenance_work_mem = '1GB'")
        with _without_indexes(server, table.name):
            server.execute(sql.SQL("TRUNCATE {}").format(name))
            with server.cursor() as cursor, cursor.copy(into) as copy:
                for copied, block in blocks:
                    copy.write(block)
                    progress.advance(len(copied.rows))
            progress.indexing(table.name, len(table.rows))


@contextmanager
def _without_pointing(server: psycopg.Connection) -> Iterator[None]:
    """Let rows be without what they point at, and say again that they are not; old rows are not looked at again."""
    constraints = server.execute(_POINTING).fetchall()
    _run(server, [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _what in constraints])
    yield
    _run(server, [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what} NOT VALID" for table, name, what in constraints])


@contextmanager
def _without_indexes(server: psycopg.Connection, table: str) -> Iterator[None]:
    keys, indexes = (server.execute(asked, [table]).fetchall() for asked in (_KEYS, _INDEXES))
    _run(server, [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for name, _what in keys])
    _run(server, [f"DROP INDEX {name}" for name, _what in indexes])
    yield
    _run(server, [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for name, what in keys])
    _run(server, [what for _name, what in indexes])


def _run(server: psycopg.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        server.execute(statement.encode())


class _Progress:
    """Says now and then how many rows are there, and how long the others may take."""

    def __init__(self, rows: int, say: Say) -> None:
        self._rows, self._say, self._lock = rows, say, Lock()
        self._done, self._began, self._said = 0, time.monotonic(), time.monotonic()

    def advance(self, rows: int) -> None:
        """Count rows that were copied."""
        with self._lock:
            self._done += rows
            now = time.monotonic()
            if now - self._said >= _SILENCE:
                self._said = now
                left = (now - self._began) * (self._rows - self._done) / self._done
                self._say(f"{self._done:,} of {self._rows:,} rows, about {left / 60:.0f} minutes left")

    def indexing(self, table: str, rows: int) -> None:
        """Say that the rows of a table are there, where it is large enough for its indexes to take a while."""
        if rows >= _MANY:
            self._say(f"{table} has its rows, and gets its indexes")
