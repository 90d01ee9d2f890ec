"""What whoever runs the machine does, by the owner's login, when an account is misused (the incident runbook).

Nothing of it opens a record: it ends access, says who looked at what by references, keeps the log as evidence, and
tells the managers concerned. What is done here is written down on paper, as the runbook asks.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from backend.access.models import Session as SignIn
from backend.agencies.models import User
from backend.agencies.roles import Role
from backend.audit.models import AccessLog, Checkpoint
from backend.cases.models import Case
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import Notice, outbox_rows
from backend.notifications.models import Outbox
from backend.oversight.words import said
from backend.referrals.models import Referral

OWNER = "owner"
_ANSWERED = 400
_LOG = """SELECT f.position, encode(f.hash, 'hex') AS hash, l.*
  FROM audit_accesslog l LEFT JOIN audit_leaf f ON f.row_id = l.id
  WHERE l.recorded_at >= %s AND (%s::uuid IS NULL OR l.user_id = %s) ORDER BY l.recorded_at, l.id"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was written as evidence, with what proves that it is the same later."""

    path: Path
    lines: int
    sha256: str


def person(email: str) -> User | None:
    """Return who signs in with this address."""
    return User.objects.using(OWNER).filter(email=email.strip().lower()).first()


def set_active(one: User, *, is_active: bool) -> int:
    """Let somebody in no more, or again; return how many of their sessions were ended. It holds at once."""
    with transaction.atomic(using=OWNER):
        User.objects.using(OWNER).filter(pk=one.pk).update(is_active=is_active)
        ended, _of_each = SignIn.objects.using(OWNER).filter(user_id=one.pk).delete()
    return ended


def end_sessions() -> int:
    """Sign everybody out; what they typed is kept. Return how many sessions were ended."""
    ended, _of_each = SignIn.objects.using(OWNER).all().delete()
    return ended


def looks(one: User, since: datetime) -> Iterator[str]:
    """Yield what somebody did with records since then, a line each, with the references and never a word of them."""
    for row in AccessLog.objects.using(OWNER).filter(user_id=one.pk, recorded_at__gte=since).order_by("recorded_at"):
        refused = "" if row.status < _ANSWERED else f" (refused: {row.status})"
        records = ", ".join(sorted(_references(row.root_ids)))
        yield f"{row.recorded_at:%Y-%m-%d %H:%M:%S} UTC  {said(row.label, row.kind)}{refused}  {records}".rstrip()


def evidence(folder: Path, since: datetime, one: User | None) -> list[Kept]:
    """Write the rows of the log since then, each with its place in the tree, and every signed root."""
    folder.mkdir(parents=True, exist_ok=True)
    roots = Checkpoint.objects.using(OWNER).order_by("pk").values()
    return [
        _written(folder / "access-log.jsonl", _rows(since, one)),
        _written(folder / "signed-roots.jsonl", roots.iterator()),
    ]


def tell(one: User, since: datetime) -> int:
    """Tell the managers who answer for what somebody read since then; return of how many records."""
    answered = AccessLog.objects.using(OWNER).filter(user_id=one.pk, recorded_at__gte=since, status__lt=_ANSWERED)
    roots = {root for ids in answered.values_list("root_ids", flat=True) for root in ids}
    cases = list(Case.objects.using(OWNER).filter(pk__in=roots))
    referrals = list(Referral.objects.using(OWNER).filter(pk__in=roots, case=None, submitted_at__isnull=False))
    notices = [_notice(case.lead_agency_id, case, f"/looks/case/{case.pk}") for case in cases]
    notices += [_notice(referral.holder_id, referral, f"/referrals/{referral.pk}") for referral in referrals]
    Outbox.objects.using(OWNER).bulk_create(outbox_rows(notices, event_id=None, root_id=None))
    return len(notices)


def _notice(agency_id: Any, record: Case | Referral, path: str) -> Notice:
    audience = AgencyRoles(agency_id, (Role.MANAGER.value,), record.child_id)
    return Notice(audience, "unusual_account", {"reference": record.reference}, path, urgent=True)


def _references(roots: list[Any]) -> list[str]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT app.references_of(%s::uuid[])", [roots])
        found: list[str] = cursor.fetchone()[0]
    return found


def _rows(since: datetime, one: User | None) -> Iterator[dict[str, Any]]:
    key = one.pk if one else None
    with connections[OWNER].cursor() as cursor:
        cursor.execute(_LOG, [since, key, key])
        names = [column.name for column in cursor.description or ()]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _written(path: Path, rows: Iterator[Any]) -> Kept:
    lines, digest = 0, hashlib.sha256()
    with path.open("wb") as file:
        for row in rows:
            line = json.dumps(row, default=_plain, sort_keys=True).encode() + b"\n"
            file.write(line)
            digest.update(line)
            lines += 1
    return Kept(path, lines, digest.hexdigest())


def _plain(value: Any) -> str:
    """Return what JSON has no form for: keys and moments, and what is signed, byte by byte."""
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)
