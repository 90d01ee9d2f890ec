"""Reminding those who were invited to a meeting that is near, and have not yet given what they know."""

from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.audit.commands import record
from backend.audit.models import Event
from backend.core import clock
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import Notice, outbox_rows
from backend.notifications.models import Outbox
from backend.panels import queries
from backend.panels.commands.agenda import AT_THE_TABLE
from backend.panels.models import PanelItem
from backend.panels.texts import reminder_fields

JOB = "panels.remind"
_BATCH = 200


def remind_all() -> int:
    """Remind each agency once for each item it was invited to; return how many were."""
    with acting_as_system(job=JOB):
        waiting = list(queries.to_remind().values_list("id", flat=True)[:_BATCH])
    reminded = 0
    for invitation_id in waiting:
        with acting_as_system(job=JOB) as actor:
            reminded += _remind(actor, invitation_id)
    return reminded


def _remind(actor: Actor, invitation_id: UUID) -> bool:
    """Asked again under its lock: it may have been given, or taken back, meanwhile."""
    waiting = queries.to_remind().select_for_update(skip_locked=True, no_key=True, of=("self",))
    invitation = waiting.filter(pk=invitation_id).first()
    if invitation is None:
        return False
    item = PanelItem.objects.select_related("panel", "lead_agency").get(pk=invitation.root_id)
    invitation.reminded_at = clock.now()
    audience = AgencyRoles(invitation.agency_id, AT_THE_TABLE)
    notice = Notice(audience, "panel_give", reminder_fields(item), f"/panel-items/{item.id}")

    def told(event: Event) -> list[Outbox]:
        return outbox_rows([notice], event_id=event.id, root_id=item.id)

    data = {"agency": str(invitation.agency_id)}
    record(actor, "panel_item.remind", invitation, root_id=item.id, child_id=item.child_id, data=data, beside=told)
    return True
