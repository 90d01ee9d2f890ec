"""Figures that the worker keeps counted (ADR 61): which they are, and how a page reads them."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from backend.access.actors import NOBODY, Actor
from backend.core import clock
from backend.insights.models import Counted
from backend.insights.queries import flow, outcomes, received, stays, trend, waits
from backend.insights.queries.adding import Kept, asked, told
from backend.insights.queries.figures import GROUP, Figure, in_order
from backend.insights.queries.flow import Period
from backend.insights.queries.published import last_months
from backend.insights.queries.whose import counter_for

_SUMS = 'SELECT figure, "group", part, number FROM app.figures_kept(%s, %s, %s)'
# Before all months that are shown.
_BEFORE = ""
_BY_MONTH = """SELECT m.code, f.part, f.number
  FROM unnest(%s::text[], %s::date[], %s::date[]) AS m (code, first_day, last_day)
  CROSS JOIN LATERAL app.figures_kept(%s, m.first_day, m.last_day) AS f"""
_WORD = re.compile(r"[\w.'-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """The figures of one page: those that are told as they are, and those that are told apart by their groups."""

    name: str
    day_of: Callable[[type[Model]], Any]
    figures: Mapping[str, Figure]
    split: Mapping[str, Figure]

    @property
    def kept(self) -> Mapping[str, Kept]:
        """Return what is kept, under names that no other page has."""
        told_apart = {code: Kept(figure, True, self.day_of) for code, figure in self.split.items()}
        as_they_are = {code: Kept(figure, False, self.day_of) for code, figure in self.figures.items()}
        return {f"{self.name}.{code}": one for code, one in {**as_they_are, **told_apart}.items()}


@dataclass(frozen=True, slots=True)
class Read:
    """The numbers of a page: of each figure, of the groups of those that are told apart, and as of when."""

    as_of: datetime
    numbers: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, Sequence[Mapping[str, Any]]]


BY_SERVICE = "by_service"
OUTCOMES = Page("outcomes", outcomes.closed_on, outcomes.FIGURES, {BY_SERVICE: outcomes.SERVICES})
CLOCKS = "clocks"
FLOW = Page("flow", flow.due_on, {}, {CLOCKS: Figure(flow.clocks, flow.OUTCOMES, ("due_at", "id"), flow.TIMES)})
SOURCES, LEFT = "sources", "left"
STANDING = Page("standing", received.counted_on, received.FIGURES, {SOURCES: received.SOURCES, LEFT: stays.STAYS})
SERVICES = "services"
WAITS = Page("waits", waits.recommended_on, waits.FIGURES, {SERVICES: waits.SERVICES})
PAGES: Sequence[Page] = (OUTCOMES, FLOW, STANDING, WAITS)
TREND = Page("trend", trend.moved_on, trend.MOVES, {})
KEPT: Mapping[str, Kept] = {name: kept for page in (*PAGES, TREND) for name, kept in page.kept.items()}


def read(page: Page, actor: Actor, period: Period) -> Read:
    """Return the numbers of a page as they are kept, in two statements; counted now where they are not kept yet."""
    as_of = _as_of()
    if as_of is None:
        numbers = {code: figure.counted(actor, period) for code, figure in page.figures.items()}
        groups = {code: figure.split(actor, period) for code, figure in page.split.items()}
        return Read(clock.now(), numbers, groups)
    sums = _sums(page, period)
    return Read(
        as_of,
        {code: told(figure, sums[code].get("", {})) for code, figure in page.figures.items()},
        {
            code: in_order({GROUP: group, **told(figure, numbers)} for group, numbers in sums[code].items())
            for code, figure in page.split.items()
        },
    )


def by_month() -> Sequence[trend.Month]:
    """Return how the work of an agency has grown or shrunk, as it is kept, in two statements; or counted now."""
    if _as_of() is None:
        return trend.by_month(trend.counted_now())
    days = {code: trend.days_of(code) for code in last_months()}
    first = min(since for since, _until in days.values())
    spans = [(_BEFORE, date(1900, 1, 1), first - timedelta(days=1)), *((code, *both) for code, both in days.items())]
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, [*(list(column) for column in zip(*spans, strict=True)), list(TREND.kept)])
        counted = {(month, part.removeprefix("part_")): number for month, part, number in cursor.fetchall()}
    return trend.by_month(counted)


def _as_of() -> datetime | None:
    """Return up to when everything that this version of the product keeps is counted, if it is."""
    standing = Counted.objects.filter(shape=shape(), as_of__isnull=False).first()
    return standing.as_of if standing else None


def _sums(page: Page, period: Period) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Return by figure, group and part what there is of the agency whose manager asks, who the database finds out."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [list(page.kept), period.first_day, period.last_day])
        for figure, group, part, number in cursor.fetchall():
            found[figure.removeprefix(f"{page.name}.")][group][part] = number
    return found


@cache
def shape() -> str:
    """Return what is counted, told short: every word of its statements, whatever the order of lists in them."""
    words = []
    counter = counter_for(NOBODY, (NOBODY,))
    for name, kept in sorted(KEPT.items()):
        text, parameters = asked(kept, counter).query.sql_with_params()
        codes = [str(one) for one in parameters if not isinstance(one, datetime)]
        words += [name, *sorted([*_WORD.findall(text), *codes])]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
