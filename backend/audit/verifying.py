"""Compares the access log with the roots that were signed when it was written, and says what is not as it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import psycopg

from backend.audit import merkle
from backend.audit.checkpoints import CONTENT
from backend.audit.roots import Roots, as_it_was

# A transaction that was begun before a checkpoint and wrote its row after it; none of ours is open for so long.
LONGEST = timedelta(minutes=10)
_ROWS = f"""COPY (
  SELECT f.position, f.row_id, encode(f.hash, 'hex'), l.id, CASE WHEN l.id IS NOT NULL THEN {CONTENT} END, l.made_in,
         extract(epoch FROM l.recorded_at), l.label
    FROM audit_leaf f FULL JOIN audit_accesslog l ON l.id = f.row_id
   ORDER BY f.position NULLS LAST, l.made_in, l.id) TO STDOUT"""  # noqa: S608 - our own words
_TYPES = ["int8", "text", "text", "text", "text", "int8", "float8", "text"]
Row = tuple[int | None, str | None, str | None, str | None, str | None, int, float, str]


@dataclass
class Report:
    """What was found, in sentences; nothing found means that the log is what it was."""

    findings: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    rows: int = 0
    uncovered: int = 0
    checkpoints: int = 0


def verify(connection: "psycopg.Connection[Any]") -> Report:
    """Check the whole log, by whatever login may read it; nothing is written."""
    roots = Roots(connection)
    report = Report(roots.findings, roots.notices, checkpoints=len(roots.trusted))
    _Check(roots, report).rows(_read(connection))
    return report


def _read(connection: "psycopg.Connection[Any]") -> Iterator[Row]:
    with connection.cursor() as cursor, cursor.copy(_ROWS) as copied:
        copied.set_types(_TYPES)
        yield from cast("Iterator[Row]", copied.rows())


class _Check:
    """One walk over all rows in their places, with a root to compare at the end of each checkpoint."""

    def __init__(self, roots: Roots, report: Report) -> None:
        self._roots = roots
        self._report = report
        self._tree = merkle.Tree()
        self._ends = iter(roots.trusted)
        self._end = next(self._ends, None)
        # From here on in this checkpoint nothing can be compared: a place is empty.
        self._is_broken = False
        self._said_here = False
        self._since: datetime | None = None

    def rows(self, rows: Iterable[Row]) -> None:
        for position, row_id, kept, there, content, made_in, at, label in rows:
            if position is None or row_id is None or kept is None:
                self._not_covered(there, made_in, at, label)
                continue
            self._fill_to(position)
            self._covered(position, row_id, kept, content, at, label)
        if self._end is not None:
            last = self._roots.trusted[-1].size
            self._say(
                f"The end of the log was cut off: rows number {self._tree.size + 1} to {last} are gone, written by "
                f"{_moment(self._roots.trusted[-1].at)}."
            )

    def _covered(self, position: int, row_id: str, kept: str, content: str | None, at: float, label: str) -> None:
        self._report.rows += 1
        if content is None:
            self._say(f"Row number {position} ({row_id}) was deleted. It was covered {self._when()}.")
        elif merkle.leaf(content.encode()).hex() != kept:
            self._say(f"Row number {position} ({row_id}, {label}) was changed after it was covered {self._when()}.")
        else:
            self._late(f"Row number {position} ({row_id}, {label})", at)
        if self._end is None:
            self._say(f"Row number {position} ({row_id}) has a place that no signed checkpoint gave it.")
        if self._is_broken:
            self._tree.size += 1
        else:
            self._tree.add([bytes.fromhex(kept)])
        self._compare()

    def _late(self, which: str, at: float) -> None:
        moment = datetime.fromtimestamp(at, UTC)
        if self._since is not None and moment < self._since - LONGEST:
            self._say(
                f"{which} says that it was written {_moment(moment)}, but it was not there when the log was covered "
                f"{_moment(self._since)}: it was put in afterwards."
            )

    def _not_covered(self, row_id: str | None, made_in: int, at: float, label: str) -> None:
        self._report.uncovered += 1
        if made_in < self._roots.horizon:
            self._say(
                f"Row {row_id} ({label}) was put in afterwards: everything of its time was covered "
                f"{_moment(self._roots.trusted[-1].at)}, and it was not there."
            )
        elif self._roots.trusted:
            self._since = self._roots.trusted[-1].at
            self._late(f"Row {row_id} ({label})", at)

    def _fill_to(self, position: int) -> None:
        """Say which places are empty, and go on from the next signed root behind them."""
        if position == self._tree.size + 1:
            return
        self._say(f"Rows number {self._tree.size + 1} to {position - 1} were cut out, with their places.")
        while self._end is not None and self._end.size < position:
            self._next()
        if self._tree.size != position - 1:
            # How many there are is all that counts until the next root.
            self._is_broken, self._tree.size = True, position - 1

    def _compare(self) -> None:
        while self._end is not None and self._end.size == self._tree.size:
            if not self._is_broken and self._tree.root != self._end.root and not self._said_here:
                begin = self._roots.before(self._end) + 1
                self._say(
                    f"Something among rows number {begin} to {self._end.size}, covered {self._when()}, is not what was "
                    "signed: a row and its hash were both changed, or rows changed their places."
                )
            self._next()

    def _next(self) -> None:
        """Go on behind a checkpoint, from what its own tree was: what was wrong before it is said."""
        if self._end is None:
            return
        self._since = self._end.at
        kept = as_it_was(self._end, self._roots.frontiers)
        if kept is not None:
            self._tree, self._is_broken = kept, False
        self._end = next(self._ends, None)
        self._said_here = False

    def _when(self) -> str:
        return _moment(self._end.at) if self._end else "by no checkpoint"

    def _say(self, sentence: str) -> None:
        self._report.findings.append(sentence)
        self._said_here = True


def _moment(moment: datetime) -> str:
    return f"on {moment.astimezone(UTC):%-d %B %Y at %H:%M:%S} UTC"
