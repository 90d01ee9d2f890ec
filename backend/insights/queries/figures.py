"""What a figure is: a set of records and parts of it, so that a number and its list are the same query."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import CharField, Count, Q, Value
from django.db.models.functions import Coalesce, NullIf

from backend.access.actors import Actor
from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.insights.queries.flow import Period, Records

WHOLE, GROUP = "whole", "group"


class Said(JSONBAgg):
    """How often each thing is said by some answers, of which more is asked than the database can tell at once.

    `of` is what that depends on, in words: where they change, everything is counted anew.
    """

    def __init__(
        self, expression: str, *, says: Callable[[Any], Iterable[str]], of: Sequence[str], **extra: Any
    ) -> None:
        super().__init__(expression, **extra)
        self.says, self.of = says, of

    def get_db_converters(self, connection: Any) -> list[Any]:
        """Return the numbers in the place of the answers."""
        return [*super().get_db_converters(connection), self._counted]

    def _counted(self, found: Any, _expression: Any, _connection: Any) -> Mapping[str, int]:
        return Tally(said for answers in found or () for said in self.says(answers))


@dataclass(frozen=True, slots=True)
class Figure:
    """A set of records, the parts that are counted in it, and in what order it is listed.

    One that is split has a column `group`, with a whole and parts of its own for each code. The `day` on which a
    record counts is said where it is not that of all figures beside it.
    """

    of: Callable[[Actor, Period], Records]
    parts: Mapping[str, Q]
    order: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)
    day: Any = None

    def counted(self, actor: Actor, period: Period) -> Mapping[str, Any]:
        """Return how many there are, how many of each part, and what else is said of them, in one statement."""
        found: Mapping[str, Any] = self.of(actor, period).aggregate(**self.aggregates)
        return found

    def split(self, actor: Actor, period: Period) -> Sequence[Mapping[str, Any]]:
        """Return the same for each group, the largest first and what is not known at the end, in one statement."""
        grouped = self.of(actor, period).order_by().select_related(None).values(GROUP)
        return in_order(grouped.annotate(**self.aggregates))

    def behind(self, actor: Actor, period: Period, part: str, group: str = "") -> Records:
        """Return the very records that one number counts; the whole where no part is named."""
        found = self.of(actor, period)
        if group:
            found = found.filter(group=group)
        return (found.filter(self.parts[part]) if part else found).order_by(*self.order)

    @property
    def aggregates(self) -> Mapping[str, Any]:
        """Return everything that is said of a set of its records, by name."""
        parts = {f"part_{code}": Count("id", filter=chosen or None) for code, chosen in self.parts.items()}
        return {WHOLE: Count("id"), **parts, **self.more}


def in_order(groups: Iterable[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return groups with the largest first and what is not known at the end."""
    return sorted(groups, key=lambda row: (row[GROUP] == NOT_KNOWN, -row[WHOLE], row[GROUP]))


def by_code(name: str, column: str) -> dict[str, Q]:
    """Return a part for each code of a vocabulary."""
    return {code: Q(**{column: code}) for code in vocabulary.get(name).codes}


def known(code: Any) -> Coalesce:
    """Return a code as a group, also where there is none."""
    return Coalesce(NullIf(code, Value("")), Value(NOT_KNOWN), output_field=CharField())
