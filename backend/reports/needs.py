"""What a needs assessment says of the referrals that were received: from where, about what, and what became of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend.core import vocabulary
from backend.insights.codes import dimensions, factors
from backend.insights.disclosure import Published
from backend.insights.queries.tables import NUMBERS_OF, Table, marks_table, months_table, table_of
from backend.reports.rules import Span

Section = dict[str, Any]
_REFERRALS = NUMBERS_OF["referrals"]
# Which dimensions stand in which section, in this order.
_RECEIVED, _GROUPS = ("source", "decision"), ("age", "sex", "ethnicity", "needs")
_POLARITIES = {"risk": "Risks that were named", "protective": "Strengths that were named"}


def needs_sections(report: Published, published: Sequence[str], span: Span) -> Iterator[Section]:
    """Yield the sections; `published` are the months of the span that have been published so far."""
    months = [months_table(report, span.months, _REFERRALS)]
    yield _section(
        "received", "Referrals received", _finding(report, published, span), [*months, *_cut(report, _RECEIVED)]
    )
    if report.total:
        yield _section("place", "Where the children live", _by_place(report), [_wards(report)])
        tables = [marks_table(report, code, title, _factors(code)) for code, title in _POLARITIES.items()]
        yield _section("causes", "What was named as cause for worry, and what helps", _CAUSES, tables)
        yield _section("groups", "Who the children are", _GROUPS_SAID, list(_cut(report, _GROUPS)))


def _section(code: str, title: str, finding: str, tables: list[Table]) -> Section:
    return {"id": code, "title": title, "finding": finding, "tables": tables}


def _finding(report: Published, published: Sequence[str], span: Span) -> str:
    late = not_published(published, span)
    if not report.total:
        return f"Too few referrals received from {span.said} to show any number.{late}"
    return f"About {report.total} referrals were received from {span.said}.{late}"


def _cut(report: Published, names: Sequence[str]) -> Iterator[Table]:
    for name in names:
        one = dimensions()[name]
        yield table_of(report, name, one.label, list(one.codes), one.codes.get, _REFERRALS)


def not_published(published: Sequence[str], span: Span) -> str:
    """Return what is said of the months of a span that are not published yet; nothing where all are."""
    missing = len(span.months) - len(published)
    return f" {missing} of {len(span.months)} months are not published yet and not in it." if missing else ""


def _by_place(report: Published) -> str:
    placed = [number for (code,), number in report.by("ward").items() if code in vocabulary.get("wards")]
    wards = len(vocabulary.get("wards").codes)
    return f"{len(placed)} of {wards} wards have a number that can be shown, together about {sum(placed)} referrals."


def _wards(report: Published) -> Table:
    """Return the wards, those with most referrals first."""
    one, numbers = dimensions()["ward"], report.by("ward")
    codes = sorted(one.codes, key=lambda code: -numbers.get((code,), 0))
    return table_of(report, "ward", one.label, codes, one.codes.get, _REFERRALS)


def _factors(polarity: str) -> Mapping[str, str]:
    terms = vocabulary.get("factors").terms
    return {code: label for code, label in factors().items() if terms[code].more["polarity"] == polarity}


_CAUSES = "A referral may name several, so these are shares of all referrals and do not add up to them."
_GROUPS_SAID = "As the referrals describe the children: nobody else was asked."
