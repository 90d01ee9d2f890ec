"""What is due, by which schedule, and what keeps it, as the API says it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.core import vocabulary
from backend.retention import queries
from backend.retention.models import Due, DueChild


def due_rows(page: Sequence[DueChild]) -> list[dict[str, Any]]:
    """Return a page of children that are due, with what keeps each, in one statement whatever its length."""
    kept = queries.kept_by([one.id for one in page])
    return [
        {
            "id": one.id,
            "references": one.references,
            "due_on": one.due_on,
            "schedule": one.schedule,
            "obstacles": obstacles(kept.get(one.id, [])),
        }
        for one in page
    ]


def record_rows(page: Sequence[Due]) -> list[dict[str, Any]]:
    """Return a page of ended records with the day on which each becomes due."""
    today = queries.today()
    return [
        {
            "id": one.id,
            "reference": one.reference,
            "record": vocabulary.get("retention_records").label(one.record),
            "ended_on": one.ended_on,
            "starts_from": vocabulary.get("retention_starts").label(one.starts_from),
            "starts_on": one.starts_on,
            "due_on": one.due_on,
            "is_due": one.due_on is not None and one.due_on <= today,
            "schedule": one.schedule,
        }
        for one in page
    ]


def schedule_data(actor: Actor) -> dict[str, Any]:
    """Return the schedule in force, in words."""
    version = queries.schedule(actor.partnership_id)
    return {
        "partnership": queries.partnership_name(actor.partnership_id),
        "number": version.number if version else None,
        "note": version.note if version else "",
        "rules": [_rule(entry) for entry in (version.entries if version else [])],
    }


def _rule(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "record": vocabulary.get("retention_records").label(entry["record"]),
        "starts_from": vocabulary.get("retention_starts").label(entry["starts_from"]),
        "years": entry["years"],
        "action": vocabulary.get("retention_actions").label(entry["action"]),
        "source": entry["source"],
    }


def kept_data(root_id: UUID, kept: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return what keeps a record."""
    words = vocabulary.get("retention_hold_reasons")
    return {"id": root_id, "kept": [{"reason": words.label(code), "since": since} for code, since in kept]}


def obstacles(codes: Sequence[str]) -> list[dict[str, str]]:
    """Return what keeps a child, in words."""
    words = vocabulary.get("retention_obstacles")
    return [{"code": code, "label": words.label(code)} for code in codes]
