"""What writes holds: placing one, releasing it with a second person, and the one that a death places."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.access import policy
from backend.access.actors import SYSTEM, Actor
from backend.access.binding import acting_as_system
from backend.access.permissions import Permission
from backend.audit.commands import record
from backend.cases.models import Case
from backend.core.errors import Conflict, Invalid
from backend.referrals.models import Referral
from backend.retention import queries, rules
from backend.retention.commands.governing import governance
from backend.retention.models import Hold
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine

JOB = "retention.hold_after_death"
_NO_SUCH = (
    "There is no record with this reference that you can keep. Look at the spelling. A manager can keep what their own "
    "agency leads or holds."
)
_ALREADY = "It is kept for this reason already."


def place(actor: Actor, given: Mapping[str, Any], *, hold_id: UUID) -> Hold:
    """Keep all that is about the child of a record until two people release it. Raises a Refusal."""
    policy.require(actor, Permission.HOLD_PLACE)
    found = queries.record_to_hold(given["reference"])
    if found is None:
        raise Invalid(_NO_SUCH, fields={"reference": [_NO_SUCH]})
    record_id, child_id, _agency_id, partnership_id, path = found
    hold = Hold(
        id=hold_id,
        partnership_id=partnership_id,
        agency_id=actor.agency_id,
        child_id=child_id,
        record_id=record_id,
        reference=given["reference"],
        path=path,
        reason_code=given["reason_code"],
        reason=given["reason"],
        placed_by_id=actor.user_id,
        placed_by_name=actor.name,
    )
    try:
        with transaction.atomic():
            record(actor, "hold.place", hold, root_id=hold.id, child_id=child_id)
    except IntegrityError as error:
        raise Conflict(_ALREADY, code="not_ready") from error
    return hold


def hold_after_deaths() -> int:
    """Place the hold of each death that has none yet; return how many. Until then the death itself keeps records."""
    with acting_as_system(job=JOB):
        deaths = queries.deaths_without_hold()
        placed = [_after_death(record_id, child_id) for record_id, child_id in deaths]
    return sum(placed)


def _after_death(record_id: UUID, child_id: UUID) -> bool:
    root: Case | Referral
    case = Case.objects.filter(pk=record_id).first()
    if case is not None:
        root, agency_id, path = case, case.lead_agency_id, f"/cases/{record_id}"
    else:
        referral = Referral.objects.filter(pk=record_id).first()
        if referral is None:
            return False
        root, agency_id, path = referral, referral.holder_id, f"/referrals/{record_id}"
    hold = Hold(
        partnership_id=root.partnership_id,
        agency_id=agency_id,
        child_id=child_id,
        record_id=record_id,
        reference=root.reference,
        path=path,
        reason_code=rules.DIED,
        placed_by_name=SYSTEM.name,
    )
    record(SYSTEM, "hold.place", hold, root_id=hold.id, child_id=child_id)
    return True


def _asked_by(change: Change[Hold], inputs: dict[str, Any]) -> None:
    """Whoever asked stands on the hold beside who agreed."""
    question = change.confirmation
    inputs["asked_by_id"] = question.asked_by_id if question else None
    inputs["asked_by_name"] = question.asked_by_name if question else ""


hold_machine: Machine[Hold] = Machine(
    noun="hold",
    model=Hold,
    edges={
        "release": Edge(
            permission=Permission.HOLD_RELEASE,
            label="Release it",
            hint="From then on the schedule counts again. Nothing is deleted by this.",
            rules=(rules.not_from_a_death,),
            second_person=lambda _hold, _facts, _given: "What is released may be deleted one day.",
            first=_asked_by,
        )
    },
    visible_to=queries.holds,
    facts=lambda hold, _actor: queries.death_stands(hold),
    fields=lambda hold: {"reference": hold.reference},
    path=lambda hold: f"/holds/{hold.id}",
    owner_agency=lambda hold: hold.agency_id,
    labels=Hold.LABELS,
    answered_by=lambda hold: hold.agency_id,
    governed_by=lambda hold: governance(hold.partnership_id, hold.child_id),
)
