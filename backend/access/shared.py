"""What all web processes count and remember together for a while: tries, used codes (docs/adr/0066).

Django's cache in a table of our own, on a connection of its own: what is counted stays counted when the request that is
refused is rolled back, and each step is one statement, so that of two at once only one is first.
"""

import threading
from typing import Any

import orjson
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.signals import request_finished
from django.db import InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import salted_hmac

_FOR_EVER = 10 * 365 * 24 * 3600.0
_GET = "SELECT value FROM access_shared WHERE key = %(key)s AND expires_at > clock_timestamp()"
_PUT = """INSERT INTO access_shared (key, value, expires_at)
          VALUES (%(key)s, %(value)s, clock_timestamp() + make_interval(secs => %(seconds)s))
          ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at"""
_ADD = f"{_PUT} WHERE access_shared.expires_at <= clock_timestamp() RETURNING true"
# A window begins with the first and ends by itself; whoever comes in it is one more.
_COUNT = """INSERT INTO access_shared AS shared (key, value, expires_at)
            VALUES (%(key)s, '1', clock_timestamp() + make_interval(secs => %(seconds)s))
            ON CONFLICT (key) DO UPDATE SET
              value = CASE WHEN shared.expires_at <= clock_timestamp() THEN '1'
                      ELSE (shared.value::bigint + 1)::text END,
              expires_at = CASE WHEN shared.expires_at <= clock_timestamp() THEN EXCLUDED.expires_at
                           ELSE shared.expires_at END
            RETURNING value::bigint, extract(epoch FROM expires_at - clock_timestamp())::float"""
_TOUCH = """UPDATE access_shared SET expires_at = clock_timestamp() + make_interval(secs => %(seconds)s)
             WHERE key = %(key)s AND expires_at > clock_timestamp() RETURNING true"""
_DELETE = "DELETE FROM access_shared WHERE key = %(key)s RETURNING expires_at > clock_timestamp()"
_own = threading.local()


class SharedCache(BaseCache):
    """The cache that allauth and the limits on guessing use."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, or the default."""
        row = self._say(_GET, key, version)
        return default if row is None else orjson.loads(row[0])

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value of plain data."""
        self._say(_PUT, key, version, timeout, value)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it where nothing is kept; of two who do so at once one is told True."""
        return self._say(_ADD, key, version, timeout, value) is not None

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let it stay for longer."""
        return self._say(_TOUCH, key, version, timeout) is not None

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget it."""
        row = self._say(_DELETE, key, version)
        return row is not None and bool(row[0])

    def count(self, key: Any, seconds: float) -> tuple[int, float]:
        """Count one more in the window that is open, and return how many there were and how long it is open still."""
        row: tuple[int, float] = self._say(_COUNT, key, None, seconds)
        return row

    def clear(self) -> None:
        """Forget everything."""
        _run("DELETE FROM access_shared", {})
        close()

    def _say(self, statement: str, key: Any, version: int | None, timeout: Any = None, value: Any = None) -> Any:
        # An address stands in a key of allauth's: here it is a hash that only this installation can make.
        hashed = salted_hmac("shared cache", self.make_key(key, version), algorithm="sha256").hexdigest()
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        given = {"key": hashed, "seconds": _FOR_EVER if seconds is None else float(seconds)}
        return _run(statement, {**given, "value": orjson.dumps(value).decode()})


def _run(statement: str, values: dict[str, Any]) -> Any:
    try:
        return _once(statement, values)
    except (OperationalError, InterfaceError):
        # The server ended the connection since it was made; a server that is away says so once more.
        close()
        return _once(statement, values)


def _once(statement: str, values: dict[str, Any]) -> Any:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def _connection() -> BaseDatabaseWrapper:
    if getattr(_own, "connection", None) is None:
        _own.connection = connections["default"].copy()
    kept: BaseDatabaseWrapper = _own.connection
    return kept


def close(**signal: Any) -> None:
    """Let go of the connection: few requests need one, and none holds it for longer than itself."""
    kept: BaseDatabaseWrapper | None = getattr(_own, "connection", None)
    _own.connection = None
    if kept is not None:
        kept.close()


def forget_expired() -> int:
    """Delete what has run out, as the worker; return how many rows that were."""
    row = _run(
        "WITH gone AS (DELETE FROM access_shared WHERE expires_at <= clock_timestamp() RETURNING 1) "
        "SELECT count(*) FROM gone",
        {},
    )
    close()
    return int(row[0])


request_finished.connect(close, dispatch_uid="access.shared")
