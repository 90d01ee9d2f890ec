"""The page on capacity is what the command writes from the committed figures, and follows from what one says."""

import json
from dataclasses import replace

import pytest

from bench.capacity.__main__ import WHERE, arguments, composed
from bench.capacity.needs import COUNTING, REQUESTS, Assumptions, Measured, need

ONE = Measured(dict.fromkeys([*REQUESTS, COUNTING], 100.0), 1e6, 1e3, {"web": 200, "worker": 100, "metrics": 50})


def test_the_page_is_what_the_command_writes_from_the_committed_figures() -> None:
    assert (WHERE / "capacity.md").read_text() == composed(arguments([]))


def test_every_work_it_counts_on_was_measured() -> None:
    works = json.loads((WHERE / "performance.json").read_text())["works"]
    assert {*REQUESTS, COUNTING} <= set(works)


def test_an_argument_changes_the_page_and_the_page_says_which() -> None:
    text = composed(arguments(["--referrals-per-100000", "1000", "--city", "50000"]))
    assert "| A city | 50,000 | 500 |" in text
    assert 'ARGS="--city 50000 --referrals-per-100000 1000 --write"' in text


@pytest.mark.parametrize(("name", "factor"), [("referrals_per_100000", 1.0), ("peak", 1.0), ("busy", -1.0)])
def test_twice_as_much_work_needs_twice_the_cores(name: str, factor: float) -> None:
    usual = Assumptions()
    changed = replace(usual, **{name: getattr(usual, name) * 2**factor})
    before, after = need(1_000_000, ONE, usual), need(1_000_000, ONE, changed)
    assert after.web_cores == pytest.approx(2 * before.web_cores)
    assert after.database_cores == pytest.approx(2 * before.database_cores)


def test_a_core_is_a_second_of_work_in_each_second() -> None:
    assumed = Assumptions(referrals_per_100000=100_000, peak=1, busy=1, database_share=0)
    found = need(2000 * 3600, ONE, assumed)  # One referral a second, in working hours.
    assert found.web_cores == pytest.approx(sum(REQUESTS.values()) / 10)
    assert found.web_processes >= found.web_cores
    assert need(1, ONE, assumed).web_processes == 2
