"""A referral without a form: what the front door takes down from somebody else's report, and has to decide about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Agency, Membership, Partnership
from backend.audit.commands import record
from backend.cases.queries import duty_manager
from backend.children.commands import record_child
from backend.core import clock, vocabulary
from backend.core.errors import Conflict
from backend.core.ids import new_reference, uuid7
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.notifications.commands import tell
from backend.referrals.commands.drafting import promised_when_sent
from backend.referrals.commands.telling import holder
from backend.referrals.models import Referral, Statement
from backend.referrals.texts import referral_fields

_CLOCKS = ("acknowledge", "decide", "total_age")
_NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Received:
    """What was reported about a child, and by whom, who is not the referrer and is told nothing of it."""

    partnership_id: UUID
    child: Mapping[str, Any]
    text: str
    told_by: str
    by_id: UUID
    agency_kind: str
    danger_called: str
    is_urgent: bool
    # What happened, and when: the hours from then on are those in which help is most likely to be taken.
    moment_kind: str = ""
    moment_at: datetime | None = None


def receive_at_front_door(actor: Actor, received: Received) -> Referral:
    """Write a submitted referral held by the front door, in its own name; return it. Raises Conflict without one."""
    front_door = Agency.objects.filter(
        pk__in=Partnership.objects.filter(pk=received.partnership_id).values("front_door_id")
    ).first()
    receiver = duty_manager(front_door.id) if front_door else None
    if front_door is None or receiver is None:
        raise Conflict("The partnership's front door has nobody who could take this.", code="not_ready")
    child = record_child(actor, received.child, recorded_as=receiver)
    referral = _written(actor, received, front_door, receiver)
    Statement.objects.create(
        root_id=referral.id,
        kind="worried_about",
        text=received.text,
        basis="told",
        told_by=received.told_by[:200],
        currency="current",
        recorded_by_id=received.by_id,
    )
    referral.submit(actor, {"holder_id": front_door.id, "child": child})
    _start_clocks(referral)
    event = record(
        actor,
        "referral.submit",
        referral,
        root_id=referral.id,
        child_id=child.id,
        data={"holder_id": str(front_door.id)},
        from_state=Referral.DRAFT,
    )
    tell(
        event_id=event.id,
        root_id=referral.id,
        audience=holder(referral),
        message="referral_arrived",
        fields=referral_fields(referral),
        path=f"/referrals/{referral.id}",
        urgent=referral.is_urgent,
    )
    return referral


def _written(actor: Actor, received: Received, front_door: Agency, receiver: Membership) -> Referral:
    own_source = vocabulary.get("agency_kinds").terms.get(received.agency_kind)
    referral = Referral(
        id=uuid7(),
        partnership_id=received.partnership_id,
        reference=new_reference("R"),
        created_by=receiver.user,
        referrer_agency=front_door,
        holder=front_door,
        source=own_source.more["source_code"] if own_source else "",
        is_urgent=received.is_urgent,
        moment_kind=received.moment_kind,
        moment_at=received.moment_at,
        danger_called=received.danger_called,
        danger_called_at=clock.now() if received.danger_called else None,
        voice_why_not=_NOT_SEEN,
    )
    record(actor, "referral.create", referral, root_id=referral.id)
    return referral


def _start_clocks(referral: Referral) -> None:
    promised = promised_when_sent(referral)
    deadlines.start_all(
        (*_CLOCKS, *promised),
        root_id=referral.id,
        child_id=referral.about_id,
        owner_agency_id=referral.holder_id,
        partnership_id=referral.partnership_id,
        urgent=referral.is_urgent,
    )
    referral.next_due_at = deadline_queries.next_due(referral.id)
