"""Idempotency keys: one key, one effect, whatever the network does."""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.core.errors import Conflict, Invalid, KeyReused
from backend.core.ids import uuid7
from backend.workflow.models import IdempotencyKey

_KEPT = timedelta(hours=24)
_FORM = re.compile(r"[\x21-\x7e]{8,80}")
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)) AS is_ours"
# One statement: our turn (never waiting for it), and if it is ours the key, unless it is known.
_TAKE = f"""WITH turn AS MATERIALIZED ({LOCK}),
                added AS (INSERT INTO workflow_idempotencykey
                                 (id, user_id, key, fingerprint, result_id, status, used_at)
                          SELECT %s, %s, %s, %s, %s, %s, %s FROM turn WHERE is_ours
                          ON CONFLICT (user_id, key) DO NOTHING RETURNING 1)
           SELECT is_ours, EXISTS (SELECT 1 FROM added) FROM turn"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class Taken:
    """What a key stands for: the record its request made or changed, and whether this is a replay."""

    result_id: UUID
    status: int
    is_replay: bool


def take(user_id: UUID, key: str, *, request: bytes, result_id: UUID, status: int) -> Taken:
    """Claim `key` for this request in the running transaction.

    `request` is method, path and body. Raises Invalid for a malformed key, Conflict `in_flight` while the first
    request runs, KeyReused when the key came with another request.
    """
    if not _FORM.fullmatch(key):
        raise Invalid("Send an Idempotency-Key header of 8 to 80 characters, new for each thing you do.")
    fingerprint = hashlib.sha256(request).hexdigest()
    with connection.cursor() as cursor:
        row: list[Any] = [uuid7(), user_id, key, fingerprint, result_id, status, clock.now()]
        cursor.execute(_TAKE, [f"{user_id}:{key}", *row])
        is_ours, is_new = cursor.fetchone()
    if not is_ours:
        raise Conflict("This is being done already. Wait a moment.", code="in_flight")
    if is_new:
        return Taken(result_id, status, is_replay=False)
    known = IdempotencyKey.objects.get(user_id=user_id, key=key)
    if known.fingerprint != fingerprint:
        raise KeyReused("This key was used for something else. Reload the page and try again.")
    return Taken(known.result_id, known.status, is_replay=True)


def forget_old_keys() -> int:
    """Delete keys older than a day, as the worker; return how many."""
    with acting_as_system(job="forget_keys"):
        deleted, _ = IdempotencyKey.objects.filter(used_at__lt=clock.now() - _KEPT).delete()
    return deleted
