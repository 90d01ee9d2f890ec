"""Carrying on what a referral shares until some day: by whoever holds it, or by whoever sent it for its sending."""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to
from backend.sharing.commands import renew
from backend.sharing.models import Disclosure
from backend.sharing.rules import Sharer, basis_of
from backend.workflow.changing import changing


def sharer_at(actor: Actor, referral: Referral) -> Sharer:
    """Return in whose name the actor may share on: of the holder, or of the agency that sent it."""
    holds = actor.agency_id == referral.holder_id
    agency = referral.holder if holds else referral.referrer_agency
    return Sharer(agency.id, agency.kind, is_responsible=holds)


def renew_sharing(actor: Actor, referral_id: UUID, *, version: int, disclosure: UUID, **basis: Any) -> Disclosure:
    """Carry a share of a referral on to another last day. Raises NotFound, Forbidden, Conflict, Invalid."""
    with changing(
        actor,
        visible_to(actor),
        referral_id,
        permission=Permission.REFERRAL_RENEW_SHARING,
        verb="referral.renew_sharing",
        version=version,
    ) as change:
        return renew(change, disclosure, sharer_at(actor, change.target), basis_of(basis))
