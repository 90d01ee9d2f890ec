"""Lends these tests the world with every relation in it, and says in one line what made-up requests were answered."""

from collections import Counter

import pytest

from tests.api.shapes import FUZZED
from tests.world import world, world_database

__all__ = ["world", "world_database"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up the operations, in whichever process each was asked."""
    answered: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport) and report.when == "call":
                for name, told in report.user_properties:
                    if name == FUZZED and isinstance(told, dict):
                        answered.update(told)
    if answered:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(answered.items()))
        terminalreporter.write_line(f"made-up requests: {answered.total():,} answered, {kinds}")
