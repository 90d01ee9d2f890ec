"""Makes what reports are made of: months of closed cases as they were published, and somebody who reports on them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from backend.agencies.models import Agency, Partnership
from backend.agencies.roles import Role
from backend.insights.models import PublishedMonth
from tests.actors import actor, browser_of

JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (7, 8, 9))
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NEXT_YEAR = LATER + timedelta(days=365)
QUARTER = {"kind": "needs_assessment", "period": "2026-07_2026-09"}
WHY = "September had not been published when the first edition was made."


def analyst(nth: int = 0) -> Any:
    """A partnership analyst."""
    return actor("community-safety", Role.PARTNERSHIP_ANALYST, nth=nth)


def closed(month: date = AUGUST, **reasons: int) -> None:
    """A month of closed cases as the worker keeps it: how many for each reason, as it was published."""
    partnership, agency = Partnership.objects.using("owner").get(), Agency.objects.using("owner").order_by("id").first()
    assert agency is not None
    cells = [
        {"key": ["violence_reduction", str(agency.id), reason], "number": number, "marks": {}}
        for reason, number in reasons.items()
    ]
    PublishedMonth.objects.using("owner").create(partnership=partnership, counted="closings", month=month, cells=cells)


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
