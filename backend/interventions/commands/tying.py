"""Tying a service to goals of the plan: what it works towards, and all that whoever gives it reads of the plan."""

from typing import Any

from backend.core.errors import Invalid
from backend.interventions import rules
from backend.interventions.models import Intervention
from backend.interventions.queries.goals import goals_to_tie, worked_on
from backend.sharing.commands import disclose
from backend.sharing.rules import basis_of
from backend.workflow.changing import Change

_PURPOSE = "So that the service works towards what the family wants"
_NOT_OPEN = "Choose goals of the plan that are worked on."


def tie_goals(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    """Keep which goals it works towards; one that a session has worked on stays. New words are a share of the case."""
    target, wanted = change.target, set(inputs["goals"])
    target.changed_by_id = change.actor.user_id
    added, left_out = wanted - set(target.goals), set(target.goals) - wanted
    if added and added - set(goals_to_tie(target).values_list("id", flat=True)):
        raise Invalid(_NOT_OPEN, fields={"goals": [_NOT_OPEN]})
    stays = left_out & worked_on(target.id) if left_out else set()
    target.goals = sorted(wanted | stays)
    change.data = {"goals": [str(goal) for goal in target.goals]}
    if added and rules.is_read_elsewhere(target):
        _share(change, inputs)


def _share(change: Change[Intervention], inputs: dict[str, Any]) -> None:
    target = change.target
    sender, recipient = rules.sharers(target)
    if sender is None or recipient is None:
        return
    disclose(
        change.actor,
        root_id=target.case_id,
        child_id=target.child_id,
        what=f"The words of goals of the plan: {target.service_name}"[:200],
        purpose=_PURPOSE,
        basis=basis_of(inputs),
        from_agency_id=sender,
        to_agency_id=recipient,
        opens_id=target.id,
    )
