"""The three questions that come before each share, the same on every form, and the ledger of what was shared."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.core import vocabulary
from backend.sharing.models import Disclosure
from backend.sharing.rules import CONSENT, LASTS, Sharer, fits_share, fitting, has_run_out, is_in_force
from backend.workflow import fields
from backend.workflow.descriptors import describe, fill
from backend.workflow.fields import CodeField, EdgeInput
from backend.workflow.serializers import OptionShape

# The questions of a share whose answers both agencies must be able to use, and the code list of each.
_LISTS = {"article6": "share_basis_article6", "condition": "share_conditions", "power": "share_powers"}


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
    is_outside = serializers.BooleanField()
    is_renewal = serializers.BooleanField()
    renewed_at = serializers.DateTimeField(allow_null=True)
    can_renew = serializers.BooleanField()


class SharesShape(serializers.Serializer[Any]):
    """What can be done about the shares of a record that end by themselves, and what was just done."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    done = serializers.ListField(child=serializers.CharField())
    options = OptionShape(many=True)


class WithdrawSharingInput(EdgeInput):
    """A consent on which something was shared was taken back: whose, and what they said."""

    disclosure = fields.chosen_id("record", "Which share is this about?")
    said_by = fields.text("Who took their consent back?", hint="Who they are to the child")
    reason = fields.long_text("What did they say?")


def disclosure_rows(shares: Iterable[Disclosure], *, renewable: Collection[UUID] = ()) -> list[dict[str, Any]]:
    """Return a page of the ledger; `renewable` are those that the reader may carry on to another last day."""
    article6s, conditions = vocabulary.get("share_basis_article6"), vocabulary.get("share_conditions")
    powers, purposes = vocabulary.get("share_powers"), vocabulary.get("request_purposes")
    return [
        {
            "id": one.id,
            "at": one.at,
            "what": one.what,
            "from_agency": one.from_agency.name,
            "to_agency": _recipient(one),
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
            "renewed_at": getattr(one, "renewed_at", None),
            "is_outside": one.to_agency is None,
            "is_renewal": one.renews_id is not None,
            "can_renew": one.id in renewable,
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
    hint = f"If you leave this empty, consent ends after {LASTS} and other sharing has no end"
    return fields.date("Until which day may they use it?", hint=hint, required=False)


_BOTH = "Both organisations must be able to use it"


def _share(name: str, label: str, required: bool) -> CodeField:
    in_force = [term.code for term in vocabulary.get(name) if is_in_force(term)]
    hint = _BOTH if required else f"Needed if it goes to another agency. {_BOTH}"
    return fields.code(name, label, hint=hint, required=required, only=in_force)


def narrowed(form: list[dict[str, Any]], *, sender: str, recipients: Collection[str]) -> list[dict[str, Any]]:
    """Return the form with the bases that an agency of kind `sender` may use towards at least one kind of recipient."""
    return [_narrowed(field, sender, recipients) if field["name"] in _LISTS else field for field in form]


def every_kind() -> list[str]:
    """Return every kind of agency there is, for a share whose recipient is still to be chosen."""
    return vocabulary.get("agency_kinds").codes


def _narrowed(field: dict[str, Any], sender: str, recipients: Collection[str]) -> dict[str, Any]:
    usable = _usable(_LISTS[field["name"]], sender, tuple(recipients))
    return {**field, "choices": [choice for choice in field["choices"] or [] if choice["value"] in usable]}


@cache
def _usable(name: str, sender: str, recipients: tuple[str, ...]) -> frozenset[str]:
    """Return the codes that fit; vocabularies are files, which do not change while we run."""
    return frozenset(term.code for kind in recipients for term in fitting(sender, kind, name=name))


class RenewSharingInput(EdgeInput):
    """A share goes on: which, on which basis it does now, and until which day."""

    disclosure = fields.chosen_id("record", "Which share goes on?")
    article6 = article6()
    condition = condition()
    power = power()
    ends_on = ends_on()


def shares_data(
    record: Any, shares: Sequence[Disclosure], sharer: Sharer, *, url: str, renewed: Disclosure | None = None
) -> dict[str, Any]:
    """Return what can be renewed of a record in the name of `sharer`, and what was renewed just now."""
    return {
        "id": record.id,
        "reference": record.reference,
        "version": record.version,
        "done": _said(renewed) if renewed else [],
        "options": [_renewing(shares, sharer, url)] if shares else [],
    }


def _renewing(shares: Sequence[Disclosure], sharer: Sharer, url: str) -> dict[str, Any]:
    form = fill(describe(RenewSharingInput), {"record": [_choice(share) for share in shares]})
    return {
        "name": "renew_sharing",
        "label": "Renew a share",
        "hint": "They go on using what they have, until the new last day. Nothing closes in between.",
        "kind": "command",
        "obstacles": [],
        "url": url,
        "preview_url": "",
        "draft_url": "",
        "input": [_for_share(field, shares, sharer) if field["name"] in _LISTS else field for field in form],
        "tells": [],
        "needs_second_person": "",
        "primary": False,
    }


def _for_share(field: dict[str, Any], shares: Sequence[Disclosure], sharer: Sharer) -> dict[str, Any]:
    """Return the field with each basis that fits a share, offered once a share is chosen that it fits."""
    offered, name = [], _LISTS[field["name"]]
    for choice in field["choices"]:
        fit = [str(share.id) for share in shares if fits_share(sharer, share, choice["value"], name=name)]
        if len(fit) == len(shares):
            offered.append(choice)
        elif fit:
            offered.append({**choice, "show_if": {"field": "disclosure", "values": fit}})
    return {**field, "choices": offered}


def _choice(share: Disclosure) -> dict[str, Any]:
    """Return a share as a form offers it; its day is never empty, or there was nothing to renew."""
    hint = f"With {_recipient(share)}, until {share.expires_on:%-d %B %Y}"
    return {"value": str(share.id), "label": share.what, "hint": hint, "group": ""}


def _said(renewed: Disclosure) -> list[str]:
    if renewed.expires_on is None:
        return [f"{_recipient(renewed)} can go on using it; this share has no last day now."]
    return [f"{_recipient(renewed)} can go on using it until {renewed.expires_on:%-d %B %Y}."]


def _recipient(share: Disclosure) -> str:
    return share.to_agency.name if share.to_agency else share.to_outside
