"""What somebody for whom no grant, policy or trigger holds does to the log: each way, drawn by lot."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from backend.audit.checkpoints import CONTENT

Admin = psycopg.Connection[Any]

ONE_ROW = """INSERT INTO audit_accesslog (id, role, kind, label, status, root_ids, child_ids)
  VALUES (gen_random_uuid(), 'manager', 'consultation', 'case.read', 200, '{}', '{}')"""
_OF_LONG_AGO = ONE_ROW.replace("(id,", "(id, recorded_at,").replace("(gen_random_uuid(),", "(gen_random_uuid(), %s,")


def _edit(log: Admin, dice: random.Random, places: list[Any], _outside: Path) -> None:
    change = dice.choice(
        [
            "user_id = gen_random_uuid()",
            "status = 404",
            "child_ids = '{}'",
            "recorded_at = recorded_at - interval '1 microsecond'",
            "label = 'case.list'",
            "made_in = made_in + 1",
        ]
    )
    log.execute(f"UPDATE audit_accesslog SET {change} WHERE id = %s", [dice.choice(places)])
    if dice.random() < 0.3:
        _hash_anew(log)


def _delete(log: Admin, dice: random.Random, places: list[Any], _outside: Path) -> None:
    gone = dice.sample(places, dice.randint(1, 5))
    log.execute("DELETE FROM audit_accesslog WHERE id = ANY (%s)", [gone])
    if dice.random() < 0.5:
        log.execute("DELETE FROM audit_leaf WHERE row_id = ANY (%s)", [gone])


def _insert(log: Admin, dice: random.Random, places: list[Any], _outside: Path) -> None:
    if dice.random() < 0.5:
        log.execute(
            """INSERT INTO audit_accesslog SELECT (r).* FROM (
                 SELECT jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid())) r
                   FROM audit_accesslog l WHERE id = %s) x""",
            [dice.choice(places)],
        )
    else:
        log.execute(_OF_LONG_AGO, [f"2026-0{dice.randint(1, 9)}-11T10:00:00Z"])


def _reorder(log: Admin, dice: random.Random, places: list[Any], _outside: Path) -> None:
    one, other = dice.sample(range(1, len(places) + 1), 2)
    if dice.random() < 0.5:
        # The rows change their times.
        log.execute(
            """UPDATE audit_accesslog l SET recorded_at = o.recorded_at, made_in = o.made_in, user_id = o.user_id
                 FROM audit_accesslog o WHERE (l.id, o.id) IN ((%(one)s, %(other)s), (%(other)s, %(one)s))""",
            {"one": places[one - 1], "other": places[other - 1]},
        )
    else:
        # They change their places, and take their hashes with them.
        log.execute("UPDATE audit_leaf SET position = -position WHERE position = ANY (%s)", [[one, other]])
        log.execute("UPDATE audit_leaf SET position = %s + %s + position WHERE position < 0", [one, other])


def _cut(log: Admin, dice: random.Random, places: list[Any], _outside: Path) -> None:
    first = len(places) - dice.randint(0, 120)
    log.execute("DELETE FROM audit_accesslog WHERE id IN (SELECT row_id FROM audit_leaf WHERE position >= %s)", [first])
    log.execute("DELETE FROM audit_leaf WHERE position >= %s", [first])
    if dice.random() < 0.7:
        log.execute("DELETE FROM audit_checkpoint WHERE size >= %s", [first])


def _root(log: Admin, dice: random.Random, _places: list[Any], outside: Path) -> Callable[[], Any] | None:
    # Of the newest one, a few seconds old, a worker may have died before it wrote the line.
    number = dice.randint(1, 11)
    if dice.random() < 0.5:
        change = dice.choice(
            ["root = sha256(root)", "size = size + 1", "horizon = horizon - 1", "at = at - interval '1 s'"]
        )
        log.execute(f"UPDATE audit_checkpoint SET {change} WHERE number = %s", [number])
        return None
    (path,) = outside.iterdir()
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    lines[number - 1] = dice.choice(
        [lines[number - 1].replace(b'"root":"', b'"root":"00'), b"{\n", b"", lines[number % 12]]
    )
    path.write_bytes(b"".join(lines))
    return lambda: path.write_bytes(whole)


def _hash_anew(log: Admin) -> None:
    """Give every row the hash of what it says now."""
    log.execute(
        f"""UPDATE audit_leaf f SET hash = sha256('\\x00'::bytea || convert_to({CONTENT}, 'UTF8'))
              FROM audit_accesslog l WHERE l.id = f.row_id"""
    )


def _signed_otherwise(log: Admin, dice: random.Random, places: list[Any], outside: Path) -> Callable[[], Any] | None:
    return dice.choice([_root, _swap])(log, dice, places, outside)


def _swap(log: Admin, dice: random.Random, places: list[Any], _outside: Path) -> None:
    """Two leaves give each other their rows, or two checkpoints what they signed; each is as genuine as before."""
    what = dice.choice(["row_id", "hash", "root", "signature"])
    if what in ("row_id", "hash"):
        one, other = sorted(dice.sample(range(1, len(places) + 1), 2))
        ((first, second),) = log.execute(
            f"SELECT a.{what}, b.{what} FROM audit_leaf a, audit_leaf b WHERE a.position = %s AND b.position = %s",
            [one, other],
        ).fetchall()
        aside = "gen_random_uuid()" if what == "row_id" else "''"
        log.execute(f"UPDATE audit_leaf SET {what} = {aside} WHERE position = %s", [one])
        log.execute(f"UPDATE audit_leaf SET {what} = %s WHERE position = %s", [first, other])
        log.execute(f"UPDATE audit_leaf SET {what} = %s WHERE position = %s", [second, one])
        return
    pair = dice.sample(range(1, 12), 2)
    also = ", root = o.root, frontier = o.frontier" if what == "root" else ""
    log.execute(
        f"""UPDATE audit_checkpoint c SET signature = o.signature{also}
              FROM audit_checkpoint o WHERE (c.number, o.number) IN ((%(a)s, %(b)s), (%(b)s, %(a)s))""",
        {"a": pair[0], "b": pair[1]},
    )


TAMPERINGS: dict[str, Callable[[Admin, random.Random, list[Any], Path], Callable[[], Any] | None]] = {
    "edited": _edit,
    "deleted": _delete,
    "put in": _insert,
    "moved": _reorder,
    "cut off": _cut,
    "swapped or signed otherwise": _signed_otherwise,
}
