"""Moving the open referrals of an agency that can no longer decide to the front door, which receives by duty."""

from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import tell
from backend.referrals.commands.moving import close_offer
from backend.referrals.models import InformationRequest, Offer, Referral
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
        _move(actor, referral, front_door_id)
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


def _move(actor: Actor, referral: Referral, front_door_id: UUID) -> None:
    """The state stays, but an offer to the front door itself is overtaken: it has it now."""
    change = Change(actor, referral, frozenset(), "referral.recall", from_state=referral.state)
    to_front_door = Offer.objects.filter(root_id=referral.id, state=Offer.OPEN, to_agency_id=front_door_id)
    if to_front_door.exists() and close_offer(change, Offer.OVERTAKEN, {}) is not None:
        deadlines.meet(referral.id, ("take",))
        referral.recall(actor, {})
        _record(actor, change.verb, referral, change.data, from_state=change.from_state)
    asked = InformationRequest.objects.filter(root_id=referral.id, state=InformationRequest.ASKED)
    for question in asked.select_for_update(of=("self",), no_key=True).order_by("id"):
        question.holder_agency_id = front_door_id
        verb = "information_request.change_holder"
        record(actor, verb, question, root_id=referral.id, child_id=referral.child_id, from_state=question.state)
    data = {"from_agency": str(referral.holder_id)}
    referral.holder_id, referral.triage_officer_id = front_door_id, None
    deadlines.move_owner(referral.id, front_door_id)
    referral.next_due_at = deadline_queries.next_due(referral.id)
    _record(actor, "referral.move_queue", referral, data, from_state=referral.state)


def _record(actor: Actor, verb: str, referral: Referral, data: dict[str, str], *, from_state: str) -> None:
    child_id = referral.child_id
    record(actor, verb, referral, root_id=referral.id, child_id=child_id, data=data, from_state=from_state)
