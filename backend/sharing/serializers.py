"""The three questions that come before each share, the same on every form, and the ledger of what was shared."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.deadlines.kinds import KINDS
from backend.sharing.models import Disclosure
from backend.sharing.rules import CLOCK, CONSENT, has_run_out
from backend.workflow import fields
from backend.workflow.fields import CodeField, EdgeInput


class DisclosureShape(serializers.Serializer[Any]):
    """One share: what, from whom to whom, why, by whom, and its three answers."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    what = serializers.CharField()
    from_agency = serializers.CharField()
    to_agency = serializers.CharField()
    purpose = serializers.CharField()
    by = serializers.CharField()
    article6_label = serializers.CharField()
    condition_label = serializers.CharField()
    power_label = serializers.CharField()
    root_id = serializers.UUIDField()
    rests_on_consent = serializers.BooleanField()
    expires_on = serializers.DateField(allow_null=True)
    has_run_out = serializers.BooleanField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = serializers.CharField(allow_blank=True)


class WithdrawSharingInput(EdgeInput):
    """A consent on which something was shared was taken back: whose, and what they said."""

    disclosure = fields.chosen_id("record", "Which share is this about?")
    said_by = fields.text("Who took their consent back?", hint="Who they are to the child")
    reason = fields.long_text("What did they say?")


def disclosure_rows(shares: Iterable[Disclosure]) -> list[dict[str, Any]]:
    """Return a page of the ledger."""
    article6s, conditions = vocabulary.get("share_basis_article6"), vocabulary.get("share_conditions")
    powers, purposes = vocabulary.get("share_powers"), vocabulary.get("request_purposes")
    return [
        {
            "id": one.id,
            "at": one.at,
            "what": one.what,
            "from_agency": one.from_agency.name,
            "to_agency": one.to_agency.name if one.to_agency else one.to_outside,
            "purpose": purposes.label(one.purpose),
            "by": one.by_name,
            "article6_label": article6s.label(one.article6),
            "condition_label": conditions.label(one.condition),
            "power_label": powers.label(one.power),
            "root_id": one.root_id,
            "rests_on_consent": one.article6 == CONSENT,
            "expires_on": one.expires_on,
            "has_run_out": has_run_out(one.expires_on),
            # Annotated by queries.ledger.
            "withdrawn_at": getattr(one, "withdrawn_at", None),
            "withdrawn_by": getattr(one, "withdrawn_by", None) or "",
        }
        for one in shares
    ]


def article6(*, required: bool = True) -> CodeField:
    """Ask for the UK GDPR Article 6 basis."""
    return _share("share_basis_article6", "Which UK GDPR basis do you share on?", required)


def condition(*, required: bool = True) -> CodeField:
    """Ask for the Article 9 or 10 condition."""
    return _share("share_conditions", "Which condition for sensitive information?", required)


def power(*, required: bool = True) -> CodeField:
    """Ask for the power to share; one that is not in force yet is not offered."""
    return _share("share_powers", "Which legal power do you share under?", required)


def ends_on() -> serializers.DateField:
    """Ask until which day they may use it; what rests on consent ends by itself in any case."""
    kind = KINDS[CLOCK]
    hint = f"If you leave this empty, consent ends after {kind.amount} {kind.unit} and other sharing has no end"
    return fields.date("Until which day may they use it?", hint=hint, required=False)


def _share(name: str, label: str, required: bool) -> CodeField:
    in_force = [term.code for term in vocabulary.get(name) if not term.more.get("flag")]
    return fields.code(name, label, hint="Both organisations must be able to use it", required=required, only=in_force)
