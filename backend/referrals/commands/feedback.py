"""Links by which somebody without an account sees once how their referral stands: made, taken back, used."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection

from backend.core import clock
from backend.core.ids import uuid7
from backend.core.tokens import hash_of, new_token
from backend.notifications.models import Delivery
from backend.referrals.models import Referral, StatusLink
from backend.referrals.queries.feedback import open_links
from backend.workflow.changing import Change

BY_EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Used:
    """What a token led to: the link, its referral and, if the link still worked, how that stands."""

    link_id: UUID
    referral_id: UUID
    child_id: UUID | None
    status: dict[str, Any] | None


def give_status_link(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Make a link in place of any before it: shown in this answer only, or sent by the worker."""
    open_links(change.root_id).update(ended_at=clock.now())
    is_emailed = inputs["how"] == BY_EMAIL
    token = "" if is_emailed else new_token()
    now = clock.now()
    link = StatusLink.objects.create(
        id=uuid7(),
        root_id=change.root_id,
        token_hash=hash_of(token) if token else "",
        is_emailed=is_emailed,
        made_by_id=change.actor.user_id,
        made_by_name=change.actor.name,
        made_at=now,
        expires_at=now + timedelta(days=settings.STATUS_LINK_DAYS),
        state=Delivery.PENDING if is_emailed else Delivery.SENT,
        sent_at=None if is_emailed else now,
    )
    change.target.given_token = token
    change.data = {"how": inputs["how"], "link_id": str(link.id)}


def take_back_status_link(change: Change[Referral], inputs: dict[str, Any]) -> None:
    """Let the open link lead nowhere from now on."""
    open_links(change.root_id).update(ended_at=clock.now())


def use_status_link(token: str) -> Used | None:
    """Use a link, as nobody but whoever holds it; None for a token that never was.

    Whoever is signed in at the same browser is not asked: `access_log.begin` has bound the transaction to nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT link_id, referral_id, child_id, status FROM app.use_status_link(%s)", [hash_of(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    link_id, referral_id, child_id, status = row
    return Used(link_id, referral_id, child_id, orjson.loads(status) if isinstance(status, str) else status)
