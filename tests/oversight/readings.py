"""Readings as the log has them, written for whom and when a test needs them, and the worker's minute after them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from backend.access.actors import Actor
from backend.audit.access_log import CONSULTATION
from backend.audit.models import AccessLog
from backend.core import clock
from backend.notifications.models import Outbox
from backend.oversight.watching import watch
from tests.audit.logs import wait_for_other_databases
from tests.worker import worker_login

# A Tuesday, in winter: the clock of the log is that of the office.
TUESDAY = datetime.fromisoformat("2026-11-24T10:00:00+00:00")


def looked(who: Actor, at: datetime = TUESDAY, *, children: Sequence[UUID] = (), **other: object) -> None:
    """Write what one request of somebody left in the log."""
    row = {"kind": CONSULTATION, "label": "case.read", "status": 200, "child_ids": list(children), **other}
    AccessLog.objects.using("owner").bulk_create(
        [
            AccessLog(
                recorded_at=at,
                user_id=who.user_id,
                membership_id=who.membership_id,
                agency_id=who.agency_id,
                role=who.role.value,
                **row,
            )
        ]
    )


def refused(who: Actor, at: datetime = TUESDAY) -> None:
    """Try a record that is none of theirs."""
    looked(who, at, status=404, root_ids=[uuid4()])


def a_minute_later(at: datetime = TUESDAY) -> int:
    """Do what the worker does; return how many questions are new."""
    wait_for_other_databases()
    with clock.at(at), worker_login():
        return watch()


def told_of() -> list[tuple[str, str]]:
    """Whom messages about unusual readings go to."""
    rows = Outbox.objects.using("owner").filter(message__startswith="unusual").order_by("id")
    return [(row.message, row.audience["user_id"]) for row in rows]
