"""Subqueries that every read is narrowed by, turned into SQL once instead of at each request.

Who may see what hangs on the same few subqueries, each nested several deep. Django takes several milliseconds to build
and compile them (bench/narrowing.py). Their text depends on nothing but their shape: only the person, the agency and
the moment differ. They are still written as querysets, and tested as such.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

_NONE = "SELECT NULL::uuid WHERE false"
_EARLY = datetime(1, 1, 1, tzinfo=UTC)
_LAST = UUID("ffffffff-ffff-ffff-ffff-ffffffffffff")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where a value of the next asking goes."""

    name: str


_texts: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}


def compiled_once(
    rows: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **values: UUID | datetime | None
) -> RawSQL:
    """Return `rows(*shape, **values)` as a subquery for `__in`.

    `rows` is a function of a module, pure, and uses each value as a parameter and for nothing else, except that it may
    ask whether it is None. `shape` is everything else that the text depends on.
    """
    missing = frozenset(name for name, value in values.items() if value is None)
    key = (rows, shape, missing)
    if key not in _texts:
        _texts[key] = _compile(rows, shape, values)
    text, places = _texts[key]
    parameters = tuple(values[place.name] if isinstance(place, _Asked) else place for place in places)
    return RawSQL(text, parameters)  # noqa: S611 -- the text is what Django made of a queryset


def forget() -> None:
    """Compile anew what is asked for next: for measuring."""
    _texts.clear()


def _compile(
    rows: Callable[..., QuerySet[Any, Any]], shape: tuple[Hashable, ...], values: dict[str, UUID | datetime | None]
) -> tuple[str, tuple[Any, ...]]:
    """Compile with values that nobody else has, and find in the parameters where each of them went."""
    stand_ins = {
        name: _stand_in(value, number) for number, (name, value) in enumerate(values.items()) if value is not None
    }
    try:
        text, parameters = rows(*shape, **{**values, **stand_ins}).query.sql_with_params()
    except EmptyResultSet:
        return _NONE, ()
    places = {value: _Asked(name) for name, value in stand_ins.items()}
    return text, tuple(places.get(parameter, parameter) for parameter in parameters)


def _stand_in(value: UUID | datetime, number: int) -> UUID | datetime:
    """Return what no row has, whatever the clock says: some are compiled as of another time."""
    return UUID(int=_LAST.int - number) if isinstance(value, UUID) else _EARLY + timedelta(days=number)
