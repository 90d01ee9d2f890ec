"""A goal that a service works towards gets other words, ends or is opened again: whoever gives the service hears it."""

from backend.cases.models import Goal
from backend.interventions.commands.telling import giver_of
from backend.interventions.models import Intervention
from backend.interventions.queries import in_case
from backend.interventions.texts import fields
from backend.notifications.commands import Notice, tell_all
from backend.workflow.changing import Change

_MESSAGES = {"goal.end": "intervention_goal_ended", "goal.reopen": "intervention_goal_reopened"}


def tell_givers(change: Change[Goal]) -> None:
    """Tell whoever gives each service that is tied to it, and may read it; not of what they have just done."""
    tied = in_case(change.root_id).filter(goals__contains=[change.target.id], state__in=Intervention.SHARED)
    notices = [one for one in (_notice(change, target) for target in tied.order_by("id")) if one is not None]
    if notices:
        tell_all(notices, event_id=change.event.id if change.event else None, root_id=change.root_id)


def _notice(change: Change[Goal], target: Intervention) -> Notice | None:
    target.changed_by_id, target.changed_in_id = change.actor.user_id, change.actor.agency_id
    audience = giver_of(target)
    if audience is None:
        return None
    message = _MESSAGES.get(change.verb, "intervention_goal_reworded")
    return Notice(audience, message, fields(target), f"/interventions/{target.id}")
