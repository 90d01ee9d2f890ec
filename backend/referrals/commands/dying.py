"""That the child of a referral has died: it rests as it stands, and all of it can be taken back."""

from typing import Any

from backend.children import commands as children
from backend.children import dying as shared
from backend.children.dying import Teller
from backend.children.queries import deaths_of
from backend.core import vocabulary
from backend.notifications.audience import AgencyRoles
from backend.referrals.commands.deciding import decide
from backend.referrals.commands.telling import MANAGERS, officer
from backend.referrals.models import Referral
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_PLEASE_RING = "Please ring {}. They would like to speak to you themselves."


def died(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Record it with who said so; a referral of another record of the child only rests."""
    referral, waiting = change.target, change.confirmation
    if waiting is not None:
        _name_concerned(referral)
        known = {name: inputs[name] for name in ("died_on", "how_known", "told_by")}
        asked = {"asked_by_id": waiting.asked_by_id, "asked_by_name": waiting.asked_by_name}
        children.record_death(change.actor, referral.id, referral.about_id, {**known, **asked})
        how = vocabulary.get("death_known").label(inputs["how_known"])
        why = f"The child has died. Day: {inputs['died_on']:%-d %B %Y}. {how}: {inputs['told_by']}"
        decide(change, "record_death", {"rationale": why, "outcome_text": _PLEASE_RING.format(referral.holder.name)})
    else:
        children.note_death(change.actor, referral.about_id, died_on=inputs["died_on"])
    change.data = {"died_on": inputs["died_on"].isoformat(), "how_known": inputs["how_known"]}


def taken_back(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """It goes on as it stood, with the reason in the record."""
    referral, death = change.target, None
    if change.confirmation is not None:
        death = deaths_of(referral.about_id).select_for_update(no_key=True).first()
    if death is not None:
        children.take_back_death(change.actor, death, reason=inputs["reason"])
        _name_concerned(referral)
    children.note_death(change.actor, referral.about_id, died_on=None)


def tell_siblings(change: Change[Referral], given: Given) -> None:
    """Whoever works with a brother or sister hears of it from people, not from the family."""
    if change.confirmation is not None and change.event is not None:
        holder = change.target.holder
        teller = Teller(holder.name, holder.phone or holder.out_of_hours_phone)
        shared.tell_siblings(change.root_id, teller, event_id=change.event.id)


def _name_concerned(referral: Referral) -> None:
    told = (officer(referral), AgencyRoles(referral.holder_id, MANAGERS, referral.child_id))
    referral.concerned = shared.concerned_by(referral.about_id, besides=told)
