"""Turns a group session into plain data, as the agency that gives it sees it: each child's row, what can be done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.children.models import Child
from backend.core import vocabulary
from backend.interventions import queries
from backend.interventions.commands.groups import Done
from backend.interventions.models import Session
from backend.interventions.queries.goals import tied_to_each
from backend.interventions.queries.sessions import ahead_in, codes_not_held, version_of
from backend.interventions.serializers.goals import open_choices
from backend.interventions.serializers.session_forms import reasons_to_choose
from backend.interventions.serializers.session_inputs import AddToGroupInput, CallOffSessionInput, MoveSessionInput
from backend.interventions.serializers.sessions import rows_of, services_of
from backend.workflow import options

_FORMS = (
    ("move", "Move it to another time", "For everybody in it. What was planned before stays in each record."),
    ("call_off", "Call it off", "For everybody in it. Whoever reads a child’s case sees why."),
)
_INPUTS = {"move": MoveSessionInput, "call_off": CallOffSessionInput}
_CHILDREN = {True: "1 child", False: "{} children"}


def group_data(actor: Actor, group_id: UUID, sessions: Sequence[Session], done: Done | None = None) -> dict[str, Any]:
    """Return a group session: when, where, and each child's row with the goals it can be said to have worked on."""
    first = next((one for one in sessions if one.state == Session.PLANNED), sessions[0])
    of = services_of(sessions)
    tied = tied_to_each(of.values())
    rows = [{**row, "goals": open_choices(tied.get(row["intervention_id"], ()))} for row in rows_of(sessions, of)]
    return {
        "id": group_id,
        "version": version_of(sessions),
        "planned_at": first.planned_at,
        "mode_label": vocabulary.get("session_modes").label(first.mode),
        "worked_on": first.worked_on,
        "rows": sorted(rows, key=lambda row: row["child_name"] or ""),
        "outcomes": _choices("session_outcomes"),
        "not_held": codes_not_held(),
        "not_held_reasons": reasons_to_choose(),
        "modes": _choices("session_modes"),
        "concerns": _choices("session_concerns"),
        "done": _in_words(done) if done else [],
        "options": _options(actor, group_id, sessions) if ahead_in(sessions) else [],
    }


def _in_words(done: Done) -> list[str]:
    """Say for how many it is done, and for whom it is not, by name and reason."""
    names = Child.objects.in_bulk([one.child_id for one in done.left])
    left = (f"Not for {names[one.child_id].name}: {' '.join(one.reasons)}" for one in done.left)
    return [f"{_CHILDREN[done.number == 1].format(done.number)}. Each stands in their own record.", *left]


def _options(actor: Actor, group_id: UUID, sessions: Sequence[Session]) -> list[dict[str, Any]]:
    """Return what can be done with a group that is ahead, for the agency that gives it; nobody else reads it."""
    base = f"/api/v1/group-sessions/{group_id}/"
    whole = [
        {**options.addition(name, label, hint, f"{base}{name.replace('_', '-')}/", _INPUTS[name]), "kind": "edge"}
        for name, label, hint in _FORMS
    ]
    others = _others(actor, sessions)
    if not others:
        return whole
    hint = "Whoever you choose is expected at the same time and place."
    joining = options.addition("add", "Add a child", hint, f"{base}add/", AddToGroupInput)
    return [*whole, {**joining, "input": [{**one, "choices": others} for one in joining["input"]]}]


def _others(actor: Actor, sessions: Sequence[Session]) -> list[dict[str, str]]:
    """Return whom else the agency helps now, by name: nobody who is in the group already."""
    found = list(queries.under_way(actor).exclude(pk__in={one.root_id for one in sessions}))
    children = Child.objects.in_bulk({one.child_id for one in found})
    named = [(children[one.child_id].name, one) for one in found if one.child_id in children]
    return [
        {"value": str(one.id), "label": f"{name}, {one.service_name}", "hint": "", "group": ""}
        for name, one in sorted(named, key=lambda pair: (pair[0], pair[1].service_name))
    ]


def _choices(name: str) -> list[dict[str, str]]:
    return [{"value": term.code, "label": term.label, "hint": term.hint} for term in vocabulary.get(name)]
