"""Breaking the glass, closing it again, and what others say of it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection

from backend.access import policy
from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.access.permissions import Permission
from backend.agencies.roles import Role
from backend.children.names import name_key
from backend.core import clock
from backend.core.errors import Conflict, Forbidden
from backend.deadlines.calendar import Unit, at_local, due, local
from backend.notifications.audience import AgencyRoles, Audience
from backend.notifications.commands import Notice, tell_all
from backend.oversight import reviewing
from backend.oversight.models import BreakGlass
from backend.oversight.queries import glass as queries

JOB = "oversight.remind"
# Beyond as many a day it is still allowed, and somebody rings.
USUAL_A_DAY = 3
_DAILY = timedelta(days=1)
_OPEN = "SELECT app.break_glass(%s, %s, %s, %s, %s, %s, %s)"
NOTHING = (
    "We could not open anything, because there is no record of a child with exactly this name and date of birth that "
    "you can open in this way. Look at the spelling and the date. What you may see anyway is under “Find a record”. If "
    "you are worried about a child, ring the front door, or report a critical moment."
)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _OneWorkingDay:
    amount: int = 1
    unit: str = Unit.WORKING_DAYS


ONE_WORKING_DAY = _OneWorkingDay()


def open_glass(actor: Actor, glass_id: UUID, given: Mapping[str, Any]) -> BreakGlass:
    """Open one child's records to the actor for reading, and tell their managers and information governance.

    Raises Conflict where nothing was opened, whatever the reason for that is.
    """
    policy.require(actor, Permission.BREAK_GLASS_OPEN)
    now = clock.now()
    named = name_key(given["given_name"], given["family_name"])
    values = [glass_id, named, given["date_of_birth"], given["reason_code"], given["reason"].strip()]
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [*values, due(ONE_WORKING_DAY, now), _midnight(now)])
        if not cursor.fetchone()[0]:
            raise Conflict(NOTHING, code="nothing_to_open")
    one = BreakGlass.objects.select_related("agency").get(pk=glass_id)
    tell_all(_opened(one), event_id=None, root_id=None)
    return one


def end(actor: Actor, glass_id: UUID, *, version: int) -> BreakGlass:
    """Close one's own again before its time is over. Raises NotFound, Conflict `stale` or `wrong_state`."""
    one = _locked(actor, glass_id, Permission.BREAK_GLASS_END, version)
    if one.user_id != actor.user_id:
        raise Forbidden("Only the person who opened it can close it before its time is over.")
    if not one.is_open:
        raise Conflict("It is closed already.", code="wrong_state")
    one.ended_at = clock.now()
    return reviewing.saved(one)


def look(actor: Actor, glass_id: UUID, *, version: int, words: str) -> BreakGlass:
    """Say, as the person's manager, what one thinks of it. Raises as `end` does."""
    return reviewing.looked(_locked(actor, glass_id, Permission.BREAK_GLASS_LOOK, version), actor, words)


def decide(actor: Actor, glass_id: UUID, *, version: int, outcome: str, words: str) -> BreakGlass:
    """Say, for information governance, whether it was justified; the person and their managers are told."""
    one = _locked(actor, glass_id, Permission.BREAK_GLASS_DECIDE, version)
    reviewing.decided(one, actor, outcome=outcome, words=words)
    tell_all(_decided(one), event_id=None, root_id=None)
    return one


def remind() -> int:
    """Say of each that nobody has decided in time that it still waits, once a day; return how many."""
    with acting_as_system(job=JOB):
        ids = list(queries.late(_DAILY).values_list("id", flat=True))
    return sum(_remind(glass_id) for glass_id in ids)


def _remind(glass_id: UUID) -> bool:
    try:
        with acting_as_system(job=JOB):
            one = queries.late(_DAILY).select_for_update(skip_locked=True, of=("self",)).filter(pk=glass_id).first()
            if one is None:
                return False
            one.reminded_at, one.reminders = clock.now(), one.reminders + 1
            one.save(update_fields=["reminded_at", "reminders"])
            fields = {"person": one.user_name, "when": queries.opened_said(one)}
            everybody: list[Audience] = [_managers(one), *_governance(one)]
            notices = [Notice(whom, "break_glass_waits", fields, one.path) for whom in everybody]
            tell_all(notices, event_id=None, root_id=None)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One must not keep the others waiting; it is tried again within the hour.
        log.error("a reminder of a break-glass could not be sent", glass=str(glass_id), error=type(error).__name__)
        return False
    return True


def _opened(one: BreakGlass) -> list[Notice]:
    fields = {"person": one.user_name, "agency": one.agency.name, "amount": str(one.nth)}
    message = "break_glass_opened" if one.nth <= USUAL_A_DAY else "break_glass_often"
    governance = [Notice(whom, message, fields, one.path, urgent=True) for whom in _governance(one)]
    return [Notice(_managers(one), "break_glass_opened", fields, one.path, urgent=True), *governance]


def _decided(one: BreakGlass) -> list[Notice]:
    fields = {"person": one.user_name, "by": one.decided_by_name, "outcome": BreakGlass.OUTCOMES[one.outcome].lower()}
    everybody: list[Audience] = [queries.person(one), _managers(one)]
    return [Notice(whom, "break_glass_decided", fields, one.path) for whom in everybody]


def _managers(one: BreakGlass) -> AgencyRoles:
    return AgencyRoles(one.agency_id, (Role.MANAGER.value,), one.child_ids[0])


def _governance(one: BreakGlass) -> list[AgencyRoles]:
    agencies = queries.agencies_that_govern(one.partnership_id)
    return [AgencyRoles(agency, (Role.INFORMATION_GOVERNANCE.value,), one.child_ids[0]) for agency in agencies]


def _locked(actor: Actor, glass_id: UUID, permission: Permission, version: int) -> BreakGlass:
    return reviewing.locked(queries.visible_to(actor), glass_id, actor=actor, permission=permission, version=version)


def _midnight(moment: datetime) -> datetime:
    return at_local(local(moment).date(), time.min)
