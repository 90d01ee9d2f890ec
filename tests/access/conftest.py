"""Lends these tests the world with every relation in it, and says what came of the mutants."""

import pytest

from tests.access.mutants import REPORTED
from tests.world import world, world_database

__all__ = ["world", "world_database"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many mutants were caught and name those that lived, in whichever process each was tried."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport) and report.when == "call":
                for name, told in report.user_properties:
                    if name == REPORTED:
                        terminalreporter.write_line(str(told))
