"""Moving the referrals of an agency that can no longer decide to one that receives by duty."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Model

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.notifications.audience import AgencyRoles, Person
from backend.notifications.commands import Notice, outbox_rows, tell
from backend.referrals.commands.moving import close_offer
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.texts import referral_fields
from backend.workflow.changing import Change

_RECEIVERS = (Role.TRIAGE_OFFICER.value, Role.MANAGER.value)


def move_queue(actor: Actor, agency: Agency) -> int:
    """Let the front door hold what the agency holds, tell both, and return how many referrals moved."""
    front_door_id = agency.partnership.front_door_id
    if front_door_id is None or front_door_id == agency.id:
        return 0
    held = Referral.objects.filter(holder_id=agency.id, state__in=Referral.OPEN)
    moved = 0
    for referral in held.select_for_update(of=("self",), no_key=True).order_by("id"):
        move_referral(actor, referral, front_door_id, verb="referral.move_queue")
        moved += 1
    for agency_id, roles in ((front_door_id, _RECEIVERS), (agency.id, (Role.MANAGER.value,))):
        tell(
            event_id=None,
            root_id=None,
            audience=AgencyRoles(agency_id, roles),
            message="queue_moved",
            fields={"agency": agency.name, "amount": str(moved)},
            path="/queue",
            urgent=True,
        )
    return moved


def move_referral(actor: Actor, referral: Referral, to_agency_id: UUID, *, verb: str) -> None:
    """Let another agency hold a locked referral, with its clocks and the questions that are out, and tell the referrer.

    The state stays, but an offer to the very agency is overtaken: it has it now.
    """
    change = Change(actor, referral, frozenset(), "referral.recall", from_state=referral.state)
    offered = Offer.objects.filter(root_id=referral.id, state=Offer.OPEN, to_agency_id=to_agency_id)
    if offered.exists() and close_offer(change, Offer.OVERTAKEN, {}) is not None:
        deadlines.meet(referral.id, ("take",))
        referral.recall(actor, {})
        _record(actor, change.verb, referral, change.data, from_state=change.from_state)
    asked = InformationRequest.objects.filter(root_id=referral.id, state=InformationRequest.ASKED)
    for question in asked.select_for_update(of=("self",), no_key=True).order_by("id"):
        question.holder_agency_id = to_agency_id
        record(
            actor,
            "information_request.change_holder",
            question,
            root_id=referral.id,
            child_id=referral.child_id,
            from_state=question.state,
        )
    data = {"from_agency": str(referral.holder_id)}
    referral.holder_id, referral.triage_officer_id = to_agency_id, None
    deadlines.move_owner(referral.id, to_agency_id)
    referral.next_due_at = deadline_queries.next_due(referral.id)
    _record(actor, verb, referral, data, from_state=referral.state, tells=True)


def _record(
    actor: Actor, verb: str, referral: Referral, data: dict[str, str], *, from_state: str, tells: bool = False
) -> None:
    root_id, child_id = referral.id, referral.child_id
    notices = [_to_referrer(referral)] if tells else []

    def beside(event: Event) -> Sequence[Model]:
        return outbox_rows(notices, event_id=event.id, root_id=root_id)

    record(actor, verb, referral, root_id=root_id, child_id=child_id, data=data, from_state=from_state, beside=beside)


def _to_referrer(referral: Referral) -> Notice:
    """Nobody is left wondering who has it now."""
    path = f"/referrals/{referral.id}"
    return Notice(Person(referral.created_by_id), "referral_holder_gone", referral_fields(referral), path)
