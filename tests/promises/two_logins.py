"""The web's role and the worker's in one transaction, as a walk needs them: both act, and nothing of it stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlparse

import pytest
from django.db import connection

from backend.access.row_security import WEB, WORKER
from backend.operations import serving_role
from tests import databases


@pytest.fixture(scope="module")
def the_worker_takes_turns(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One login that is the web's role and can become the worker's, so that both act in the walk's one transaction."""
    told = urlparse(databases.server().url())
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD", "OPTIONS")}
    options = {**before["OPTIONS"], "options": f"{before['OPTIONS'].get('options', '')} -c role={WEB}"}
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict.update({"USER": told.username, "PASSWORD": told.password or "", "OPTIONS": options})
    yield
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict.update(before)
    # It was let in as the web's role; whoever signs in by this name without that role is asked again.
    serving_role._harmless.discard(str(told.username))


@contextmanager
def as_worker() -> Iterator[None]:
    """Inside, the walk's transaction is the worker's."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {WORKER}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {WEB}")
