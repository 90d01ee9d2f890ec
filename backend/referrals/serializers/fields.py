"""Input fields that only referrals have: a child to match, and choices among the record's own parts."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.referrals.rules.facts import NEW_CHILD
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import CHOOSE, CodeField

# Choices that depend on the record; the page that shows the form fills them in and calls them what a screen can draw.
DRAWN_AS = {
    "receiver": "agency",
    "lead_agency": "agency",
    "asked_agency": "agency",
    "link_target": "choice",
    "decision": "choice",
    "challenged_decision": "choice",
    "person_around": "choice",
}


@extend_schema_field({"type": "string", "description": "“new” or the id of a likely child"})
class ChildMatchField(serializers.Field[Any, Any, Any, Any]):
    """Who the child is: `new`, or one of the likely children by id. Nothing is ever preselected."""

    default_error_messages = {"invalid": CHOOSE, "required": CHOOSE, "null": CHOOSE}

    def to_internal_value(self, data: Any) -> str | UUID:
        """Return `new` or the id; raise ValidationError for anything else."""
        if data == NEW_CHILD:
            return NEW_CHILD
        try:
            return UUID(data)
        except (ValueError, TypeError, AttributeError):
            self.fail("invalid")

    def to_representation(self, value: Any) -> str:
        """Return the match as text."""
        return str(value)


def child_match(label: str, *, hint: str) -> ChildMatchField:
    """Return the question which child this is."""
    return ChildMatchField(label=label, help_text=hint, style={"kind": "child_match"})


def outcome_text() -> serializers.CharField:
    """Return the text that the referrer reads, the same on every edge that decides."""
    return fields.long_text(
        "What will the referrer read?",
        hint="In plain words, without anything about the family that they did not tell us themselves",
    )


def share(name: str, label: str, *, hint: str = "") -> CodeField:
    """Return one of the three answers that every share of personal data needs."""
    return fields.code(name, label, hint=hint)


def service(label: str, *, hint: str = "") -> serializers.UUIDField:
    """Return a service of the directory; the page offers those that may help this child."""
    return fields.chosen_id("service", label, hint=hint, required=False)


_SHARE = ("article6", "condition", "power", "ends_on")


class ShareInput(fields.EdgeInput):
    """An input that shares something with another agency: what is shared, then the three answers each share needs."""

    article6 = share("share_basis_article6", "Which UK GDPR basis do you share on?")
    condition = share("share_conditions", "Which condition for sensitive information?")
    power = share("share_powers", "Which legal power do you share under?")
    ends_on = sharing.ends_on()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the fields with the basis last: people know first what they want to say, then why they may."""
        found = super().get_fields()
        return {name: found[name] for name in sorted(found, key=_SHARE.__contains__)}
