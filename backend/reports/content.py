"""What a report says: sections of published figures, and how they were counted, in words that stay with them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from backend.core import vocabulary
from backend.insights.disclosure import RULE, Published
from backend.insights.queries.published import CLOSINGS, REFERRALS, SAYINGS, published_of
from backend.insights.queries.tables import THEMES, closings_tables, months_table, reasons_table
from backend.insights.queries.voice import words_released
from backend.reports.needs import needs_sections, not_published
from backend.reports.rules import Span
from backend.reports.voice import TITLE, voice_sections

Section = dict[str, Any]
KINDS = "report_kinds"


def content_of(kind: str, span: Span, **made: Any) -> dict[str, Any]:
    """Return all that a report says; `made` is by whom, when, for whom, as which edition and why."""
    label, counted = vocabulary.get(KINDS).label(kind), Counted(span)
    return {
        "kind": kind,
        "kind_label": label,
        "title": f"{label}, {span.said}",
        "period": span.said,
        "first_month": f"{span.first}",
        "last_month": f"{span.last}",
        "threshold": RULE.threshold,
        "base": RULE.base,
        "sections": [section for sections in _SECTIONS[kind] for section in sections(counted)],
        "definitions": [{"term": term, "meaning": meaning} for term, meaning in _DEFINITIONS],
        "method": list(_METHOD),
        "limits": list(_LIMITS),
        "changes": [],
        **made,
    }


def moment_said(moment: datetime) -> str:
    """Return a moment as a report keeps it."""
    return moment.isoformat(timespec="seconds")


@dataclass(frozen=True)
class Counted:
    """What is published of the months of a report, each thing counted once however many sections tell of it."""

    span: Span

    @cached_property
    def closings(self) -> tuple[Published, list[str]]:
        """Return the ends of cases, and which of the months have been published."""
        return published_of(CLOSINGS, self.span.months)

    @cached_property
    def referrals(self) -> tuple[Published, list[str]]:
        """Return the referrals that were received, and which of the months have been published."""
        return published_of(REFERRALS, self.span.months)

    @cached_property
    def sayings(self) -> tuple[Published, list[str]]:
        """Return what people said, and which of the months have been published."""
        return published_of(SAYINGS, self.span.months)


def _referrals(counted: Counted) -> Iterator[Section]:
    report, months = counted.referrals
    yield from needs_sections(report, months, counted.span)


def _voice(counted: Counted) -> Iterator[Section]:
    report, months = counted.sayings
    yield from voice_sections(report, months, words_released(), counted.span)


def _closings(counted: Counted) -> Iterator[Section]:
    (report, months), said = counted.closings, counted.span.said
    finding = (
        f"About {report.total} cases closed from {said}."
        if report.total
        else f"Too few cases closed from {said} to show any number."
    ) + not_published(months, counted.span)
    tables = closings_tables(report, counted.span.months)
    yield {"id": "closings", "title": "How cases ended", "finding": finding, "tables": tables}


def _boards(counted: Counted) -> Iterator[Section]:
    everything, _months = counted.closings
    for theme in vocabulary.get(THEMES):
        report = everything.where(theme=[theme.code])
        finding = (
            f"About {report.total} of {everything.total} cases that closed were of this theme."
            if report.total
            else "Too few cases of this theme closed to show any number."
        )
        tables = [reasons_table(report), months_table(report, counted.span.months)] if report.total else []
        yield {"id": theme.code, "title": f"Theme: {theme.label}", "finding": finding, "tables": tables}


# What stands in which kind of report, in this order: another thing that is published is another line.
_SECTIONS: Mapping[str, tuple[Callable[[Counted], Iterator[Section]], ...]] = {
    "needs_assessment": (_referrals, _voice, _closings),
    "funder_return": (_closings, _boards),
}
_DEFINITIONS = (
    (
        "A referral received",
        (
            "A referral that was sent and not entered in error, in the month in which it was sent, as it stood a "
            "fortnight after that month: what was decided later is not in it. Children whose record is sealed are not "
            "counted."
        ),
    ),
    ("Ward", "The ward in which the child lives, as the record gave it when the month was published."),
    ("A risk or a strength that was named", "A factor that whoever referred chose; nobody adds them up to a score."),
    (
        "A case that closed",
        (
            "A case that closed, in the month of the day on which it did, as it stood a fortnight after that month. "
            "One that was opened again later still counts there, and once more when it closes again. Cases that were "
            "joined to another case of the same child, and cases of children whose record is sealed, are not counted."
        ),
    ),
    ("Why it closed", "The one reason that whoever closed the case chose from the list of the partnership."),
    ("Theme", "The theme of one of the partnership’s boards, as it was chosen when the referral was decided."),
    ("Agency that led", "The agency that led the case on the day on which it closed."),
    (
        TITLE,
        (
            "What children, parents and others said to somebody who works here, written down without a name and tied "
            "to no record. Words are quoted only where whoever said them agreed, a second person released them, and "
            "enough people said something of the same theme."
        ),
    ),
    ("About how many", f"A multiple of {RULE.base}, and never below {RULE.threshold}."),
    ("Share", "In per cent of the total of its table, without decimals; given where the total is 25 or more."),
    ("Too few to show", f"None, or fewer than can be shown: which of the two is not said. The least is {RULE.least}."),
)
_METHOD = (
    "The figures are counted from the records of all agencies of the partnership. Whole months only.",
    (
        "They are published once in their finest cells: ends of cases by month, theme, agency and reason; referrals by "
        "month, ward, theme, source, decision, age, sex, ethnicity and special needs, with their factors; what people "
        "said by month, ward, who spoke and what it is about, with its themes. Each cell is "
        f"none, or a multiple of {RULE.base} not below {RULE.threshold}, so that no number tells of one child. Every "
        "table, total and share in this report is a sum of the same published cells and of nothing else. So totals "
        "agree everywhere, and nothing that is hidden can be worked out by subtracting."
    ),
    (
        "The published figures are kept with this report. It says the same next year, whatever is corrected in the "
        "records meanwhile. A correction that matters makes a new edition, which says why and what is different."
    ),
)
_LIMITS = (
    (
        "Numbers are only about right: each total may be off by some. Small differences between months, agencies or "
        "reasons may be due to rounding."
    ),
    (
        "Only children who were referred are counted. The figures say what was recorded, not how much need there is "
        "in places and families that nobody referred."
    ),
    "Whom nobody listened to, and who did not want to speak, is not among those who said something.",
    "That more cases ended one way than another does not show that the help was the cause.",
)
