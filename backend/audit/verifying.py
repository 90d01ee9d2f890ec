"""Compares the access log with the roots that were signed when it was written, and says what is not as it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import psycopg

from backend.audit import merkle
from backend.audit.checkpoints import CONTENT
from backend.audit.roots import Roots, as_it_was

# A transaction that was begun before a checkpoint and wrote its row after it; none of ours is open for so long.
LONGEST = timedelta(minutes=10)
_COVERED = f"""SELECT f.position, f.row_id::text, f.hash, CASE WHEN l.id IS NOT NULL THEN {CONTENT} END,
         extract(epoch FROM l.recorded_at)::float8, l.label::text
    FROM audit_leaf f LEFT JOIN audit_accesslog l ON l.id = f.row_id ORDER BY f.position"""  # noqa: S608 - our own words
_NOT_COVERED = """SELECT l.id::text, l.made_in, extract(epoch FROM l.recorded_at)::float8, l.label::text
    FROM audit_accesslog l
   WHERE NOT EXISTS (SELECT 1 FROM audit_leaf f WHERE f.row_id = l.id) ORDER BY l.made_in, l.id"""
_AT_ONCE = 10_000
# How often it is said how far it has come.
STEP = 100_000
# Called with how many rows were checked, of how many.
Told = Callable[[int, int], None]


@dataclass
class Report:
    """What was found, in sentences; nothing found means that the log is what it was."""

    findings: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    rows: int = 0
    uncovered: int = 0
    checkpoints: int = 0


def verify(connection: "psycopg.Connection[Any]", told: Told | None = None) -> Report:
    """Check the whole log, by whatever login may read it, in its caller's transaction; nothing is written."""
    roots = Roots(connection)
    report = Report(roots.findings, roots.notices, checkpoints=len(roots.trusted))
    check = _Check(roots, report)
    for row in _read(connection, _COVERED):
        check.covered(*row)
        if told and report.rows % STEP == 0:
            told(report.rows, roots.trusted[-1].size if roots.trusted else 0)
    check.end()
    for row in _read(connection, _NOT_COVERED):
        check.not_covered(*row)
    return report


def _read(connection: "psycopg.Connection[Any]", statement: LiteralString) -> Iterator[tuple[Any, ...]]:
    # A cursor of the server's: it gives the first rows at once, in their places, and never has all of them in memory.
    with connection.cursor("verify_audit") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(statement, binary=True)
        yield from cursor


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
        # When the log was covered last. What says that it was written before the second (in seconds of the epoch) was
        # there by then.
        self._since = datetime.fromtimestamp(0, UTC)
        self._late_before = float("-inf")

    def covered(self, position: int, row_id: str, kept: bytes, content: str | None, at: float, label: str) -> None:
        """Take the row of the next place."""
        if position != self._tree.size + 1:
            self._fill_to(position)
        self._report.rows += 1
        if content is None:
            self._say(f"Row number {position} ({row_id}) was deleted. It was covered {self._when()}.")
        elif merkle.leaf(content.encode()) != kept:
            self._say(f"Row number {position} ({row_id}, {label}) was changed after it was covered {self._when()}.")
        elif at < self._late_before:
            self._late(f"Row number {position} ({row_id}, {label})", at)
        if self._end is None:
            self._say(f"Row number {position} ({row_id}) has a place that no signed checkpoint gave it.")
        if self._is_broken:
            self._tree.size += 1
        else:
            self._tree.add([kept])
        self._compare()

    def end(self) -> None:
        """Say where the end is missing; what comes now has no place yet."""
        if self._end is not None:
            last = self._roots.trusted[-1].size
            self._say(
                f"The end of the log was cut off: rows number {self._tree.size + 1} to {last} are gone, written by "
                f"{_moment(self._roots.trusted[-1].at)}."
            )
        if self._roots.trusted:
            self._covered_at(self._roots.trusted[-1].at)

    def not_covered(self, row_id: str, made_in: int, at: float, label: str) -> None:
        """Take a row that has no place."""
        self._report.uncovered += 1
        if made_in < self._roots.horizon:
            self._say(
                f"Row {row_id} ({label}) was put in afterwards: everything of its time was covered "
                f"{_moment(self._roots.trusted[-1].at)}, and it was not there."
            )
        elif at < self._late_before:
            self._late(f"Row {row_id} ({label})", at)

    def _covered_at(self, moment: datetime) -> None:
        self._since, self._late_before = moment, (moment - LONGEST).timestamp()

    def _late(self, which: str, at: float) -> None:
        self._say(
            f"{which} says that it was written {_moment(datetime.fromtimestamp(at, UTC))}, but it was not there when "
            f"the log was covered {_moment(self._since)}: it was put in afterwards."
        )

    def _fill_to(self, position: int) -> None:
        """Say which places are empty, and go on from the next signed root behind them."""
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
        self._covered_at(self._end.at)
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
