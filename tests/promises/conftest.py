"""Says in one line what the deep walks walked, and how often each kind of step was taken."""

from collections import Counter

import pytest

from tests.promises.promises import STEPS, WALKS

WALKED = "walked"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up the parts, in whichever process each ran."""
    parts = [
        (report.outcome, taken)
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, taken in report.user_properties
        if name == WALKED
    ]
    if not parts:
        return
    taken = sum((Counter(part) for _outcome, part in parts), Counter())
    walks, steps = taken.pop(WALKS, 0), taken.pop(STEPS, 0)
    failed = sum(outcome != "passed" for outcome, _part in parts)
    result = f"{failed} of {len(parts)} parts FAILED" if failed else "no finding"
    terminalreporter.write_line(f"walks: {walks:,} walks, {steps:,} steps in {len(parts)} parts: {result}")
    terminalreporter.write_line("acts done: " + ", ".join(f"{name} {count:,}" for name, count in taken.most_common()))
