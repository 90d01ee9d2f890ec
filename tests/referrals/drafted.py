"""A referral that somebody is writing, with answers, made outside HTTP."""

from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.drafts import commands
from backend.referrals.commands.drafting import create_draft
from backend.referrals.form.sections import FORM
from backend.referrals.models import Referral


def drafted(actor: Actor, answers: dict[str, Any]) -> Referral:
    """A draft of `actor` that holds `answers`; the actor stays bound in the running test's transaction."""
    with acting(actor):
        referral = create_draft(actor)
        commands.save(actor, referral.id, {name: (value, 0) for name, value in answers.items()}, form=FORM)
    return referral
