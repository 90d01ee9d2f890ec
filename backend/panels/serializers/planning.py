"""The form that puts a decision of a panel into the plan of the case."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.cases.models import Case
from backend.cases.queries.planning import possible_owners
from backend.cases.rules import PossibleOwner
from backend.cases.serializers.choosing import ask_for_basis, others_than, owner_choices
from backend.panels.models import PanelDecision, PanelItem
from backend.panels.queries.planning import case_to_plan
from backend.panels.rules import is_overdue
from backend.panels.serializers.inputs import PutInPlanInput
from backend.workflow import options
from backend.workflow.descriptors import begin_with, fill

_LABEL = "Put a decision into the plan"
_HINT = "It becomes an action with the same words and day. Whoever you ask to do it is told."
_NOBODY = "Nobody of the organisation that is to do it can be asked here. Agree with it who does it."


def putting_in_plan(
    actor: Actor, item: PanelItem, at_case: frozenset[Relation], waiting: Sequence[PanelDecision]
) -> list[dict[str, Any]]:
    """Return the act, with who of the agencies that own the decisions may be asked; nothing where none waits."""
    case = case_to_plan(actor, item, at_case) if waiting else None
    if case is None:
        return []
    url = f"/api/v1/panel-items/{item.id}/plan/"
    form = options.addition("put_in_plan", _LABEL, _HINT, url, PutInPlanInput, preview_url=f"{url}preview/")
    owning = {one.owner_agency_id for one in waiting}
    owners = {key: one for key, one in possible_owners(case).items() if one.agency_id in owning}
    asked = fill(form["input"], {"record": [_choice(one) for one in waiting], "person": owner_choices(owners)})
    ask_for_basis(asked, others_than(case.lead_agency_id, owners.values()))
    if not any(map(is_overdue, waiting)):
        asked = [field for field in asked if field["name"] != "due_on"]
    obstacles = [] if owners else [_NOBODY]
    return [{**form, "input": begin_with(asked, _first(case, waiting[0], owners)), "obstacles": obstacles}]


def _first(case: Case, decision: PanelDecision, owners: Mapping[UUID, PossibleOwner]) -> dict[str, str]:
    """Return with what the form begins: the first decision, and who would do it where that is plain."""
    theirs = [one for one in owners.values() if one.agency_id == decision.owner_agency_id]
    leads = [one for one in theirs if one.user_id == case.lead_practitioner_id]
    plain = leads or (theirs if len(theirs) == 1 else [])
    return {"decision": str(decision.id), **({"owner": str(plain[0].membership_id)} if plain else {})}


def _choice(one: PanelDecision) -> dict[str, Any]:
    hint = f"{one.owner_agency.name}, by {one.due_on:%-d %B %Y}" if one.owner_agency else ""
    return {"value": str(one.id), "label": one.text[:200], "hint": hint, "group": ""}
