"""A hold, and the form that places one, as the API says it."""

from collections.abc import Sequence
from typing import Any

from backend.access.actors import Actor
from backend.access.queries import relations_to
from backend.core import vocabulary
from backend.retention.commands.holding import hold_machine
from backend.retention.inputs import HoldInput
from backend.retention.models import Hold
from backend.workflow import options
from backend.workflow.confirmation_data import open_about
from backend.workflow.options import besides

_PLACE = "It keeps all that is about the child, in every agency, until two people release it."


def hold_rows(page: Sequence[Hold]) -> list[dict[str, Any]]:
    """Return a page of holds."""
    return [_hold(one) for one in page]


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "id": hold.id,
        "reference": hold.reference,
        "reason": vocabulary.get("retention_hold_reasons").label(hold.reason_code),
        "state": hold.state,
        "state_label": Hold.LABELS[hold.state],
        "agency": hold.agency.name,
        "placed_by": hold.placed_by_name,
        "placed_at": hold.placed_at,
    }


def hold_data(actor: Actor, hold: Hold) -> dict[str, Any]:
    """Return one hold exactly as GET gives it to this actor."""
    relations = relations_to(actor, hold.id)
    waiting = open_about(actor, hold, relations, hold_machine)
    found = options.shapes(hold_machine, actor, hold, relations, base=f"/api/v1/holds/{hold.id}/", choices={})
    return {
        **_hold(hold),
        "version": hold.version,
        "words": hold.reason,
        "release_reason": hold.release_reason,
        "released_by": [name for name in (hold.release_asked_by_name, hold.released_by_name) if name],
        "released_at": hold.released_at,
        "leads_to": hold_machine.path(hold),
        "confirmation": waiting,
        "options": besides(waiting, found),
    }


def hold_form() -> dict[str, Any]:
    """Return the form that places a hold."""
    return {"id": "new", "options": [options.addition("place", "Keep a record", _PLACE, "/api/v1/holds/", HoldInput)]}
