"""A case has closed while services within it go on: whoever gives one hears it, and whom they turn to from now on."""

from backend.cases.commands.closing import turn_to
from backend.cases.models import Case
from backend.interventions.commands.telling import to_provider
from backend.interventions.models import Intervention
from backend.interventions.queries import in_case
from backend.interventions.texts import fields
from backend.notifications import commands as notifications
from backend.notifications.commands import Notice
from backend.workflow.changing import Change
from backend.workflow.edges import audiences

_CLOSED = to_provider("intervention_case_closed")


def tell_who_gives(change: Change[Case]) -> None:
    """Tell of each service on its own page: who goes on with it stands there, and nothing of the rest of the case."""
    case = change.target
    if change.event is None:
        return
    for target in in_case(case.id).filter(state__in=Intervention.OPEN).order_by("id"):
        words = {**fields(target), **turn_to(case)}
        path = f"/interventions/{target.id}"
        notices = [Notice(audience, _CLOSED.message, words, path) for audience in audiences(_CLOSED, target)]
        notifications.tell_all(notices, event_id=change.event.id, root_id=target.id)
