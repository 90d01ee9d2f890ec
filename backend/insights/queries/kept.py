"""Figures that the worker keeps counted (ADR 61): which they are, and how a page reads them."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Func, IntegerField, Model

from backend.access.actors import NOBODY, Actor
from backend.core import clock
from backend.insights.models import Counted
from backend.insights.queries import cuts, fairness, flow, outcomes, quality, received, stays, trend, waits, works
from backend.insights.queries.adding import Kept, asked, told
from backend.insights.queries.figures import GROUP, Figure, Said, in_order
from backend.insights.queries.flow import Period, code_of
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
    day_of: Callable[[type[Model]], Any] | None
    figures: Mapping[str, Figure]
    split: Mapping[str, Figure]

    @property
    def kept(self) -> Mapping[str, Kept]:
        """Return what is kept, under names that no other page has."""
        every = ((one, column) for one, column in ((self.figures, ""), (self.split, GROUP)))
        named = ((f"{self.name}.{code}", figure, column) for one, column in every for code, figure in one.items())
        return {name: Kept(figure, {name: column}, self.day_of) for name, figure, column in named}

    @property
    def names(self) -> list[str]:
        """Return the names under which its figures are kept."""
        return [f"{self.name}.{code}" for code in (*self.figures, *self.split)]


@dataclass(frozen=True, slots=True)
class Read:
    """The numbers of a page: of each figure, and of the groups of those that are told apart.

    Changes are counted up to `as_of`, but for those of the children who are set `aside`: so many could not be counted.
    """

    as_of: datetime
    aside: int
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
WORKS = Page("works", outcomes.closed_on, {}, works.FIGURES)
# A page for each way to group children; they are counted for all of them at once.
FAIRNESS: Mapping[str, Page] = {
    by: Page(f"fairness.{by}", received.counted_on, {}, {code: one.by(by) for code, one in fairness.COUNTINGS.items()})
    for by in fairness.GROUPINGS
}
QUALITY = Page("quality", received.counted_on, {quality.REFERRAL: quality.SENT}, {})
PAGES: Sequence[Page] = (OUTCOMES, FLOW, STANDING, WAITS, WORKS, QUALITY)
# What is so now, whatever the period.
STANDS = Page("now", None, {}, stays.STANDS)
HELPED = Page("helped", None, {quality.CHILD: quality.HELPED}, {})
PAGES_OF_NOW: Sequence[Page] = (STANDS, HELPED)
TREND = Page("trend", trend.moved_on, trend.MOVES, {})


def _every() -> Mapping[str, Kept]:
    """Return everything that is kept, each what one statement counts."""
    pages = (OUTCOMES, STANDING, WAITS, WORKS, QUALITY, *PAGES_OF_NOW, TREND)
    (clocks,) = FLOW.kept.values()
    every_cut = {f"cut.{by}.{{{GROUP}}}": cuts.column(by) for by in cuts.CUTS}
    told_apart = replace(clocks.figure, of=cuts.told_in_every_way)
    apart = {"flow": Kept(told_apart, {**clocks.columns, **every_cut}, flow.due_on)}
    compared = {
        f"fairness.{code}": Kept(
            one.by_each(), {f"{page.name}.{code}": fairness.column(by) for by, page in FAIRNESS.items()}, None
        )
        for code, one in fairness.COUNTINGS.items()
    }
    return {**{name: kept for page in pages for name, kept in page.kept.items()}, **apart, **compared}


KEPT: Mapping[str, Kept] = _every()


def read(page: Page, actor: Actor, period: Period) -> Read:
    """Return the numbers of a page as they are kept, in two statements; counted now where they are not kept yet."""
    standing = _standing()
    if standing is None:
        return counted(page, actor, period)
    sums = _sums(page, period)
    return Read(
        *standing,
        {code: told(figure, sums[code].get("", {})) for code, figure in page.figures.items()},
        {
            code: in_order({GROUP: group, **told(figure, numbers)} for group, numbers in sums[code].items())
            for code, figure in page.split.items()
        },
    )


def counted(page: Page, actor: Actor, period: Period) -> Read:
    """Return the numbers of a page as they are counted now, a statement each."""
    numbers = {code: figure.counted(actor, period) for code, figure in page.figures.items()}
    groups = {code: figure.split(actor, period) for code, figure in page.split.items()}
    return Read(clock.now(), 0, numbers, groups)


def cut(actor: Actor, period: Period, *, kind: str, is_urgent: bool, by: str) -> Read:
    """Return how long one kind of clock took, told apart as the agency's records say, whoever of it asks."""
    return read(cut_page(kind=kind, is_urgent=is_urgent, by=by), actor, period)


def cut_page(*, kind: str, is_urgent: bool, by: str) -> Page:
    """Return the one table of a kind of clock, told apart."""
    split = {code_of(kind, is_urgent=is_urgent): cuts.figure(kind=kind, is_urgent=is_urgent, by=by)}
    return Page(f"cut.{by}", flow.due_on, {}, split)


def by_month() -> Sequence[trend.Month]:
    """Return how the work of an agency has grown or shrunk, as it is kept, in two statements; or counted now."""
    if _standing() is None:
        return trend.by_month(trend.counted_now())
    days = {code: trend.days_of(code) for code in last_months()}
    first = min(since for since, _until in days.values())
    spans = [(_BEFORE, date(1900, 1, 1), first - timedelta(days=1)), *((code, *both) for code, both in days.items())]
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, [*(list(column) for column in zip(*spans, strict=True)), TREND.names])
        numbers = {(month, part.removeprefix("part_")): number for month, part, number in cursor.fetchall()}
    return trend.by_month(numbers)


def _standing() -> tuple[datetime, int] | None:
    """Return up to when everything that this version of the product keeps is counted, if it is, and who is aside."""
    aside = Func(function="app.figures_aside", output_field=IntegerField())
    return Counted.objects.filter(shape=shape(), as_of__isnull=False).values_list("as_of", aside).first()


def _sums(page: Page, period: Period) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Return by figure, group and part what there is of the agency whose manager asks, who the database finds out."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [page.names, period.first_day, period.last_day])
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
        said = [word for one in kept.figure.more.values() if isinstance(one, Said) for word in one.of]
        words += [name, *kept.columns, *said, *sorted([*_WORD.findall(text), *codes])]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
