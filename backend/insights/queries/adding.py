"""Numbers of figures that add up: what each child adds on each day, and the figure again from their sum.

A count adds up, a mean by its sum and its number, and times and words by how often each was.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Aggregate, Avg, Count, DurationField, Func, Max, Model, Sum

from backend.access.actors import NOBODY
from backend.insights.queries.compiling import Statement, statement
from backend.insights.queries.figures import Figure, Said
from backend.insights.queries.flow import ALWAYS, Median, Percentile, Records
from backend.insights.queries.ways import Ways, may_count
from backend.insights.queries.whose import Counter, child_of, counter_for

Numbers = Mapping[str, int]
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Added:
    """What one child adds to one group of a figure on one day."""

    child_id: UUID
    figure: str
    group: str
    day: date
    numbers: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What sums are kept of, in one statement: records, and the day on which one counts.

    `columns` are the names under which it is kept, each with the column by which it is told apart, or nothing. A name
    may have a column in braces: that of a table which is read for one group of another.
    """

    figure: Figure
    columns: Mapping[str, str]
    day_of: Callable[[type[Model]], Any] | None


def added(kept: Kept, counter: Counter, ways: Ways, *, using: str) -> Iterator[Added]:
    """Yield what each of the counter's children adds to a figure, in one statement, or none where it can be nothing."""
    model, names, statement = _once(kept, using)
    if not may_count(model, ways):
        return
    for row in statement.rows(counter):
        numbers = Tally[str]()
        for name in names:
            numbers.update(_parts(name, row[name]))
        for name, column in kept.columns.items():
            yield Added(
                row["counted_of"], name.format_map(row), row[column] if column else "", row["counted_on"], numbers
            )


@cache
def _once(kept: Kept, using: str) -> tuple[type[Model], Sequence[str], Statement]:
    """Return what is asked of everybody: rows of which table, which numbers, and how."""
    found = statement(partial(asked, kept), using=using)
    return asked(kept, counter_for(NOBODY, (NOBODY,))).model, list(_numbers(kept.figure)), found


def asked(kept: Kept, counter: Counter) -> Records:
    """Return a row for each child, group and day with everything that is said of it."""
    records = kept.figure.of(counter, ALWAYS).order_by().select_related(None)
    day = kept.figure.day or (kept.day_of and kept.day_of(records.model))
    keys = ("counted_of", "counted_on", *filter(None, kept.columns.values()))
    known = records.annotate(counted_of=child_of(records.model), counted_on=day).filter(counted_of__isnull=False)
    rows = known.values(*keys)
    found: Records = rows.annotate(**_numbers(kept.figure))
    return found


def told(figure: Figure, sums: Numbers) -> Mapping[str, Any]:
    """Return the numbers of a figure from the sums of what its children add."""
    return {name: _value(name, aggregate, sums) for name, aggregate in figure.aggregates.items()}


def _numbers(figure: Figure) -> Mapping[str, Aggregate]:
    return {name: one for part, aggregate in figure.aggregates.items() for name, one in _sums(part, aggregate).items()}


def _sums(name: str, aggregate: Aggregate) -> Mapping[str, Aggregate]:
    if isinstance(aggregate, Avg):
        (source,) = aggregate.get_source_expressions()[:1]
        return {f"{name}_sum": Sum(source), f"{name}_of": Count(source)}
    if isinstance(aggregate, Percentile):
        times = Func(aggregate.of, function="app.as_told", output_field=DurationField())
        return {aggregate.of: ArrayAgg(times, filter=aggregate.filter)}
    if isinstance(aggregate, Median):
        return {aggregate.of: ArrayAgg(aggregate.of)}
    if isinstance(aggregate, Max):
        (word,) = aggregate.get_source_expressions()[:1]
        return {name: ArrayAgg(word)}
    if isinstance(aggregate, Count | Sum | Said):
        return {name: aggregate}
    raise TypeError(f"{name} does not add up: count it when it is asked for")


def _parts(name: str, value: Any) -> Mapping[str, int]:
    """Return a number under its name, and of times and words how often each was; nothing of none."""
    if isinstance(value, Mapping):
        return {f"{name}:{said}": often for said, often in value.items()}
    if isinstance(value, list):
        return Tally(f"{name}:{one // _SECOND if isinstance(one, timedelta) else one}" for one in value)
    return {name: int(value)} if value else {}


def _value(name: str, aggregate: Aggregate, sums: Numbers) -> Any:
    if isinstance(aggregate, Avg):
        of = sums.get(f"{name}_of", 0)
        return sums.get(f"{name}_sum", 0) / of if of else None
    if isinstance(aggregate, Percentile):
        return _percentile(aggregate, sums)
    if isinstance(aggregate, Median):
        return _median(aggregate, sums)
    if isinstance(aggregate, Max):
        return max(_often(name, sums), default=None)
    return _often(name, sums) if isinstance(aggregate, Said) else sums.get(name, 0)


def _often(name: str, sums: Numbers) -> Mapping[str, int]:
    """Return how often each time or word was."""
    beginning = f"{name}:"
    return {part.removeprefix(beginning): often for part, often in sums.items() if part.startswith(beginning)}


def _percentile(aggregate: Percentile, sums: Numbers) -> timedelta | None:
    """Return the time that the database returns of all of them (percentile_disc)."""
    often = {int(seconds): number for seconds, number in _often(aggregate.of, sums).items()}
    found = _at(often, max(1, ceil(aggregate.fraction * sum(often.values()))))
    return None if found is None else found * _SECOND


def _median(aggregate: Median, sums: Numbers) -> float | None:
    """Return the number that the database returns of all of them (percentile_cont)."""
    often = {int(count): number for count, number in _often(aggregate.of, sums).items()}
    whole = sum(often.values())
    below, above = _at(often, (whole + 1) // 2), _at(often, whole // 2 + 1)
    return None if below is None or above is None else (below + above) / 2


def _at(often: Mapping[int, int], place: int) -> int | None:
    """Return which number stands at a place when all are in their order."""
    up_to = 0
    for number in sorted(often):
        up_to += often[number]
        if up_to >= place:
            return number
    return None
