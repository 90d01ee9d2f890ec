"""Makes reports: an edition is written once, and the same months asked for again are the report that is there."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.agencies.models import Partnership
from backend.core import clock
from backend.core.errors import Conflict
from backend.reports import queries
from backend.reports.content import content_of, moment_said
from backend.reports.models import Report
from backend.reports.rules import Span, proof_of


def make(actor: Actor, kind: str, span: Span, *, report_id: UUID) -> Report:
    """Return the latest edition of a report, or make the first one. Raises a Refusal."""
    policy.require(actor, Permission.FIGURES_SEE_PUBLISHED)
    return queries.editions(actor, kind, span).first() or _write(actor, kind, span, report_id)


def make_edition(actor: Actor, report_id: UUID, *, reason: str, edition_id: UUID) -> Report:
    """Make the next edition of a report from what is published now; earlier ones stay as they are. Raises a Refusal.

    Where no number would be another one there is nothing to correct, and nothing is made.
    """
    policy.require(actor, Permission.FIGURES_SEE_PUBLISHED)
    base = queries.one(actor, report_id)
    span = Span(base.first_month, base.last_month)
    latest = queries.editions(actor, base.kind, span)[0]
    return _write(actor, base.kind, span, edition_id, after=latest, reason=reason)


def _write(
    actor: Actor, kind: str, span: Span, report_id: UUID, *, after: Report | None = None, reason: str = ""
) -> Report:
    edition, at = after.edition + 1 if after else 1, clock.now()
    content = content_of(
        kind,
        span,
        edition=edition,
        reason=reason,
        partnership=Partnership.objects.values_list("name", flat=True).get(pk=actor.partnership_id),
        made_by=f"{actor.name}, {actor.agency_name}",
        made_at=moment_said(at),
    )
    if after:
        content["changes"] = _changes(after, content)
    report = Report(
        id=report_id,
        partnership_id=actor.partnership_id,
        kind=kind,
        first_month=span.first,
        last_month=span.last,
        edition=edition,
        reason=reason,
        by_id=actor.user_id,
        by_name=actor.name,
        at=at,
        content=content,
        sha256=proof_of(content),
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as error:
        sentence = "Somebody else has made this report in the same moment. Open it from the list of reports."
        raise Conflict(sentence, code="already_open") from error
    return report


def _changes(after: Report, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is different from the edition before; raise Conflict where nothing is."""
    found = queries.changes(after.content, content)
    if not found:
        raise Conflict(
            f"We could not make edition {after.edition + 1}, because every figure would be the same as in edition "
            f"{after.edition}: there is nothing to correct.",
            code="not_ready",
        )
    return found
