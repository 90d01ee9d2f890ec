"""Orders and certificates, and the form that proposes a list, as the API says them."""

from collections.abc import Sequence
from typing import Any

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.access.queries import relations_to
from backend.retention import queries
from backend.retention.commands.certifying import proof_of
from backend.retention.commands.ordering import order_machine
from backend.retention.inputs import ProposeInput
from backend.retention.models import Certificate, Order, OrderChild
from backend.retention.serializers.due import obstacles
from backend.workflow import options
from backend.workflow.confirmation_data import open_about
from backend.workflow.options import besides

_PROPOSE = (
    "Everything that is kept about these children is deleted: referrals, cases, documents, messages and their history. "
    "Information governance and a second person have to agree, and then there are seven days in which it can be "
    "withdrawn. The list shows what has been due longest, at most 100 children."
)
_MOST = 100


def order_rows(page: Sequence[Order]) -> list[dict[str, Any]]:
    """Return a page of orders, with how many children are on each."""
    return [_order(one) for one in page]


def _order(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "reference": order.reference,
        "state": order.state,
        "state_label": Order.LABELS[order.state],
        "agency": order.agency.name,
        "children": getattr(order, "child_count", 0),
        "deleted": getattr(order, "deleted_count", 0),
        "proposed_by": order.proposed_by_name,
        "proposed_at": order.proposed_at,
        "due_at": order.due_at,
    }


def order_data(actor: Actor, order: Order) -> dict[str, Any]:
    """Return one order exactly as GET gives it to this actor."""
    relations = relations_to(actor, order.id)
    waiting = open_about(actor, order, relations, order_machine)
    found = options.shapes(order_machine, actor, order, relations, base=f"/api/v1/disposals/{order.id}/", choices={})
    lines = list(queries.lines(order))
    return {
        **_order(order),
        "children": len(lines),
        "deleted": sum(one.state == OrderChild.DELETED for one in lines),
        "version": order.version,
        "schedule": order.schedule,
        "approved_by": order.approved_by_name,
        "confirmed_by": order.confirmed_by_name,
        "confirmed_at": order.confirmed_at,
        "ended_at": order.ended_at,
        "end_reason": order.end_reason,
        "certificate_id": Certificate.objects.filter(order=order).values_list("id", flat=True).first(),
        "leads_to": order_machine.path(order),
        "lines": [_line(one) for one in lines],
        "confirmation": waiting,
        "options": besides(waiting, found),
    }


def _line(line: OrderChild) -> dict[str, Any]:
    return {
        "id": line.id,
        "references": line.references,
        "due_on": line.due_on,
        "state_label": OrderChild.LABELS[line.state],
        "obstacles": obstacles(line.kept_by),
    }


def order_form(actor: Actor) -> dict[str, Any]:
    """Return the form that proposes a list: what has been due longest, without what something keeps."""
    if not policy.holds(actor, Permission.DISPOSAL_PROPOSE):
        return {"id": "new", "options": []}
    due = list(queries.due_children(actor)[:_MOST])
    kept = queries.kept_by([one.id for one in due])
    choices = [
        {
            "value": str(one.id),
            "label": ", ".join(one.references),
            "hint": f"Due since {one.due_on:%-d %B %Y}",
            "group": "",
        }
        for one in due
        if not kept.get(one.id, ["not_due"])
    ]
    form = options.addition("propose", "Propose to delete records", _PROPOSE, "/api/v1/disposals/", ProposeInput)
    filled = [{**one, "choices": choices} if one["name"] == "children" else one for one in form["input"]]
    return {"id": "new", "options": [{**form, "input": filled}] if choices else []}


def certificate_rows(page: Sequence[Certificate]) -> list[dict[str, Any]]:
    """Return a page of certificates."""
    return [certificate_data(one) for one in page]


def certificate_data(one: Certificate) -> dict[str, Any]:
    """Return a certificate, and whether it still is what was written."""
    return {
        "id": one.id,
        "order_id": one.order_id,
        "reference": one.body["reference"],
        "at": one.at,
        "children": len(one.body["children"]),
        "left": one.body["left"],
        "rows": sum(one.body["rows"].values()),
        "files": one.body["files"],
        "sha256": one.sha256,
        "is_unchanged": proof_of(one.body) == one.sha256,
    }
