"""What whoever decides reads beside the referral: what rules flagged, its way so far, whom to ring."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.queries.detail import Parts
from backend.referrals.serializers import parts as shown

_HOP_ENDS: Mapping[str, str] = {
    Offer.OPEN: "Waiting for an answer",
    Offer.TAKEN: "Taken",
    Offer.RETURNED: "Sent back",
    Offer.RECALLED: "Offer taken back",
    Offer.OVERTAKEN: "Overtaken by a step up",
}
_HOP_REASONS: Mapping[str, str] = {Offer.RETURNED: "return_reasons", Offer.RECALLED: "recall_reasons"}


def has_in_hand(actor: Actor, relations: frozenset[Relation]) -> bool:
    """Say whether the actor is among those who decide about it."""
    return policy.allows(actor, Permission.REFERRAL_MATCH_CHILD, relations)


def beside(
    actor: Actor,
    referral: Referral,
    relations: frozenset[Relation],
    found: Parts,
    asked: Sequence[InformationRequest],
) -> dict[str, Any]:
    """Return flags, hops and whom to ring, each only to those whose work it is."""
    decides = has_in_hand(actor, relations)
    return {
        "flags": [_flag(one) for one in referral.flags] if decides else [],
        "hops": [_hop(one, found) for one in found.offers] if decides else [],
        "agencies_concerned": _concerned(referral, found, asked) if decides else [],
    }


def _flag(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a flag with what its rule suggests, in words; nothing is chosen by it."""
    theme = [f"Theme: {shown.word('board_themes', kept['theme'])}"] if kept["theme"] else []
    ask = [f"Ask: {', '.join(shown.word('agency_kinds', kind) for kind in kept['ask'])}"] if kept["ask"] else []
    return {"code": kept["code"], "label": kept["label"], "tone": kept["tone"], "suggests": [*theme, *ask]}


def _hop(one: Offer, parts: Parts) -> dict[str, Any]:
    """Return an offer as a hop of the referral's way: from whom to whom, and how it ended."""
    reasons = _HOP_REASONS.get(one.state)
    return {
        "from_agency": parts.name(one.from_agency_id),
        "to_agency": parts.name(one.to_agency_id),
        "state_label": _HOP_ENDS[one.state],
        "offered_at": one.offered_at,
        "ended_at": one.ended_at,
        "reason_label": shown.word(reasons, one.reason_code) if reasons else "",
        "reason": one.reason,
    }


def _concerned(referral: Referral, found: Parts, asked: Sequence[InformationRequest]) -> list[dict[str, Any]]:
    """Return how to reach each agency concerned, in hours and out of them, once, with what it has to do with it."""
    concerned: list[tuple[UUID, str]] = [(referral.referrer_agency_id, "Referred")]
    concerned += [(one.to_agency_id, "Offered to") for one in found.offers if one.state == Offer.OPEN]
    concerned += [(one.asked_agency_id, "Asked") for one in asked]
    if referral.lead_agency_id:
        concerned.append((referral.lead_agency_id, "Leads the case"))
    return [
        {"why": why, **found.agencies[str(agency_id)]}
        for agency_id, why in _once(concerned)
        if agency_id != referral.holder_id and str(agency_id) in found.agencies
    ]


def _once(concerned: Iterable[tuple[UUID, str]]) -> Iterable[tuple[UUID, str]]:
    first: dict[UUID, str] = {}
    for agency_id, why in concerned:
        first.setdefault(agency_id, why)
    return first.items()
