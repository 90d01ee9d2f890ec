"""`make bench`: what the pages cost in a city of ten thousand, a hundred thousand and a million referrals.

Arguments: `--referrals N …` (10,000 and 100,000 unless said; a million takes an hour and 40 GB), `--explain` prints the
plan of each page's slowest statement, `--keep` leaves the databases where they are and says how to look at them.
The figures of one run are compared with one another: ratios tell more than milliseconds on a machine that others use.
"""

import argparse
import logging
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import django
from django.test.utils import setup_test_environment

SIZES = (10_000, 100_000)


def main() -> None:
    """Make each city, measure its pages, and print a table of both."""
    told = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    from bench.city import making, measuring, refreshing  # noqa: PLC0415 - settings first

    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    found = {}
    for size in sorted(told.referrals):
        with making.city_of(size, keep=told.keep, say=_say()) as referrals:
            found[referrals] = list(measuring.costs())
            print(f"{referrals:,} referrals, {refreshing.cost()}")
            if told.explain:
                for cost in found[referrals]:
                    print(f"\n{cost.page}, {referrals:,} referrals: {cost.slowest:.0f} ms\n{cost.plan}")
    print(_table(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--referrals", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def _say() -> Callable[[str], None]:
    began = time.monotonic()
    return lambda what: print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)


def _table(found: Mapping[int, Sequence[Any]]) -> str:
    sizes = list(found)
    lines = [
        "| Page | Statements | " + " | ".join(f"{size:,} referrals" for size in sizes) + " | Ratio |",
        "|---|---|" + "---|" * (len(sizes) + 1),
    ]
    for place, cost in enumerate(found[sizes[0]]):
        took = [found[size][place].milliseconds for size in sizes]
        counts = "/".join(dict.fromkeys(str(found[size][place].statements) for size in sizes))
        times = " | ".join(f"{one:.0f} ms" for one in took)
        lines.append(f"| {cost.page} | {counts} | {times} | {took[-1] / took[0]:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
