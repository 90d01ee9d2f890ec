"""Raising a disagreement: the row, its first turn, its clock, its place in the ledger, and who is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.disagreements.models import Disagreement, Turn
from backend.disagreements.records import record_of
from backend.disagreements.texts import fields
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import tell
from backend.sharing.commands import disclose
from backend.sharing.rules import Basis

REPLY = "disagreement_reply"
MANAGERS = (Role.MANAGER.value,)
OFFICERS_AND_MANAGERS = (Role.TRIAGE_OFFICER.value, Role.MANAGER.value)
# What partners share so that a decision can be looked at again: the duty of safeguarding partners to each other.
BASIS = Basis("public_task", "safeguarding_children", "children_act_2004_s10")


@dataclass(frozen=True, slots=True)
class Challenged:
    """The decision that somebody disagrees with, and the record it was about."""

    noun: str
    root_id: UUID
    child_id: UUID
    partnership_id: UUID
    reference: str
    holder_id: UUID
    decision_id: UUID
    kind: str
    decided_by_id: UUID
    agency_id: UUID


def raise_disagreement(actor: Actor, challenged: Challenged, inputs: dict[str, Any]) -> Disagreement:
    """Write the disagreement and tell the managers of the agency that decided; of an unsafe child at once.

    Raise Conflict `already_open` while an earlier one of the same agency about the same decision goes on.
    """
    _refuse_second(actor, challenged)
    target = _written(actor, challenged, inputs)
    event = record(actor, "disagreement.raise", target, root_id=target.id, child_id=target.child_id)
    say(actor, target, "raised", inputs["text"], wanted=inputs["wanted"])
    share(actor, target, to_agency_id=challenged.agency_id)
    _tell(target, event, challenged)
    return target


def say(actor: Actor, target: Disagreement, kind: str, text: str, *, wanted: str = "") -> None:
    """Write what somebody said at the present stage."""
    Turn.objects.create(
        root_id=target.id,
        stage=target.stage,
        kind=kind,
        text=text,
        wanted=wanted,
        by_id=None if actor.is_system else actor.user_id,
        by_name=actor.name,
        agency_name=actor.agency_name,
    )


def share(actor: Actor, target: Disagreement, *, to_agency_id: UUID, basis: Basis = BASIS) -> None:
    """Write in the ledger that another agency may read the disagreement, and the status of what it is about."""
    if to_agency_id == target.raising_agency_id:
        return
    disclose(
        actor,
        root_id=target.about_id,
        child_id=target.child_id,
        what="A disagreement about a decision, and the status of what was decided",
        from_agency_id=target.raising_agency_id,
        to_agency_id=to_agency_id,
        purpose="To look at the decision again",
        basis=basis,
        opens_id=target.id,
    )


def _refuse_second(actor: Actor, challenged: Challenged) -> None:
    same = Disagreement.objects.filter(decision_id=challenged.decision_id, raising_agency_id=actor.agency_id)
    first = same.filter(state__in=Disagreement.OPEN).first()
    if first is not None:
        raise Conflict(
            "Your agency has disagreed with this decision already, and that is still open.",
            code="already_open",
            existing={"id": str(first.id), "reference": first.reference, "url": f"/disagreements/{first.id}"},
        )


def _written(actor: Actor, challenged: Challenged, inputs: dict[str, Any]) -> Disagreement:
    agencies = Agency.objects.in_bulk([actor.agency_id, challenged.agency_id])
    target = Disagreement(
        id=uuid7(),
        partnership_id=challenged.partnership_id,
        about=challenged.noun,
        about_id=challenged.root_id,
        child_id=challenged.child_id,
        reference=challenged.reference,
        decision_id=challenged.decision_id,
        decision_kind=challenged.kind,
        decided_by_id=challenged.decided_by_id,
        deciding_agency=agencies[challenged.agency_id],
        raising_agency=agencies[actor.agency_id],
        owner_agency=agencies[challenged.agency_id],
        raised_by_id=actor.user_id,
        raised_by_name=actor.name,
        ground=inputs["ground"],
        child_safe=inputs["child_safe"],
    )
    target.next_due_at = _start_reply(target)
    return target


def _start_reply(target: Disagreement) -> datetime:
    return deadlines.start(
        REPLY,
        root_id=target.id,
        child_id=target.child_id,
        owner_agency_id=target.owner_agency_id,
        partnership_id=target.partnership_id,
        urgent=target.is_unsafe,
    ).due_at


def _tell(target: Disagreement, event: Event, challenged: Challenged) -> None:
    words = fields(target)
    tell(
        event_id=event.id,
        root_id=target.id,
        audience=AgencyRoles(target.owner_agency_id, MANAGERS),
        message="disagreement_raised",
        fields=words,
        path=f"/disagreements/{target.id}",
        urgent=target.is_unsafe,
    )
    if target.is_unsafe:
        # Whoever holds it can step it up at once; the decision may have been another agency's.
        tell(
            event_id=event.id,
            root_id=target.id,
            audience=AgencyRoles(challenged.holder_id, OFFICERS_AND_MANAGERS),
            message="disagreement_unsafe",
            fields=words,
            path=record_of(target.about).path(target.about_id),
            urgent=True,
        )
