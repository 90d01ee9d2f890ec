"""What needs a manager's attention, one kind at a time."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.administration.queries.exceptions import KINDS
from backend.administration.serializers.exception_rows import rows
from backend.core.api.serializers import StrictSerializer
from backend.exports.lists.listing import Asked, Listing, Row


class AttentionAsked(StrictSerializer):
    """Which kind."""

    kind = serializers.ChoiceField(choices=list(KINDS))


def _find(actor: Actor, asked: Asked) -> QuerySet[Any]:
    return KINDS[asked["kind"]].find(actor)


def _cells(asked: Asked, found: Sequence[Any]) -> Sequence[Row]:
    return [(one["reference"], one["title"], one["since"], one["due_at"]) for one in rows(asked["kind"], found)]


ATTENTION = Listing(
    code="attention",
    label="Needs attention",
    permission=Permission.EXCEPTIONS_SEE,
    columns=("Reference", "What", "Since", "Due"),
    asked=AttentionAsked,
    find=_find,
    cells=_cells,
    title=lambda asked: KINDS[asked["kind"]].label,
)
