"""A report as the API says it: what was kept, whether it is still that, and what can be made next."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.insights.serializers.published import PublishedTableShape
from backend.reports import queries
from backend.reports.drawing import PROOF
from backend.reports.inputs import EditionInput, MakeInput
from backend.reports.models import Report
from backend.reports.rules import Span, proof_of, spans
from backend.workflow.options import addition
from backend.workflow.serializers import OptionShape


class ReportRowShape(serializers.Serializer[Any]):
    """One edition in a list."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    edition = serializers.IntegerField()
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()


class NewReportShape(serializers.Serializer[Any]):
    """Where a report is made: the form."""

    id = serializers.CharField()
    options = OptionShape(many=True)


class ReportQuotationShape(serializers.Serializer[Any]):
    """What somebody said, in their words, under a theme, with what may be said of who it was."""

    about = serializers.CharField()
    text = serializers.CharField()
    beside = serializers.ListField(child=serializers.CharField())


class ReportSectionShape(serializers.Serializer[Any]):
    """One thing that is published, with what it finds and its tables."""

    id = serializers.CharField()
    title = serializers.CharField()
    finding = serializers.CharField()
    tables = PublishedTableShape(many=True)
    quotations = ReportQuotationShape(many=True)


class ReportDefinitionShape(serializers.Serializer[Any]):
    """What a word in the report means."""

    term = serializers.CharField()
    meaning = serializers.CharField()


class ReportChangeShape(serializers.Serializer[Any]):
    """A number that is another one than in the edition before; none where there were too few to show."""

    table = serializers.CharField()
    label = serializers.CharField()
    before = serializers.IntegerField(allow_null=True)
    now = serializers.IntegerField(allow_null=True)


class ReportShape(ReportRowShape):
    """All that an edition says, as it was kept."""

    kind = serializers.CharField()
    partnership = serializers.CharField()
    first_month = serializers.DateField(help_text="Its first day")
    last_month = serializers.DateField(help_text="Its first day")
    reason = serializers.CharField(allow_blank=True, help_text="Why there is another edition")
    threshold = serializers.IntegerField(help_text="Fewer are never shown")
    base = serializers.IntegerField(help_text="Every number is a multiple of this")
    sections = ReportSectionShape(many=True)
    definitions = ReportDefinitionShape(many=True)
    method = serializers.ListField(child=serializers.CharField())
    limits = serializers.ListField(child=serializers.CharField())
    changes = ReportChangeShape(many=True)
    sha256 = serializers.CharField()
    proof = serializers.CharField(help_text="What the sum is, in words")
    is_unchanged = serializers.BooleanField(help_text="Whether what is kept still has the sum it was kept with")
    editions = ReportRowShape(many=True)
    leads_to = serializers.CharField()
    options = OptionShape(many=True)


def report_rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return editions, as `queries.listed` reads them, in a list."""
    return [_row(one, one.title, one.made_by) for one in found]


def _row(report: Report, title: str, made_by: str) -> dict[str, Any]:
    return {"id": report.id, "title": title, "edition": report.edition, "made_by": made_by, "made_at": report.at}


def new_report() -> dict[str, Any]:
    """Return the form that makes a report, with the months that are over."""
    option = addition(
        "make_report",
        "Make a report",
        "It is made at once and kept for good. A report that is there already is opened as it was made.",
        "/api/v1/reports/",
        MakeInput,
    )
    periods = [{"value": code, "label": span.said, "hint": "", "group": ""} for code, span in spans().items()]
    option["input"] = [{**one, "choices": periods} if one["name"] == "period" else one for one in option["input"]]
    return {"id": "new", "options": [option]}


def report_data(actor: Actor, report: Report) -> dict[str, Any]:
    """Return an edition, with whether what is kept is still what was made."""
    content = report.content
    editions = queries.editions(actor, report.kind, Span(report.first_month, report.last_month))
    return {
        **_row(report, content["title"], content["made_by"]),
        **{name: content[name] for name in ("definitions", "method", "limits", "changes", "partnership")},
        "sections": [{"quotations": [], **section} for section in content["sections"]],
        **{name: content[name] for name in ("kind", "first_month", "last_month", "reason", "threshold", "base")},
        "sha256": report.sha256,
        "proof": PROOF,
        "is_unchanged": proof_of(content) == report.sha256,
        "editions": report_rows(queries.listed(editions)),
        "leads_to": f"/reports/{report.id}",
        "options": [
            addition(
                "make_edition",
                "Make a new edition",
                "Only where records were corrected since. Earlier editions stay as they are.",
                f"/api/v1/reports/{report.id}/make-edition/",
                EditionInput,
            )
        ],
    }
