"""What others changed in the answers of a form since somebody read them, field by field (docs/adr/0053)."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

# What a form that changes what stands begins with, as JSON by field; of a record, and of a row of its history alike.
Stands = Callable[[Any], Mapping[str, Any]]
# Of a change in hand and the version that somebody read: what the answers said then and say now, as the reader may
# see them; None where what stood then is not theirs to read.
Since = Callable[[Any, int], tuple[Mapping[str, Any], Mapping[str, Any]] | None]


def in_history(stands: Stands) -> Since:
    """Return how to find what changed where the row of the record says it all, now and in its history."""

    def since(change: Any, version: int) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        target = change.target
        past = target.history.filter(id=target.pk, version=version).first()
        return None if past is None else (stands(past), stands(target))

    return since


def differences(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each field that says something else now, in the order of the form; None is no answer."""
    names = [*now, *(name for name in was if name not in now)]
    return [
        {"name": name, "was": was.get(name), "now": now.get(name)}
        for name in names
        if _as_json(was.get(name)) != _as_json(now.get(name))
    ]


def _as_json(value: Any) -> bytes:
    """True is not 1."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
