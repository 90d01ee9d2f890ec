"""Who may see a referral, as the page about its seal says it."""

from typing import Any

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.serializers.sealing import data_of
from backend.referrals.commands.sealing import referral_seal_machine
from backend.referrals.models import Referral
from backend.referrals.queries.sealing import deciders, seal_facts


def referral_seal_data(actor: Actor, referral: Referral) -> dict[str, Any]:
    """Return who may see a referral exactly as GET gives it."""
    facts, base = seal_facts(referral, actor), f"/api/v1/referral-seals/{referral.id}/"
    return data_of(actor, referral, referral_seal_machine, facts, base=base, sees=_deciding)


def _deciding(referral: Referral) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "name": one.user.name, "role": Role(one.role).label, "agency": one.agency.name}
        for one in deciders(referral)
    ]
