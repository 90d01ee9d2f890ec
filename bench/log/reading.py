"""How well unusual reading is found, a line a seed."""

from collections.abc import Sequence

from bench.reading.__main__ import PROVED_WITH
from bench.reading.scoring import score, watch
from bench.reading.year import Year


def lines() -> Sequence[str]:
    """Return the table of ADR 68."""
    scores = []
    table = ["| seed | planted | recall | alerts in the year | precision |", "|---|---|---|---|---|"]
    for seed in PROVED_WITH:
        year = Year(seed)
        one = score(year, watch(year))
        scores.append(one)
        table.append(f"| {seed} | {one.planted} | {one.recall:.3f} | {one.said} | {one.precision:.2f} |")
    planted, found = sum(one.planted for one in scores), sum(one.found for one in scores)
    said, right = sum(one.said for one in scores), sum(one.right for one in scores)
    return [*table, f"| all | {planted} | {found / planted:.3f} | {said} | {right / said:.2f} |"]
