"""Faults, and what every table holds before and after one."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from backend.access.binding import bind
from backend.access.row_security import our_models

# Written by every request, whatever comes of it.
ALWAYS = {"audit_accesslog", "access_session"}
_DIGEST = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"


class Broken(Exception):
    """The fault: nothing in the product knows it."""


def breaks(*_args: Any, **_kwargs: Any) -> Any:
    """Stand in the place of a step that never does its work."""
    raise Broken


def after(real: Callable[..., Any]) -> Callable[..., Any]:
    """Let the step do its work and break then, so that there is something to take back."""

    def works_and_breaks(*args: Any, **kwargs: Any) -> Any:
        real(*args, **kwargs)
        raise Broken

    return works_and_breaks


def seen_by(*people: Any) -> list[dict[str, str]]:
    """A digest of every table, as the running transaction would commit it, for each of these people."""
    digests = []
    for who in people:
        bind(who.membership_id)
        digests.append({table: _digest(table) for table in _tables()})
    return digests


def is_still(before: list[dict[str, str]], *people: Any) -> bool:
    """Whether these people still see what they saw before; it asks no further than to the first difference."""
    for who, seen in zip(people, before, strict=True):
        bind(who.membership_id)
        if any(_digest(table) != digest for table, digest in seen.items()):
            return False
    return True


def _tables() -> list[str]:
    read = [model for model in our_models() if not getattr(model, "web_grants", "SELECT").startswith("INSERT")]
    return [model._meta.db_table for model in read if model._meta.db_table not in ALWAYS]


def _digest(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST.format(table))
        return str(cursor.fetchone())
