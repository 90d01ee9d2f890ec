"""The list of closed cases: what it is narrowed by, and how each of them ended."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.cases.rules import not_referred_again
from backend.cases.serializers.representing import case_rows
from backend.cases.serializers.shapes import CaseRowShape
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields
from backend.workflow.serializers import DescriptorShape

# What the list is for. Anything else that may be done with a closed case, and may be heavy to read, is on its page.
_BEGINS_AGAIN = ("reopen",)


class ClosedFilterInput(StrictSerializer):
    """What the list is narrowed by. A name is looked for under “Find a record”: it would stand in the address here."""

    reference = fields.text("Reference", hint="For example, C-7KQ-MXDA4", required=False, max_length=20)
    reason = fields.code("closing_reasons", "Why it closed", required=False)
    since = fields.date("Closed on or after", required=False)
    until = fields.date("Closed on or before", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Two days in the wrong order find nothing, and nobody would know why."""
        if attrs["since"] and attrs["until"] and attrs["until"] < attrs["since"]:
            raise serializers.ValidationError({"until": ["Choose a day that is not before the first one."]})
        return attrs


class ClosedFiltersShape(serializers.Serializer[Any]):
    """The filters as the fields of a form."""

    fields = DescriptorShape(many=True)


class ClosedCaseRowShape(CaseRowShape):
    """One closed case in the list, with what may be done with it now."""

    closed_at = serializers.DateTimeField()
    closing_reason_label = serializers.CharField(allow_blank=True)
    may_refer_again = serializers.BooleanField()


def closed_rows(actor: Actor, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return a page of closed cases, with three statements whatever its length."""
    reasons, may_refer = vocabulary.get("closing_reasons"), policy.holds(actor, Permission.REFERRAL_CREATE)
    return [
        {
            **row,
            "options": [option for option in row["options"] if option["name"] in _BEGINS_AGAIN],
            "closed_at": case.closed_at,
            "closing_reason_label": reasons.label(case.closing_reason),
            "may_refer_again": may_refer and not not_referred_again(case),
        }
        for case, row in zip(cases, case_rows(actor, cases), strict=True)
    ]
