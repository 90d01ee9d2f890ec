"""Putting what a panel decided into the plan of the case: an action of somebody whose agency is to do it (ADR 44)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.cases.commands.planning import add_action, open_case, owner_of
from backend.cases.models import Action
from backend.core.errors import Conflict, Invalid, NotFound
from backend.panels import queries, rules
from backend.panels.models import PanelDecision, PanelItem
from backend.panels.queries.planning import in_the_plan

Given = Mapping[str, Any]
_OVER = "The day that the panel named is over. Say by which day it is done now."
_NOT_DECIDED = "Choose something that the panel decided and gave an organisation to do."


def put_in_plan(actor: Actor, item_id: UUID, given: Given, *, action_id: UUID) -> Action:
    """Add an action with the words and the day of a decision, for somebody of the agency that owns it.

    Raises a Refusal: `already_open` with the action that is there when the decision is in the plan already.
    """
    # Two who press at one moment wait for one another: the second finds it there.
    item = queries.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=item_id).first()
    if item is None:
        raise NotFound
    relations = access.relations_to(actor, item.case_id)
    policy.require(actor, Permission.ACTION_ADD, relations)
    decision = _decided(actor, item, given["decision"], relations)
    case = open_case(actor, item.case_id, Permission.ACTION_ADD)
    problems = list(rules.does_what_was_decided(decision, owner_of(case, given)))
    if problems:
        raise Invalid(*problems, fields={"owner": problems})
    due_on = rules.day_of_action(decision, given["due_on"])
    if due_on is None:
        raise Invalid(_OVER, fields={"due_on": [_OVER]})
    said = {**given, "text": decision.text, "due_on": due_on}
    return add_action(actor, case.id, said, action_id=action_id, decision_id=decision.id)


def _decided(actor: Actor, item: PanelItem, decision_id: UUID, relations: frozenset[Any]) -> PanelDecision:
    decision = queries.decisions_of(actor, item, relations).filter(pk=decision_id).first()
    if decision is None or decision.owner_agency_id is None:
        raise Invalid(_NOT_DECIDED, fields={"decision": [_NOT_DECIDED]})
    there = in_the_plan(actor, item, [decision.id]).get(decision.id)
    if there is not None:
        raise Conflict(
            "This decision is in the plan already.",
            code="already_open",
            existing={"id": str(there.id), "reference": item.case_reference, "url": f"/actions/{there.id}"},
        )
    return decision
