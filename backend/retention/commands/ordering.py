"""What writes orders: proposing a list, and the machine by which it is agreed, stopped, begun and ended."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.audit.commands import record
from backend.core import vocabulary
from backend.core.errors import Conflict, NotFound
from backend.core.ids import new_reference
from backend.notifications.audience import Person
from backend.notifications.commands import Notice, outbox_rows
from backend.retention import queries, rules
from backend.retention.commands.certifying import certificate
from backend.retention.commands.governing import governance
from backend.retention.models import DueChild, Order, OrderChild
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Machine, Tell

_CHANGED = "Something has changed since you opened the list. Open it again, then choose."


def propose(actor: Actor, children: Sequence[UUID], *, order_id: UUID) -> Order:
    """Propose that all that is about these children is deleted; information governance is told. Raises a Refusal."""
    policy.require(actor, Permission.DISPOSAL_PROPOSE)
    due = list(queries.due_children(actor).filter(pk__in=children))
    if len(due) < len(children):
        raise NotFound
    _nothing_keeps(due)
    order = Order(
        id=order_id,
        partnership_id=actor.partnership_id,
        agency_id=actor.agency_id,
        reference=new_reference("D"),
        schedule=max(one.schedule for one in due),
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )
    notices = _proposed(order, actor)
    record(
        actor,
        "disposal.propose",
        order,
        root_id=order.id,
        data={"children": len(due)},
        beside=lambda event: outbox_rows(notices, event_id=event.id, root_id=order.id),
    )
    try:
        with transaction.atomic():
            for about_id, day in ((one.id, one.due_on) for one in due if one.due_on is not None):
                OrderChild(order=order, about_id=about_id, due_on=day).save(force_insert=True)
    except (IntegrityError, DatabaseError) as error:
        # Somebody was faster, or a record was opened in this very moment.
        raise Conflict(_CHANGED, code="not_ready") from error
    return order


def _nothing_keeps(due: Collection[DueChild]) -> None:
    kept = queries.kept_by([one.id for one in due])
    words = vocabulary.get("retention_obstacles")
    reasons = [
        f"{one.references[0]}: {words.label(code).lower()}." for one in due for code in kept.get(one.id, ["not_due"])
    ]
    if reasons:
        raise Conflict(*reasons, code="not_ready")


def _proposed(order: Order, actor: Actor) -> list[Notice]:
    fields = {"reference": order.reference, "person": actor.name, "agency": actor.agency_name}
    governs = governance(order.partnership_id)
    return [Notice(whom, "disposal_proposed", fields, _path(order)) for whom in governs]


def _asked_by(change: Change[Order], inputs: dict[str, Any]) -> None:
    """Who of information governance asked stands on the order beside the second person."""
    question = change.confirmation
    inputs["asked_by_id"] = question.asked_by_id if question else None
    inputs["asked_by_name"] = question.asked_by_name if question else ""


def _certify(change: Change[Order], _inputs: dict[str, Any]) -> None:
    """What was done is written down with the very change that says it is done."""
    change.leaves.append(certificate(change.target))


def _path(order: Order) -> str:
    return f"/disposals/{order.id}"


def _proposer(order: Order) -> Person:
    return Person(order.proposed_by_id)


def _tell(message: str) -> Tell:
    return Tell(message, _proposer, lambda order: order.proposed_by_name)


order_machine: Machine[Order] = Machine(
    noun="disposal",
    model=Order,
    edges={
        "approve": Edge(
            permission=Permission.DISPOSAL_APPROVE,
            label="Agree to delete them",
            hint="A second person is asked. Then there are seven days in which it can be withdrawn.",
            rules=(rules.governance_asks,),
            second_person=lambda _order, _facts, _given: "What is deleted cannot be brought back.",
            first=_asked_by,
            tells=(_tell("disposal_confirmed"),),
        ),
        "refuse": Edge(
            permission=Permission.DISPOSAL_REFUSE,
            label="Do not agree",
            hint="Nothing is deleted, and whoever proposed it is told why.",
            tells=(_tell("disposal_refused"),),
        ),
        "withdraw": Edge(
            permission=Permission.DISPOSAL_WITHDRAW,
            label="Withdraw it",
            hint="Nothing is deleted. The children can be proposed again.",
            tells=(_tell("disposal_withdrawn"),),
        ),
        "begin": Edge(permission=Permission.DISPOSAL_BEGIN, label="Begin with it", by_system=True),
        "complete": Edge(
            permission=Permission.DISPOSAL_COMPLETE,
            label="End it",
            by_system=True,
            first=_certify,
            tells=(_tell("disposal_done"),),
        ),
    },
    visible_to=queries.orders,
    facts=queries.order_facts,
    fields=lambda order: {"reference": order.reference, "agency": order.agency.name},
    path=_path,
    owner_agency=lambda order: order.agency_id,
    labels=Order.LABELS,
    answered_by=lambda order: order.agency_id,
    governed_by=lambda order: governance(order.partnership_id),
)
