"""Makes what reports are made of: cases that closed in a quarter that is over, and somebody who may report on them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from backend.agencies.roles import Role
from backend.core import clock
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, now, work

AUGUST = datetime(2026, 8, 5, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NEXT_YEAR = LATER + timedelta(days=365)
QUARTER = {"kind": "needs_assessment", "period": "2026-07_2026-09"}
WHY = "Four cases were closed in August and written down in November."


def analyst(nth: int = 0) -> Any:
    """A partnership analyst."""
    return actor("community-safety", Role.PARTNERSHIP_ANALYST, nth=nth)


def closed(world: World, number: int, at: datetime = AUGUST, reason: str = "outcomes_met") -> None:
    """Close so many cases on a day."""
    for _each in range(number):
        with clock.at(at):
            work(world, "close", now(world, assessing(world)), reason_code=reason, goes_on="School nurse.")


def made(who: Any = None, **asked: str) -> dict[str, Any]:
    """Make a report, or open the one that is there."""
    answer = browser_of(who or analyst()).post("reports/", {**QUARTER, **asked})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def read(report: dict[str, Any], who: Any = None) -> dict[str, Any]:
    """Open a report."""
    answer = browser_of(who or analyst()).get(f"reports/{report['id']}/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def numbers(report: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Every number of a report by its table and row."""
    return {
        (f"{section['id']} {table['id']}", row["id"]): row["number"]
        for section in report["sections"]
        for table in section["tables"]
        for row in table["rows"]
    }
