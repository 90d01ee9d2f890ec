"""What the holder sees of telling somebody without an account: how they are reached safely, and the links they got."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.children.contacting import CHANNELS, refusal
from backend.core import clock, vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.notifications.models import Delivery
from backend.referrals.form.sharing import AT_HOME, BY_EMAIL
from backend.referrals.models import Referral, StatusLink
from backend.referrals.rules.facts import Facts, KnownCaller

# The way they asked for, as one of the ways of telling.
_METHODS = {BY_EMAIL: "secure_message"}


class GivenLinkShape(serializers.Serializer[Any]):
    """A link in the answer to the request that made it; nobody can read its token again."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class StatusLinkShape(serializers.Serializer[Any]):
    """A link that was made, and what became of it."""

    id = serializers.UUIDField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField()
    is_emailed = serializers.BooleanField()
    state_label = serializers.CharField()
    expires_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)


class CallerShape(serializers.Serializer[Any]):
    """How whoever raised it hears back, with the rule that goes with it; `refusals` say why not now."""

    feedback_label = serializers.CharField()
    reach = serializers.CharField(allow_blank=True)
    rule_label = serializers.CharField(allow_blank=True)
    refusals = serializers.ListField(child=serializers.CharField())


class TellingCallerShape(serializers.Serializer[Any]):
    """Somebody without an account who waits to hear."""

    caller = CallerShape()
    given = GivenLinkShape(allow_null=True)
    links = StatusLinkShape(many=True)


def telling_caller(
    actor: Actor,
    referral: Referral,
    relations: frozenset[Relation],
    known: Facts | None,
    links: Sequence[StatusLink],
) -> dict[str, Any] | None:
    """Return TellingCallerShape for those who may give a link; None where nobody waits outside."""
    may = policy.allows(actor, Permission.REFERRAL_GIVE_STATUS_LINK, relations)
    if not may or known is None or referral.submitted_at is None or known.caller is None:
        return None
    newest = links[-1] if links else None
    token = referral.given_token
    return {
        "caller": _caller(known.caller),
        "given": {"token": token, "expires_at": newest.expires_at} if token and newest else None,
        "links": [_link(link) for link in reversed(links)],
    }


def _caller(caller: KnownCaller) -> dict[str, Any]:
    channel = CHANNELS.get(_METHODS.get(caller.feedback, caller.feedback))
    has_rule = caller.feedback in AT_HOME
    refused = refusal(caller.rule, channel, clock.now()) if channel and has_rule else None
    unknown = "Nobody has said what is safe" if has_rule else ""
    return {
        "feedback_label": vocabulary.get("caller_feedback").label(caller.feedback) or "Nobody has said how",
        "reach": "" if caller.reach == NOT_KNOWN else caller.reach,
        "rule_label": unknown if caller.rule in ("", NOT_KNOWN) else vocabulary.get("contact_rules").label(caller.rule),
        "refusals": [refused.sentence] if refused else [],
    }


def _link(link: StatusLink) -> dict[str, Any]:
    return {
        "id": link.id,
        "made_at": link.made_at,
        "made_by": link.made_by_name,
        "is_emailed": link.is_emailed,
        "state_label": _state(link),
        "expires_at": link.expires_at,
        "used_at": link.used_at,
    }


def _state(link: StatusLink) -> str:
    if link.used_at:
        return "Used"
    if link.state == Delivery.DEAD:
        return "Could not be sent"
    if link.ended_at:
        return "Taken back"
    if link.expires_at <= clock.now():
        return "Has run out"
    return "On its way" if link.state == Delivery.PENDING else "Not used yet"
