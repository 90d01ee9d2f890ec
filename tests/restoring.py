"""Gives a database back what it held when it was cloned, row by row: a clone anew takes twenty times as long."""

from typing import Any, LiteralString

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.pq import TransactionStatus

from tests import databases

# What is written of a table's own shape when something is looked at, or measured by the server for itself.
OF_NO_MATTER = ("pg_statistic", "pg_statistic_ext_data")
# Deleted rows stay in the files until they are swept up, and many are slower to delete than a clone is to make.
MOST_ROWS = 5_000
MOST_TIMES = 100
TABLES: LiteralString = """
    SELECT relnamespace::regnamespace::text, relname FROM pg_class
    WHERE relkind IN ('r', 'm') AND NOT relisshared AND relname <> ALL (%s)
      AND relnamespace <> 'information_schema'::regnamespace AND relnamespace <> 'pg_toast'::regnamespace
    ORDER BY 1, 2"""
SEQUENCES: LiteralString = "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences"
SETTINGS: LiteralString = """
    SELECT setrole::regrole::text, setconfig FROM pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1"""
OTHERS: LiteralString = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""

# What a session may have set for itself; what the server has learned of the tables it keeps.
FORGET: LiteralString = """
    SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; DISCARD SEQUENCES; DISCARD TEMP;
    SELECT pg_advisory_unlock_all()"""

Table = tuple[str, str]


class Fresh:
    """A clone of a template that is as it was made whenever somebody asks."""

    def __init__(self, name: str, *, template: str) -> None:
        self._name = name
        self._template = template
        self._logins = {alias: connections[alias].settings_dict["USER"] for alias in connections}
        self._clone()

    def again(self) -> None:
        """Undo whatever was done to it, whoever is still connected to it but rests."""
        if not self._is_restored(self._at_rest()):
            self.anew()

    def anew(self) -> None:
        """Clone it once more, for whoever asks how full its files and indexes are and not only what is in them."""
        connections.close_all()
        self._original.close()
        self._clone()

    def drop(self) -> None:
        """Throw it away."""
        connections.close_all()
        self._original.close()
        databases.drop(self._name)

    def _clone(self) -> None:
        databases.renew(self._name, template=self._template)
        self._original = Original(databases.server().url(database=self._name))

    def _at_rest(self) -> list[int]:
        """The backends of our connections that may stay: one anew learns all tables and policies again."""
        pids = []
        for connection in connections.all(initialized_only=True):
            inner = connection.connection
            rests = inner is not None and not inner.closed
            if rests and self._is_known(connection.alias, inner) and _has_forgotten(inner):
                pids.append(inner.info.backend_pid)
            else:
                connection.close()
        return pids

    def _is_known(self, alias: str, connection: psycopg.Connection[Any]) -> bool:
        return (connection.info.dbname, connection.info.user) == (self._name, self._logins[alias])

    def _is_restored(self, resting: list[int]) -> bool:
        try:
            return self._original.restore(resting)
        except psycopg.OperationalError:  # somebody has ended our connection too
            return False


class Original:
    """The rows of a database that was cloned just now, and the way back to them."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        # Neither triggers nor foreign keys: what is put back is what has been there.
        self._connection.execute("SET session_replication_role = 'replica'")
        self._tables: list[Table] = self._connection.execute(TABLES, [list(OF_NO_MATTER)]).fetchall()
        self._counting = sql.SQL(" UNION ALL ").join(map(_counted, self._tables))
        self._sequences = self._asked(SEQUENCES)
        self._settings = self._asked(SETTINGS)
        self._begin()
        self._rows = {table: rows for table, (rows, _) in self._counts().items()}
        self._kept = {table: self._copied(table) for table, rows in self._rows.items() if rows and _is_ours(table)}
        self._times = 0

    def restore(self, resting: list[int]) -> bool:
        """Put back what was changed; False where that is not to be done by rows, and only another clone will do."""
        self._times += 1
        self._send_away_the_others(resting)
        counts = self._counts()
        changed = [table for table, (rows, new) in counts.items() if new or rows != self._rows[table]]
        many = self._times >= MOST_TIMES or sum(counts[table][0] for table in changed) > MOST_ROWS
        if many or not all(map(_is_ours, changed)) or self._asked(SETTINGS) != self._settings:
            return False
        with self._connection.transaction():
            for table in changed:
                self._put_back(table)
            self._set_sequences_back()
        self._begin()
        return True

    def close(self) -> None:
        """Leave the database."""
        self._connection.close()

    def _asked(self, question: LiteralString) -> list[tuple[Any, ...]]:
        return self._connection.execute(question).fetchall()

    def _begin(self) -> None:
        """Whatever was written until now is as it should be."""
        ((self._since,),) = self._asked("SELECT pg_current_xact_id()::xid::text")

    def _counts(self) -> dict[Table, tuple[int, int]]:
        """How many rows each table has, and how many of them were written lately; a row that is gone is missed."""
        answer = self._connection.execute(self._counting, {"since": self._since}, prepare=True)
        return {table: (rows, new) for table, (rows, new) in zip(self._tables, answer.fetchall(), strict=True)}

    def _send_away_the_others(self, resting: list[int]) -> None:
        """End whoever else is still connected, and wait until what they had begun is undone."""
        pids = [pid for (pid,) in self._asked(OTHERS) if pid not in resting]
        if pids:
            self._connection.execute("SELECT pg_terminate_backend(pid, 10000) FROM unnest(%s::int[]) AS pid", [pids])

    def _copied(self, table: Table) -> bytes:
        with self._connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(*table))) as copy:
            return b"".join(bytes(part) for part in copy)

    def _put_back(self, table: Table) -> None:
        name = sql.Identifier(*table)
        self._connection.execute(sql.SQL("DELETE FROM {}").format(name))
        if table in self._kept:
            with self._connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
                copy.write(self._kept[table])

    def _set_sequences_back(self) -> None:
        for sequence, before in set(self._sequences) - set(self._asked(SEQUENCES)):
            # One that has given no number yet has no last one.
            self._connection.execute("SELECT setval(%s, coalesce(%s, 1), %s)", [sequence, before, before is not None])


def _has_forgotten(connection: psycopg.Connection[Any]) -> bool:
    """Have a session forget what was set in it; False where it is gone, or in the middle of something."""
    if not connection.autocommit or connection.info.transaction_status != TransactionStatus.IDLE:
        return False
    try:
        connection.execute(FORGET)
    except psycopg.OperationalError:
        return False
    return True


def _counted(table: Table) -> sql.Composed:
    words = sql.SQL("SELECT count(*), count(*) FILTER (WHERE age(xmin) < age(%(since)s::xid)) FROM {}")
    return words.format(sql.Identifier(*table))


def _is_ours(table: Table) -> bool:
    """Whether it holds records; the server's own tables say how ours are made."""
    return table[0] != "pg_catalog"
