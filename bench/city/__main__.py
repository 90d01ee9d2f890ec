"""`make bench`: what the product costs in a city of ten thousand, a hundred thousand and a million referrals.

Arguments: `--referrals N …` (10,000 and 100,000 unless said), `--keep` leaves the databases where they are, `--on NAME`
measures those that were kept, and `--verify` first compares their figures with what their records say, `--only WORD`
measures what has this word in its name, `--times N` does each work so often, `--explain` prints the plan of the slowest
statement of each, `--write` writes docs/reference/performance.md and performance.json.
The cities of one run are compared with one another: ratios tell more than milliseconds on a machine that others use.
"""

import argparse
import logging
import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.test.utils import setup_test_environment

from bench.city.machine import machine

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000)
TIMES = 30


def main() -> None:
    """Make the cities, measure the works in them, and print a table of both."""
    told = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    from bench.city import making, measuring, page  # noqa: PLC0415 - settings first

    where = machine()
    print(where, flush=True)
    with _cities(told) as names:
        referrals = [making.referrals_in(name) for name in names]
        found = []
        for work, costs in measuring.costs(names, only=told.only, times=told.times, explain=told.explain):
            found.append((work, costs))
            if told.write:
                _write(page, referrals, found, machine=where, times=told.times)
            print(page.table(referrals, found).splitlines()[-1], flush=True)
            if told.explain and (last := costs[-1]):
                print(f"\n{last.slowest:.0f} ms\n{last.plan}\n")
    print(page.table(referrals, found))


def _write(page: Any, referrals: Sequence[int], found: Sequence[Any], *, machine: str, times: int) -> None:
    """Write what was measured so far: a run that is stopped has said what it knows."""
    told = {"machine": machine, "arguments": shlex.join(sys.argv[1:]), "times": times}
    where = ROOT / "docs" / "reference"
    (where / "performance.md").write_text(page.written(referrals, found, **told), encoding="utf-8")
    numbers = where / "performance.json"
    numbers.write_text(page.beside_the_floor(numbers, page.as_json(referrals, found, **told)), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--referrals", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--on", nargs="+", default=[], metavar="NAME", help="the smallest first")
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--times", type=int, default=TIMES)
    for switch in ("--keep", "--verify", "--explain", "--write"):
        parser.add_argument(switch, action="store_true")
    return parser.parse_args()


@contextmanager
def _cities(told: argparse.Namespace) -> Iterator[Sequence[str]]:
    """Yield the names of the databases to measure: those that were kept, or new ones."""
    from bench.city import making  # noqa: PLC0415 - settings first

    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)

    if told.on:
        for name in told.on:
            making.bring_up(name, say=say)
            if told.verify:
                making.verify(name, say=say)
        yield told.on
    else:
        with making.cities_of(sorted(told.referrals), keep=told.keep, say=say) as names:
            yield names


if __name__ == "__main__":
    main()
