"""Lends the city the worker's own login for what only the system may do; everything else is done as the web role."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

import environ
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_LOGIN = ("USER", "PASSWORD")
_kept = local()


@contextmanager
def as_worker() -> Iterator[None]:
    """Inside, the default connection is the worker's; the other one waits, outside any transaction."""
    ordinary = connections[DEFAULT_DB_ALIAS]
    if ordinary.in_atomic_block:
        raise RuntimeError("finish the transaction before the worker takes its turn")
    connections[DEFAULT_DB_ALIAS] = _worker(ordinary)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = ordinary


def close() -> None:
    """Close the worker's connection of this process, if there is one."""
    connection: BaseDatabaseWrapper | None = getattr(_kept, "worker", None)
    if connection is not None:
        connection.close()
        del _kept.worker


def _worker(ordinary: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    kept: BaseDatabaseWrapper | None = getattr(_kept, "worker", None)
    if kept is None:
        told = environ.Env.db_url_config(os.environ["WORKER_DATABASE_URL"])
        kept = connections.create_connection(DEFAULT_DB_ALIAS)
        # The database of the moment, which is a clone in tests, and the worker's name and password.
        kept.settings_dict = {**ordinary.settings_dict, **{name: told[name] for name in _LOGIN}}
        _kept.worker = kept
    return kept
