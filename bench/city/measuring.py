"""What the pages of managers, boards and officers cost in a city of some size: statements, time, and rows of the lists.

Asked through the product's own addresses, as the web role, row security and all, in the process that measures.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from tests.actors import actor, browser_of

# Who asks, and what: lists as they open, figures of the longest period.
PAGES = {
    "Referrals to decide": (("front-door", Role.TRIAGE_OFFICER), "referrals/?view=queue"),
    "Cases of an agency": (("city-early-help", Role.MANAGER), "cases/?view=lead"),
    "Caseloads": (("city-early-help", Role.MANAGER), "caseloads/"),
    "Needs attention": (("city-early-help", Role.MANAGER), "exceptions/"),
    "My work": (("city-early-help", Role.CASE_WORKER), "work/"),
    "Time taken, 12 months": (("city-early-help", Role.MANAGER), "figures/flow/?period=year"),
    "Time to review by source": (
        ("city-early-help", Role.MANAGER),
        "figures/flow/cut/?period=year&kind=review&is_urgent=false&by=source",
    ),
    "Time to decide by team": (
        ("front-door", Role.MANAGER),
        "figures/flow/cut/?period=year&kind=decide&is_urgent=false&by=team",
    ),
    "Waits and refusals, 12 months": (("city-early-help", Role.MANAGER), "figures/services/?period=year"),
    "Fairness by special needs": (("front-door", Role.MANAGER), "figures/fairness/?period=year&by=send"),
    "Fairness by ward": (("city-early-help", Role.MANAGER), "figures/fairness/?period=year&by=ward"),
    "Outcomes, 12 months": (("city-early-help", Role.MANAGER), "figures/outcomes/?period=year"),
    "What works, 12 months": (("city-early-help", Role.MANAGER), "figures/works/?period=year"),
}
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs: statements, and milliseconds at the median and of its slowest statement."""

    page: str
    statements: int
    milliseconds: float
    slowest: float
    plan: str


def costs() -> Iterator[Cost]:
    """Yield what each page costs; the first time it is asked for does not count."""
    for page, (who, path) in PAGES.items():
        yield _cost(page, actor(*who), path)


def _cost(page: str, who: Actor, path: str) -> Cost:
    browser = browser_of(who)
    answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    took = []
    for _each in range(_ROUNDS):
        began = time.perf_counter()
        browser.get(path)
        took.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    slowest = max(captured.captured_queries, key=lambda one: float(one["time"]))
    return Cost(page, len(captured), median(took), float(slowest["time"]) * 1000, _plan(who, slowest["sql"]))


def _plan(who: Actor, statement: str) -> str:
    """Return how the database answers somebody's statement, with what it read."""
    with acting(who), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())
