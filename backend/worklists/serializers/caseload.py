"""The shape of a case in a caseload, and of what is found among them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.cases.serializers.representing import case_rows
from backend.cases.serializers.shapes import CaseRowShape
from backend.worklists.queries.caseload import VIEWS, Carried, Next
from backend.worklists.serializers.work import FindInput


class NextShape(serializers.Serializer[Any]):
    """What is due next in a case: at an instant, or on a day; `url` leads to where it is done."""

    label = serializers.CharField()
    url = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    is_late = serializers.BooleanField()


class CarriedCaseShape(CaseRowShape):
    """One case of a caseload."""

    coming = NextShape()


class FindCaseInput(FindInput):
    """What somebody types to find a case of a caseload again, and which caseload."""

    view = serializers.ChoiceField(choices=list(VIEWS))


class FoundCasesShape(serializers.Serializer[Any]):
    """What was found, due first at the top; `is_cut` says that more may be like it."""

    results = CarriedCaseShape(many=True)
    is_cut = serializers.BooleanField()


def carried_rows(actor: Actor, carried: Sequence[Carried]) -> list[dict[str, Any]]:
    """Return a page of a caseload as plain data, with three statements whatever its length."""
    rows = case_rows(actor, [one.case for one in carried])
    return [{**row, "coming": _next(one.next)} for row, one in zip(rows, carried, strict=True)]


def _next(coming: Next) -> dict[str, Any]:
    has_hour = isinstance(coming.due, datetime)
    return {
        "label": coming.label,
        "url": coming.path,
        "due_at": coming.due if has_hour else None,
        "due_on": None if has_hour else coming.due,
        "is_late": coming.is_late,
    }
