"""Reports that are there, and in what one edition differs from the one before it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from backend.access.actors import Actor
from backend.core.errors import NotFound
from backend.reports.models import Report
from backend.reports.rules import Span

Content = Mapping[str, Any]


def visible_to(actor: Actor) -> QuerySet[Report]:
    """Return the reports of the actor's partnership; row security asks whether they read any."""
    return Report.objects.filter(partnership_id=actor.partnership_id)


def listed(found: QuerySet[Report]) -> QuerySet[Report]:
    """Return reports for a list: what they are called, and nothing more of what they say."""
    return found.defer("content").annotate(title=KT("content__title"), made_by=KT("content__made_by"))


def one(actor: Actor, report_id: UUID) -> Report:
    """Return a report, or raise NotFound."""
    found = visible_to(actor).filter(pk=report_id).first()
    if found is None:
        raise NotFound
    return found


def editions(actor: Actor, kind: str, span: Span) -> QuerySet[Report]:
    """Return the editions of one report, the latest first."""
    same = visible_to(actor).filter(kind=kind, first_month=span.first, last_month=span.last)
    return same.order_by("-edition")


def changes(before: Content, now: Content) -> list[dict[str, Any]]:
    """Return each number that is another one in a later edition; none where it was, or is, too few to show."""
    old, new = dict(_numbers(before)), dict(_numbers(now))
    found = [
        {"table": table, "label": label, "before": old.get((table, label)), "now": new.get((table, label))}
        for table, label in dict.fromkeys([*new, *old])
        if old.get((table, label)) != new.get((table, label))
    ]
    return [*found, *_requoted(before, now)]


def _requoted(before: Content, now: Content) -> Iterator[dict[str, Any]]:
    """Yield that other words are quoted, and how many: which they were, the edition before says to who reads it."""
    old, new = quoted(before), quoted(now)
    if old != new:
        yield {"table": "In their words", "label": "Words that are quoted", "before": len(old), "now": len(new)}


def quoted(content: Content) -> list[Any]:
    """Return the words that a report quotes; one that was made before there were any quotes none."""
    return [one for section in content["sections"] for one in section.get("quotations", [])]


def _numbers(content: Content) -> Iterator[tuple[tuple[str, str], int]]:
    for section in content["sections"]:
        for table in section["tables"]:
            for row in table["rows"]:
                yield (f"{section['title']}: {table['title']}", row["label"]), row["number"]
