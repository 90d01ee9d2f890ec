"""Django's PostgreSQL with an end to every wait: a line that went dead says nothing, however long one waits.

The server's own time limits do not help there: it has answered, or was never asked. Neither do the kernel's: a machine
between the two, or a server that hangs, may take every packet and do nothing with it.
"""

from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import IsolationLevel, errors

from backend.core import patience

# A connection that has rested is asked whether it lives; one that does answers at once.
ALIVE_SECONDS = 2.0
# Of the time a request has, this part may go by until it is connected; psycopg takes no less than two seconds.
TO_CONNECT = 3 / 7
LEAST_TO_CONNECT = 2
# By this a database of the settings says after how many seconds of silence a connection is dead (config/databases.py).
SILENCE = "SILENCE_SECONDS"
_OVER = "the database has not answered in time"


class Connection(psycopg.Connection[Any]):
    """A connection that is given up when whoever asks has waited long enough, or when no answer can come any more."""

    silence: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server as long as there is time; raise OperationalError when it is over."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, _shorter(patience.left(), self.silence))
        except errors._WaitTimeout as over:
            # What the server does with it is unknown, so nothing may be asked on it any more.
            self.pgconn.finish()
            raise psycopg.OperationalError(_OVER) from over


class AsyncConnection(psycopg.AsyncConnection[Any]):
    """The same for those who wait without a thread; nobody has asked them for a request, so silence alone ends it."""

    silence: float | None = None

    async def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server until no answer can come any more; raise OperationalError then."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        try:
            return await super().wait(gen, interval, self.silence)
        except errors._WaitTimeout as over:
            self.pgconn.finish()
            raise psycopg.OperationalError(_OVER) from over


def _shorter(one: float | None, other: float | None) -> float | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


class InstantLoader(BaseTzLoader):  # type: ignore[misc] # Django says nothing of its types
    """Reads an instant: the connection's time zone is UTC, in which PostgreSQL writes what Python reads by itself.

    Django's own takes it to pieces by a pattern, which of a list of fifty referrals took as long as asking for them.
    """

    timezone = UTC

    def load(self, data: Any) -> datetime:
        """Return it in UTC; raise DataError for one that Python has no instant for."""
        try:
            return datetime.fromisoformat(bytes(data).decode("ascii"))
        except ValueError:
            found: datetime = super().load(data)
            return found


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE` names."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Connect, within a part of the time that is left."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        left = patience.left()
        if left is not None:
            if left < LEAST_TO_CONNECT:
                raise psycopg.OperationalError("there is no time left to connect")
            conn_params = {**conn_params, "connect_timeout": max(LEAST_TO_CONNECT, int(left * TO_CONNECT))}
        connection = Connection.connect(**conn_params)
        connection.silence = self.settings_dict.get(SILENCE)
        # Where this connection's time is another one's, Django puts its own loader back.
        connection.adapters.register_loader("timestamptz", InstantLoader)
        return connection

    def is_usable(self) -> bool:
        """Say whether the server answers on this connection, and not after a long time."""
        with patience.at_most(ALIVE_SECONDS):
            return bool(super().is_usable())
