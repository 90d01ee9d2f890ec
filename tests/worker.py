"""Lets a test work as the worker: the same database by the worker's own login."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.db import connection


@contextmanager
def worker_login() -> Iterator[None]:
    """Inside, `default` is the worker's role, as in the worker's process; only for tests with transaction=True."""
    assert not connection.in_atomic_block, "mark the test with django_db(transaction=True)"
    worker = environ.Env.db_url_config(os.environ["WORKER_DATABASE_URL"])
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({name: worker[name] for name in before})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
