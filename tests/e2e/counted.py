"""What journeys count, as docs/reference/visit.md prints it."""

import re
from pathlib import Path

_VISIT = Path(__file__).parents[2] / "docs/reference/visit.md"


def printed(way: str) -> int:
    """Return how many taps the page says that a way to write down a visit takes."""
    row = re.search(rf"^\| {re.escape(way)} \| (\d+) \|$", _VISIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert row, f"docs/reference/visit.md has no row for “{way}”"
    return int(row[1])
