"""Telling whoever leads another case that something newer is known of how the same person is reached (ADR 39)."""

from backend.agencies.roles import Role
from backend.cases.models import Relationship
from backend.cases.queries.same_people import warned_by
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import Notice, tell_all
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_RULE = "contact_rule"


def tell_where_warned(change: Change[Relationship], _given: Given) -> None:
    """Ask who leads the other case to look before they ring; they learn nothing of this one, nor that it is there.

    Nothing waits for the minutes in which it can be taken back: until then the number may not be safe.
    """
    if change.event is None or _RULE not in change.data["fields"]:
        return
    for case in warned_by(change.target.id):
        who: Audience = Person(case.person_id) if case.person_id else AgencyRoles(case.agency_id, (Role.MANAGER.value,))
        path = f"/cases/{case.root_id}/people"
        notice = Notice(who, "case_contact_doubted", {"reference": case.reference}, path, urgent=True)
        # Of no event: the one that made it belongs to the other case.
        tell_all([notice], event_id=None, root_id=case.root_id)
