"""What it costs to count again after one child changed, in a city of some size: statements and time."""

import time
from dataclasses import dataclass
from statistics import median

from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.insights.refreshing import refresh

_ROUNDS = 5
_ONE = """INSERT INTO insights_changed (child_id, made_in)
  SELECT child_id, %s FROM cases_case WHERE state = 'closed' ORDER BY id LIMIT 1 OFFSET %s"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The cost of a refresh after one change."""

    statements: int
    milliseconds: float

    def __str__(self) -> str:
        return f"refresh after one change: {self.statements} statements, {self.milliseconds:.0f} ms"


def cost() -> Refreshed:
    """Count a few children again, one after another."""
    owner, took, statements = connections["owner"], [], 0
    for place in range(_ROUNDS):
        with owner.cursor() as cursor:
            cursor.execute(_ONE, [place, place])
        began = time.perf_counter()
        with CaptureQueriesContext(owner) as captured:
            refresh(using="owner")
        took.append((time.perf_counter() - began) * 1000)
        statements = len(captured)
    return Refreshed(statements, median(took))
