"""Makes checkpoints of the access log: the rows that nobody can add to any more get their places, and a signed root."""

from collections.abc import Sequence
from typing import Any

import structlog
from django.db import connection

from backend.access.binding import acting_as_system
from backend.audit import merkle
from backend.audit.models import Checkpoint
from backend.audit.signing import Signed, last_outside, sign, write_outside

# Everything a row says, in one text that does not depend on how a session shows times or names.
CONTENT = """json_build_array(l.id, (extract(epoch FROM l.recorded_at) * 1000000)::bigint, l.made_in, l.user_id,
  l.membership_id, l.agency_id, l.role, l.kind, l.label, l.status, l.root_ids, l.child_ids)::text"""
JOB = "audit.checkpoint"
# More rows than these wait for the next checkpoint, which follows at once.
MOST_ROWS = 50_000
# One at a time, whichever worker; whoever fills in the past of the demo city holds it meanwhile.
LOCK = 0x61756469
log = structlog.get_logger(__name__)


class Tampered(Exception):
    """What the next checkpoint would build on is not what was signed."""


def make_checkpoints() -> int:
    """Cover every row that is ready, and write outside what is not there yet; return how many rows were covered."""
    covered = 0
    while True:
        with acting_as_system(job=JOB):
            added = _cover_some()
        covered += added
        if added < MOST_ROWS:
            break
    with acting_as_system(job=JOB):
        _write_outside()
    return covered


def _cover_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        # Whatever was written by a transaction before this one is committed, or never will be: the next statement
        # sees all of it. What is still being written has a number from here on, whenever it began and whenever it ends.
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, now()")
        horizon, at = cursor.fetchone()
    last = Checkpoint.objects.order_by("-number").first()
    rows = _ready(last.horizon if last else 0, horizon)
    if rows:
        # Where some are left, the next one begins where this one began.
        reached = horizon if len(rows) < MOST_ROWS else (last.horizon if last else 0)
        _add(last, rows, reached, at)
    return len(rows)


def _ready(covered: int, horizon: int) -> Sequence[tuple[Any, str]]:
    """Return the next rows in their order; on a server that was restored elsewhere, whose numbers begin anew, any."""
    between, values = "l.made_in >= %s AND l.made_in < %s", [covered, horizon]
    if horizon < covered:
        between, values = "true", []
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT l.id, {CONTENT} FROM audit_accesslog l
                 WHERE {between} AND NOT EXISTS (SELECT 1 FROM audit_leaf f WHERE f.row_id = l.id)
                 ORDER BY l.made_in, l.id LIMIT {MOST_ROWS}""",  # noqa: S608 - our own words
            values,
        )
        rows: list[tuple[Any, str]] = cursor.fetchall()
        return rows


def _add(last: Checkpoint | None, rows: Sequence[tuple[Any, str]], horizon: int, at: Any) -> None:
    tree = merkle.Tree(last.size, bytes(last.frontier)) if last else merkle.Tree()
    if last and not tree.is_of(bytes(last.root)):
        raise Tampered(f"checkpoint {last.number} was changed: run manage.py verify_audit")
    hashes = [merkle.leaf(content.encode()) for _id, content in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audit_leaf (position, row_id, hash)
               SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])""",
            [list(range(tree.size + 1, tree.size + 1 + len(rows))), [row_id for row_id, _content in rows], hashes],
        )
    tree.add(hashes)
    one = Signed(number=last.number + 1 if last else 1, at=at, size=tree.size, horizon=horizon, root=tree.root)
    Checkpoint.objects.bulk_create([Checkpoint(**_columns(one), frontier=tree.frontier, signature=sign(one))])


def _write_outside() -> None:
    """Write what is committed and not outside yet: also what a worker that was killed in between left."""
    known = last_outside()
    for one in Checkpoint.objects.filter(number__gt=known).order_by("number"):
        write_outside(signed(one))
    if Checkpoint.objects.count() < known:
        log.error("the roots outside the database know of more checkpoints than the database", outside=known)


def signed(one: Checkpoint) -> Signed:
    """Return a checkpoint of the database as what was signed."""
    return Signed(one.number, one.at, one.size, one.horizon, bytes(one.root), bytes(one.signature))


def _columns(one: Signed) -> dict[str, Any]:
    return {"number": one.number, "at": one.at, "size": one.size, "horizon": one.horizon, "root": one.root}
