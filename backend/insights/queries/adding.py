"""Numbers of figures that add up: what each child adds on each day, and the figure again from their sum.

A count adds up, a mean by its sum and its number, and times and words by how often each was.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Aggregate, Avg, Count, DurationField, Func, Max, Model, Sum

from backend.insights.queries.figures import GROUP, Figure
from backend.insights.queries.flow import Percentile, Period, Records
from backend.insights.queries.whose import Counter, child_of

Numbers = Mapping[str, int]
_SECOND = timedelta(seconds=1)


class _Always(Period):
    """Every day that there is: a number that is kept belongs to its own day."""

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return instants before the first and after the last."""
        return datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


_ALWAYS = _Always("always", "Always", 0)


@dataclass(frozen=True, slots=True)
class Added:
    """What one child adds to one group of a figure on one day."""

    child_id: UUID
    group: str
    day: date
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure of which sums are kept: told apart by its groups or not, and the day on which a record of it counts."""

    figure: Figure
    is_split: bool
    day_of: Callable[[type[Model]], Any]


def added(kept: Kept, counter: Counter, *, using: str) -> Iterator[Added]:
    """Yield what each of the counter's children adds to a figure, in one statement."""
    names = _numbers(kept.figure)
    for row in asked(kept, counter).using(using):
        numbers = Tally[str]()
        for name in names:
            numbers.update(_parts(name, row[name]))
        yield Added(row["counted_of"], row.get(GROUP, ""), row["counted_on"], numbers)


def asked(kept: Kept, counter: Counter) -> Records:
    """Return a row for each child, group and day with everything that is said of it."""
    records = kept.figure.of(counter, _ALWAYS).order_by().select_related(None)
    day = kept.figure.day or kept.day_of(records.model)
    keys = ("counted_of", "counted_on", *([GROUP] if kept.is_split else ()))
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
    if isinstance(aggregate, Max):
        (word,) = aggregate.get_source_expressions()[:1]
        return {name: ArrayAgg(word)}
    if isinstance(aggregate, Count):
        return {name: aggregate}
    raise TypeError(f"{name} does not add up: count it when it is asked for")


def _parts(name: str, value: Any) -> Mapping[str, int]:
    """Return a number under its name, and of times and words how often each was; nothing of none."""
    if isinstance(value, list):
        return Tally(f"{name}:{one // _SECOND if isinstance(one, timedelta) else one}" for one in value)
    return {name: int(value)} if value else {}


def _value(name: str, aggregate: Aggregate, sums: Numbers) -> Any:
    if isinstance(aggregate, Avg):
        of = sums.get(f"{name}_of", 0)
        return sums.get(f"{name}_sum", 0) / of if of else None
    if isinstance(aggregate, Percentile):
        return _percentile(aggregate, sums)
    if isinstance(aggregate, Max):
        return max(_often(name, sums), default=None)
    return sums.get(name, 0)


def _often(name: str, sums: Numbers) -> Mapping[str, int]:
    """Return how often each time or word was."""
    beginning = f"{name}:"
    return {part.removeprefix(beginning): often for part, often in sums.items() if part.startswith(beginning)}


def _percentile(aggregate: Percentile, sums: Numbers) -> timedelta | None:
    """Return the time that the database returns of all of them (percentile_disc)."""
    often = {int(seconds): number for seconds, number in _often(aggregate.of, sums).items()}
    up_to, wanted = 0, max(1, ceil(aggregate.fraction * sum(often.values())))
    for seconds in sorted(often):
        up_to += often[seconds]
        if up_to >= wanted:
            return seconds * _SECOND
    return None
