"""The signed roots, in the database and outside: which of them can be believed, and what differs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import psycopg

from backend.audit import merkle, signing
from backend.audit.signing import Signed

# A worker that died between the commit and the file is followed by another one.
_SOON = timedelta(minutes=5)
_NEXT_TRANSACTION = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint, clock_timestamp()"
_CHECKPOINTS = "SELECT number, at, size, horizon, root, signature, frontier FROM audit_checkpoint ORDER BY number"


class Roots:
    """The checkpoints whose signature is the server's, wherever they were found, in their order."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.findings: list[str] = []
        self.notices: list[str] = []
        self._keys = signing.public_keys()
        # Before those of the database: what the worker writes meanwhile is only missing here, which is expected.
        lines = list(signing.outside())
        ((following, self._now),) = connection.execute(_NEXT_TRANSACTION).fetchall()
        rows = connection.execute(_CHECKPOINTS).fetchall()
        self.frontiers: Mapping[int, bytes] = {row[0]: bytes(row[6]) for row in rows}
        inside = [Signed(row[0], row[1], row[2], row[3], bytes(row[4]), bytes(row[5])) for row in rows]
        believed = self._signed(inside, {}, "in the database")
        outside = self._signed(lines, believed, "outside the database")
        self._compare(believed, outside)
        both = {**believed, **outside}
        self.trusted = [both[number] for number in sorted(both)]
        self._gaps(both)
        # The transaction before which every row was covered; unknown where a copy was put on another server, whose
        # transactions are counted anew, until the next checkpoint.
        self.horizon = self.trusted[-1].horizon if self.trusted else 0
        if following < self.horizon:
            self.horizon = 0
            self.notices.append("This database was restored on another server, and no checkpoint was made since.")

    def before(self, one: Signed) -> int:
        """Return how many rows there were at the checkpoint before this one."""
        return max((other.size for other in self.trusted if other.number < one.number), default=0)

    def _signed(self, found: list[Signed], known: Mapping[int, Signed], where: str) -> dict[int, Signed]:
        """Return those whose signature is right; of what is `known` to be signed, the same is not computed again."""
        believed = {}
        for one in found:
            if one == known.get(one.number) or signing.is_signed(one, self._keys):
                believed[one.number] = one
            else:
                which = f"Checkpoint {one.number}" if one.number else "A checkpoint that cannot be read,"
                self.findings.append(f"{which} {where} was changed: its signature is not the server’s.")
        return believed

    def _compare(self, inside: Mapping[int, Signed], outside: Mapping[int, Signed]) -> None:
        """Say what stands on one side only; both sides are signed, so what stands on both is the same."""
        newest = max(inside, default=0)
        for number in sorted(inside.keys() ^ outside.keys()):
            fresh = number == newest and number - 1 == max(outside, default=0)
            if fresh and self._now - inside[number].at < _SOON:
                self.notices.append(
                    f"Checkpoint {number} is not outside the database yet: the worker writes it within a minute."
                )
            else:
                where = "outside the database" if number in inside else "from the database"
                self.findings.append(f"Checkpoint {number} was taken away {where}.")
        for number in inside.keys() & outside.keys():
            if inside[number].words() != outside[number].words():
                self.findings.append(f"Checkpoint {number} says one thing in the database and another outside.")

    def _gaps(self, both: Mapping[int, Signed]) -> None:
        missing = sorted(set(range(1, max(both, default=0) + 1)) - both.keys())
        if missing:
            self.findings.append(f"No trace is left of checkpoints {', '.join(map(str, missing))}.")


def as_it_was(one: Signed, frontiers: Mapping[int, bytes]) -> merkle.Tree | None:
    """Return the tree of a checkpoint from what the database keeps of it; None where that does not give its root."""
    kept = merkle.Tree(one.size, frontiers.get(one.number, b""))
    return kept if kept.is_of(one.root) else None
