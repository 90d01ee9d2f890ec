"""`make bench-log`: what the access log costs a request, how long a million rows take to check, what is found in it.

Arguments: `--only cost proof reading` measures those parts; `--rows N` checks so many rows; `--pairs N` asks for each
page so often with the row and without; `--write` writes docs/reference/log.md, each part in its own place.
"""

import argparse
import logging
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence

import django
from django.test.utils import setup_test_environment

from bench.city.machine import machine

Part = Callable[[argparse.Namespace], Sequence[str]]


def main() -> None:
    """Measure, print what was measured and, where asked, write it down."""
    told = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    from bench.log import page  # noqa: PLC0415 - settings first

    for name, measure in _parts().items():
        if name in told.only:
            lines = [
                f'Measured by `make bench-log ARGS="{shlex.join(sys.argv[1:])}"`, {machine()}.',
                "",
                *measure(told),
            ]
            print("\n".join(lines), flush=True)
            if told.write:
                page.write(name, lines)


def _parts() -> Mapping[str, Part]:
    from bench.log import cost, proof, reading  # noqa: PLC0415 - settings first

    return {
        "cost": lambda told: cost.lines(told.pairs),
        "proof": lambda told: proof.lines(told.rows),
        "reading": lambda _told: reading.lines(),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-log", description=__doc__)
    parser.add_argument("--only", nargs="+", default=["cost", "proof", "reading"], metavar="PART")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
