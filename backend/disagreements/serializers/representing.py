"""Turns disagreements into plain data: one whole, or a page of rows in a fixed number of statements."""

from collections.abc import Sequence
from typing import Any

from backend.access import queries as access
from backend.access.actors import Actor
from backend.core import vocabulary
from backend.deadlines.models import Deadline
from backend.deadlines.queries import of_root, of_roots
from backend.disagreements import queries
from backend.disagreements.commands import disagreement_machine
from backend.disagreements.models import Disagreement, Turn
from backend.disagreements.records import record_of
from backend.disagreements.texts import outcome, stage_words
from backend.workflow import options

_SAID = {
    "raised": "Disagreed with the decision",
    "answered": "Stood by the decision",
    "upheld": "Upheld the disagreement",
    "escalated": "Taken to the next stage",
    "accepted": "Accepted the answer",
    "withdrawn": "Withdrew the disagreement",
}


def disagreement_data(actor: Actor, target: Disagreement) -> dict[str, Any]:
    """Return one disagreement exactly as GET gives it."""
    relations = access.relations_to(actor, target.id)
    base = f"/api/v1/disagreements/{target.id}/"
    return {
        **_head(target, of_root(target.id)),
        "turns": [_turn(one) for one in queries.turns(target)],
        "options": options.shapes(disagreement_machine, actor, target, relations, base=base, choices={}),
    }


def disagreement_rows(actor: Actor, page: Sequence[Disagreement]) -> list[dict[str, Any]]:
    """Return a page of disagreements, with three statements whatever its length."""
    ids = [target.id for target in page]
    relations, clocks = access.relations(actor, ids), of_roots(ids)
    return [
        {
            **_head(target, clocks[target.id]),
            "options": [
                {"name": name, "label": label}
                for name, label in disagreement_machine.names(actor, target, relations[target.id])
            ],
        }
        for target in page
    ]


def _head(target: Disagreement, clocks: list[Deadline]) -> dict[str, Any]:
    running = next((deadline for deadline in clocks if deadline.is_running), None)
    return {
        "id": target.id,
        "version": target.version,
        "reference": target.reference,
        "about_url": record_of(target.about).path(target.about_id),
        "decision_label": vocabulary.get("decision_kinds").label(target.decision_kind),
        "ground_label": vocabulary.get("disagreement_grounds").label(target.ground),
        "raising_agency": target.raising_agency.name,
        "raised_by": target.raised_by_name,
        "raised_at": target.raised_at,
        "deciding_agency": target.deciding_agency.name,
        "owner_agency": target.owner_agency.name,
        "stage": target.stage,
        "stage_label": stage_words(target.stage),
        "state": target.state,
        "state_label": outcome(target),
        "child_safe_label": vocabulary.get("child_safe_now").label(target.child_safe),
        "child_is_unsafe": target.is_unsafe and target.is_open,
        "next_step": next_step(target),
        "due_at": running.due_at if running else None,
        "rag": running.rag if running else "none",
    }


def next_step(target: Disagreement) -> str:
    """Return who does what next, in words for both sides; of an ended one what its outcome means."""
    if target.state in Disagreement.UNANSWERED:
        return f"A manager of {target.owner_agency.name} answers"
    if target.state == Disagreement.ANSWERED:
        return f"{target.raising_agency.name} accepts the answer or takes it further"
    if target.outcome == Disagreement.UPHELD:
        return "The decision is reopened or corrected within one working day"
    return "Nothing more is needed: the decision stands"


def _turn(one: Turn) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": _SAID[one.kind],
        "stage_label": stage_words(one.stage),
        "text": one.text,
        "wanted": one.wanted,
        "by": one.by_name,
        "agency": one.agency_name,
        "at": one.at,
    }
