"""Disagreeing with a decision about a referral, and what upholding a disagreement obliges its holder to."""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.core.errors import NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.disagreements.commands import Challenged, raise_disagreement
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import tell
from backend.referrals.models import Decision, Referral
from backend.referrals.queries.seeing import visible_to
from backend.referrals.texts import referral_fields
from backend.workflow.changing import Change

REMEDY = "disagreement_remedy"


def disagree(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Raise it about the decision that was chosen; the decision stands, and the referral stays where it is."""
    referral = change.target
    decision = Decision.objects.get(pk=inputs["decision"], root_id=referral.id)
    raised = raise_disagreement(
        change.actor,
        Challenged(
            noun="referral",
            root_id=referral.id,
            child_id=referral.about_id,
            partnership_id=referral.partnership_id,
            reference=referral.reference,
            holder_id=referral.holder_id,
            decision_id=decision.id,
            kind=decision.kind,
            decided_by_id=decision.by_id,
            agency_id=decision.agency_id,
        ),
        inputs,
    )
    change.data = {"disagreement_id": str(raised.id), "decision_id": str(decision.id), "reason_code": raised.ground}


def put_right(actor: Actor, referral_id: UUID) -> None:
    """Start the clock of whoever holds the referral to reopen it or to correct the decision, and tell them."""
    referral = visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=referral_id).first()
    if referral is None:
        raise NotFound
    deadlines.start(
        REMEDY,
        root_id=referral.id,
        child_id=referral.child_id,
        owner_agency_id=referral.holder_id,
        partnership_id=referral.partnership_id,
    )
    referral.next_due_at = deadline_queries.next_due(referral.id)
    event = record(
        actor,
        "referral.must_be_put_right",
        referral,
        root_id=referral.id,
        child_id=referral.child_id,
        from_state=referral.state,
    )
    tell(
        event_id=event.id,
        root_id=referral.id,
        audience=AgencyRoles(referral.holder_id, (Role.MANAGER.value,)),
        message="referral_must_be_put_right",
        fields=referral_fields(referral),
        path=f"/referrals/{referral.id}",
        urgent=True,
    )
