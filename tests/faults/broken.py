"""Faults, and what every table holds before and after one."""

from collections.abc import Callable
from functools import cache
from typing import Any

from backend.access.binding import bind
from backend.access.row_security import our_models
from tests.planned import asked

# Written by every request, whatever comes of it.
ALWAYS = {"audit_accesslog", "access_session"}
_DIGEST = "SELECT '{0}', count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {0} t"


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
        digests.append(dict(asked(_every_table())))
    return digests


@cache
def _every_table() -> str:
    return " UNION ALL ".join(_DIGEST.format(table) for table in _tables())


def _tables() -> list[str]:
    read = [model for model in our_models() if not getattr(model, "web_grants", "SELECT").startswith("INSERT")]
    return [model._meta.db_table for model in read if model._meta.db_table not in ALWAYS]
