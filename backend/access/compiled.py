"""Subqueries and whole reads that requests ask again and again, turned into SQL once instead of each time.

Who may see what hangs on the same few subqueries, each nested several deep, and every request finds its session and
every list the clocks of its rows. Django takes milliseconds to build and compile each (bench/narrowing.py). Their text
depends on nothing but their shape: only the person, the records and the moment differ. They are still written as
querysets, and tested as such.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Value = UUID | datetime | str | Sequence[UUID] | None
_NONE = "SELECT NULL::uuid WHERE false"
_EARLY = datetime(1, 1, 1, tzinfo=UTC)
_LAST = UUID("ffffffff-ffff-ffff-ffff-ffffffffffff")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where a value of the next asking goes."""

    name: str


@dataclass(frozen=True, slots=True)
class _Text:
    """What Django made of a queryset, with the places of what differs."""

    sql: str
    places: tuple[Any, ...]

    def parameters(self, values: Mapping[str, Value]) -> tuple[Any, ...]:
        """Return what the text is asked with this time."""
        return tuple(values[place.name] if isinstance(place, _Asked) else place for place in self.places)


class _Compiler(SQLCompiler):
    """A compiler that has its text already, and knows which columns make which object of the answer."""

    asked: tuple[str, tuple[Any, ...]]

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:
        """Return the text that was made once, with what it is asked this time."""
        return self.asked


@dataclass(frozen=True, slots=True)
class _Read:
    """A queryset that was compiled, to be read with other values."""

    rows: QuerySet[Any, Any]
    compiler: _Compiler
    text: _Text


_texts: dict[Hashable, _Text] = {}
_reads: dict[Hashable, _Read | None] = {}


def compiled_once(rows: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **values: Value) -> RawSQL:
    """Return `rows(*shape, **values)` as a subquery for `__in`.

    `rows` is a function of a module, pure, and uses each value as a parameter and for nothing else, except that it may
    ask whether it is None. `shape` is everything else that the text depends on.
    """
    key = _key(rows, shape, values)
    if key not in _texts:
        _texts[key] = _compile(rows, shape, values)
    text = _texts[key]
    return RawSQL(text.sql, text.parameters(values))  # noqa: S611 -- the text is what Django made of a queryset


def read(rows: Callable[..., QuerySet[M, Any]], *shape: Hashable, **values: Value) -> list[Any]:
    """Return the rows of `rows(*shape, **values)`, read now: model instances, or what `values_list` says.

    `rows` is as for `compiled_once`. Keys are compared with `among`, which takes a list of any length as one value.
    """
    key = _key(rows, shape, values)
    if key not in _reads:
        _reads[key] = _prepare(rows, shape, values)
    known = _reads[key]
    if known is None:
        return []
    compiler = copy(known.compiler)
    compiler.connection = connections[DEFAULT_DB_ALIAS]
    compiler.asked = (known.text.sql, known.text.parameters(values))
    found = known.rows.all()
    # Of this one query, which nobody can narrow any more: it is read here.
    found.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign] # it has its text
    return list(found)


def forget() -> None:
    """Compile anew what is asked for next: for measuring."""
    _texts.clear()
    _reads.clear()


def _key(rows: Callable[..., Any], shape: tuple[Hashable, ...], values: Mapping[str, Value]) -> Hashable:
    return rows, shape, frozenset(name for name, value in values.items() if value is not None)


def _compile(
    rows: Callable[..., QuerySet[Any, Any]], shape: tuple[Hashable, ...], values: Mapping[str, Value]
) -> _Text:
    """Compile with values that nobody else has, and find in the parameters where each of them went."""
    stand_ins = _stand_ins(values)
    try:
        text, parameters = rows(*shape, **stand_ins).query.sql_with_params()
    except EmptyResultSet:
        return _Text(_NONE, ())
    return _text(text, parameters, stand_ins)


def _prepare(
    rows: Callable[..., QuerySet[M, Any]], shape: tuple[Hashable, ...], values: Mapping[str, Value]
) -> _Read | None:
    stand_ins = _stand_ins(values)
    found = rows(*shape, **stand_ins)
    compiler = _Compiler(found.query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
    try:
        text, parameters = SQLCompiler.as_sql(compiler)
    except EmptyResultSet:
        return None
    return _Read(found, compiler, _text(text, parameters, stand_ins))


def _text(text: str, parameters: Sequence[Any], stand_ins: Mapping[str, Value]) -> _Text:
    places = {_hashable(value): _Asked(name) for name, value in stand_ins.items() if value is not None}
    return _Text(text, tuple(places.get(_hashable(parameter), parameter) for parameter in parameters))


def _hashable(parameter: Any) -> Hashable:
    return tuple(parameter) if isinstance(parameter, list) else parameter


def _stand_ins(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return for each value what no row has, whatever the clock says: some are compiled as of another time."""
    return {name: _stand_in(value, number) for number, (name, value) in enumerate(values.items())}


def _stand_in(value: Value, number: int) -> Value:
    key = UUID(int=_LAST.int - number)
    if value is None or isinstance(value, UUID):
        return key if value else None
    if isinstance(value, datetime):
        return _EARLY + timedelta(days=number)
    return f"instead of a value: {key}" if isinstance(value, str) else [key]
