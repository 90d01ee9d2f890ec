"""What the worker asks of each agency and child, turned into SQL once: building it takes longer than its answer.

As access/compiled.py does for what every read is narrowed by. Of one counter and another, only the agency, the children
and the moment differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections

from backend.core import clock
from backend.core.ids import uuid7
from backend.insights.queries.flow import Records
from backend.insights.queries.whose import Counter, counter_for

# No other value of a statement is of this moment.
_MOMENT = datetime(1800, 1, 1, tzinfo=UTC)
_AGENCY, _CHILDREN, _NOW = "agency", "children", "now"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where a value of the next asking goes."""

    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A queryset of rows by name, with a gap for whoever counts."""

    text: str
    places: Sequence[Any]
    names: Sequence[str]
    compiler: Any
    converters: Mapping[int, Any]
    using: str

    def parameters(self, counter: Counter) -> Sequence[Any]:
        """Return what is asked in the name of a counter, now."""
        values = {_AGENCY: counter.agency_id, _CHILDREN: list(counter.children), _NOW: clock.now()}
        return [values[one.name] if isinstance(one, _Asked) else one for one in self.places]

    def rows(self, counter: Counter) -> Iterator[Mapping[str, Any]]:
        """Yield the rows."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.text, self.parameters(counter))
            found = cursor.fetchall()
        for row in self.compiler.apply_converters(found, self.converters):
            yield dict(zip(self.names, row, strict=True))


def statement(rows: Callable[[Counter], Records], *, using: str) -> Statement:
    """Compile what is asked in the name of somebody whom nobody else is, and find where each of their values went."""
    counter = counter_for(uuid7(), (uuid7(),))
    with clock.at(_MOMENT):
        query = rows(counter).query
        compiler = query.get_compiler(using)
        text, parameters = compiler.as_sql()
    return Statement(
        text,
        [_place(one, counter) for one in parameters],
        list(query.selected or ()),
        compiler,
        compiler.get_converters(column for column, _sql, _alias in compiler.select),
        using,
    )


def _place(parameter: Any, counter: Counter) -> Any:
    if isinstance(parameter, list):
        return _Asked(_CHILDREN) if parameter == list(counter.children) else parameter
    if parameter == counter.agency_id:
        return _Asked(_AGENCY)
    return _Asked(_NOW) if parameter == _MOMENT else parameter
