"""Time that goes by for one session only, whose person signed in a while ago, or for one job, whose minute is up."""

from datetime import timedelta
from typing import Any

import psycopg

from backend.access.fresh import FRESH_KEY
from backend.access.sessions import SessionStore
from backend.core import clock
from backend.operations.postgres.cluster import SUPERUSER
from tests.e2e.screen import Screen


def grow_stale(product: Any, screen: Screen) -> None:
    """Let a quarter of an hour go by since the person of this window showed who they are."""
    [key] = [cookie["value"] for cookie in screen.context.cookies() if cookie["name"].endswith("sessionid")]
    store = SessionStore()
    with psycopg.connect(product.url(SUPERUSER), autocommit=True) as connection:
        row = connection.execute("SELECT session_data FROM access_session WHERE session_key = %s", [key]).fetchone()
        assert row
        data = {**store.decode(row[0]), FRESH_KEY: (clock.now() - timedelta(minutes=15)).isoformat()}
        connection.execute(
            "UPDATE access_session SET session_data = %s WHERE session_key = %s", [store.encode(data), key]
        )


def minute_is_up(product: Any, job: str) -> None:
    """Let the worker do at once what it does each minute: nobody learns anything from waiting for that."""
    with psycopg.connect(product.url(SUPERUSER), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', %s, %s)",
            [job, '{"timestamp": 0}'],
        )
