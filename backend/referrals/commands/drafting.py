"""The life of a referral before it is sent: begun, sent, given up, or forgotten."""

from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.core.ids import new_reference, uuid7
from backend.drafts import commands as drafts
from backend.referrals.commands.flagging import flag
from backend.referrals.form.asking import that_count
from backend.referrals.form.sections import FORM
from backend.referrals.intake.promoting import promote
from backend.referrals.models import Referral
from backend.referrals.queries.facts import FOLLOW_UP, REACH_CHILD, TELL_SCHOOL
from backend.workflow.changing import Change
from backend.workflow.machine import Given

SCHOOL = "school"
LEVEL = "level_believed"


def create_draft(
    actor: Actor,
    *,
    referral_id: UUID | None = None,
    family_id: UUID | None = None,
    earlier_case_id: UUID | None = None,
) -> Referral:
    """Begin a referral and its form; raise Forbidden for a role that makes none."""
    policy.require(actor, Permission.REFERRAL_CREATE)
    referral = Referral(
        id=referral_id or uuid7(),
        partnership_id=actor.partnership_id,
        reference=new_reference("R"),
        created_by_id=actor.user_id,
        referrer_agency_id=actor.agency_id,
        holder_id=actor.agency_id,
        family_id=family_id,
        earlier_case_id=earlier_case_id,
    )
    record(actor, "referral.create", referral, root_id=referral.id)
    drafts.open_draft(actor, referral.id, FORM)
    return referral


def send(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Turn the answers into rows; the form is gone once they are sent, and the child is known by its record."""
    referral, actor = change.target, change.actor
    intake = change.facts.intake
    promoted = promote(actor, referral, intake)
    flag(referral, promoted.child, that_count(intake.answers), level_said_at=intake.said_at(LEVEL))
    inputs["child"], inputs["holder_id"] = promoted.child, promoted.holder_id
    change.data = {"holder_id": str(promoted.holder_id), "level": referral.level_believed}
    change.data["flags"] = [one["code"] for one in referral.flags]
    drafts.discard(referral.id, FORM)


def promised_when_sent(referral: Referral) -> tuple[str, ...]:
    """Return the clocks that only some referrals start.

    What followed a call, reaching the child after a critical moment, and telling a school the same day.
    """
    promised = ((FOLLOW_UP, bool(referral.danger_called)), (REACH_CHILD, referral.moment_at is not None))
    found = tuple(kind for kind, is_promised in promised if is_promised)
    return (*found, TELL_SCHOOL) if referral.referrer_agency.kind == SCHOOL else found


def give_up(change: Change[Referral], given: Given) -> None:
    """Forget what was typed: the referral was withdrawn before it was sent."""
    drafts.discard(change.target.id, FORM)


def abandon(referral_id: UUID, actor: Actor) -> None:
    """Withdraw a referral whose draft nobody has touched for weeks; a second call does nothing."""
    referral = Referral.objects.select_for_update(of=("self",), no_key=True).filter(pk=referral_id).first()
    if referral is None or referral.state != Referral.DRAFT:
        return
    referral.withdraw(actor, {})
    record(actor, "referral.withdraw", referral, root_id=referral.id, from_state=Referral.DRAFT)
