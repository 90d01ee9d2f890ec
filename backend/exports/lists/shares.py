"""What was shared with whom across the partnership, for who governs its information: the ledger, never a word of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.exports.lists.listing import Asked, Row, Told
from backend.oversight.queries.shares import BASES, Share, Wanted, month_of, shares
from backend.oversight.serializers.shares import shares_data
from backend.workflow.fields import CHOOSE

_WRONG = "Give a month like 2026-11."
_SAID = (
    *("at", "what", "from_agency", "to_agency", "purpose", "article6_label", "condition_label", "power_label", "by"),
    *("state", "expires_on", "withdrawn_at", "renewed_at"),
)


class SharesAsked(StrictSerializer):
    """What the page narrows by; the shares about one child are no list."""

    agency = serializers.UUIDField(required=False)
    basis = serializers.ChoiceField(
        choices=vocabulary.get(BASES).codes, error_messages={"invalid_choice": CHOOSE}, default=""
    )
    month = serializers.CharField(max_length=7, default="")

    def validate_month(self, value: str) -> str:
        """It is a month."""
        if value and month_of(value) is None:
            raise serializers.ValidationError(_WRONG)
        return value


def _tell(_actor: Actor, asked: Asked, most: int, only: Sequence[UUID] | None) -> Sequence[Share]:
    since, until = _span(asked)
    wanted = Wanted(None, asked.get("agency"), asked["basis"], since, until)
    return shares(wanted, None, most=most, only=only)


def _span(asked: Asked) -> tuple[datetime | None, datetime | None]:
    found = month_of(asked["month"]) if asked["month"] else None
    return found or (None, None)


def _cells(_asked: Asked, found: Sequence[Any]) -> Sequence[Row]:
    return [(", ".join(line["records"]), *(line[name] for name in _SAID)) for line in shares_data(found)]


def _title(asked: Asked) -> str:
    since, _until = _span(asked)
    words = [vocabulary.get(BASES).label(asked["basis"]), f"{since:%B %Y}" if since else ""]
    return ", ".join(["one agency"] * ("agency" in asked) + [word for word in words if word])


SHARES = Told(
    code="shares",
    label="What was shared with whom",
    permission=Permission.DISCLOSURE_ACROSS,
    columns=(
        *("Records", "When", "What", "From", "To", "Purpose", "UK GDPR basis", "Condition", "Power", "By", "State"),
        *("Last day", "Consent taken back", "Carried on by a later share"),
    ),
    asked=SharesAsked,
    tell=_tell,
    cells=_cells,
    title=_title,
)
