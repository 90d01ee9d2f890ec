"""What is offered for the agenda of a meeting, and the form that puts one of it there."""

from typing import Any

from backend.access.actors import Actor
from backend.panels.models import Panel
from backend.panels.queries.proposing import Proposal, proposals_for
from backend.panels.serializers.inputs import AddToAgendaInput
from backend.workflow import options
from backend.workflow.descriptors import fill

_LABEL = "Put an open item on the agenda"
_HINT = "Your organisation’s own cases in which something is open. You invite each other organisation by itself."


def proposed(actor: Actor, panel: Panel) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what is offered, by reference, and the form, where there is any."""
    found = proposals_for(actor, panel)
    if not found:
        return [], []
    form = options.addition("add_to_agenda", _LABEL, _HINT, f"/api/v1/panels/{panel.id}/agenda/", AddToAgendaInput)
    asked = fill(form["input"], {"record": [_choice(one) for one in found]})
    rows = [{"case_id": one.case.id, "reference": one.case.reference, "reasons": list(one.reasons)} for one in found]
    return rows, [{**form, "input": asked}]


def _choice(one: Proposal) -> dict[str, Any]:
    return {"value": str(one.case.id), "label": one.case.reference, "hint": ". ".join(one.reasons), "group": ""}
