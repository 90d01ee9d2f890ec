"""Keeping how somebody wants to hear by email: their own row, made when they first choose."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.core.errors import Conflict
from backend.core.ids import uuid7
from backend.notifications.models import NotificationSettings
from backend.notifications.queries import settings_of
from backend.workflow.changing import changing

VERB = "settings.choose"


def choose_settings(actor: Actor, given: Mapping[str, Any], *, version: int) -> NotificationSettings:
    """Keep what the actor chose, and return it. Raises Conflict `stale` when they chose elsewhere meanwhile."""
    own = settings_of(actor)
    row = own.first()
    if row is None and version == 0:
        return _begin(actor, given)
    if row is None:
        raise _stale(0)
    permission = Permission.SETTINGS_CHOOSE
    with changing(actor, own, row.id, permission=permission, verb=VERB, version=version) as change:
        for name, value in given.items():
            setattr(change.target, name, value)
    return change.target


def _begin(actor: Actor, given: Mapping[str, Any]) -> NotificationSettings:
    policy.require(actor, Permission.SETTINGS_CHOOSE)
    settings = NotificationSettings(id=uuid7(), user_id=actor.user_id, **given)
    try:
        with transaction.atomic():
            record(actor, VERB, settings, root_id=settings.id)
    except IntegrityError as error:
        # The same person, at two windows, for the first time.
        raise _stale(1) from error
    return settings


def _stale(version: int) -> Conflict:
    return Conflict(
        "You have changed this somewhere else since you opened it. Look again, then choose.",
        code="stale",
        version=version,
        changed=[],
    )
