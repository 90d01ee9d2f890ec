"""How a referral is begun: from nothing, beside that of a brother or sister, or after a closed case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.referrals.commands.again import create_again_draft
from backend.referrals.commands.drafting import create_draft
from backend.referrals.commands.siblings import create_sibling_draft
from backend.referrals.models import Referral


def begin(actor: Actor, given: Mapping[str, Any], referral_id: UUID) -> Referral:
    """Begin a referral as the input says; raises what each beginning refuses."""
    if given["sibling_of"]:
        return create_sibling_draft(actor, given["sibling_of"], referral_id=referral_id)
    if given["again_after"]:
        return create_again_draft(actor, given["again_after"], referral_id=referral_id)
    return create_draft(actor, referral_id=referral_id)
