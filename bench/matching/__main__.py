"""`make bench-matching`: how well children are found in labelled sets, and how fast among a million.

Arguments: `--children N` (a million unless said), `--asked N`, `--set FILE.csv` for a labelled set of one's own, or two
files to link one with the other; columns are read by their usual names (docs/reference/matching.md). `--only-sets` does
without a database, `--no-families` for a set without brothers and sisters, `--write` to write the page.
"""

import argparse
import os
import platform
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import django

from bench.matching.finding import Found, find
from bench.matching.labelled import Labelled
from bench.matching.made import NEW_NAME_AND_HOME, NEW_NAME_AND_HOME_TOLD, made
from bench.matching.reading import febrl, from_files

ROOT = Path(__file__).resolve().parents[2]
# FEBRL 3 and a city of another seed trained the weights (bench/matching/train.py).
TRAINED_ON, SEED, CHILDREN = ("febrl3",), 990_017, 12_000

# How often the model without families expects a brother or sister.
_NO_FAMILIES = 1e-12


def main() -> None:
    """Measure and print; the last line is the one the bars speak of."""
    told = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from backend.matching.weighing import weights  # noqa: PLC0415 - settings first
    from bench.matching import million, page  # noqa: PLC0415 - settings first

    found = []
    by = replace(weights(), siblings=_NO_FAMILIES) if told.no_families else weights()
    for labelled in _sets(told.set):
        found.append(find(labelled, by))
        print(_line(found[-1]), flush=True)
    if told.only_sets:
        return
    timed = million.measure(count=told.children, asked=told.asked)
    print(page.speed(timed))
    if told.explain:
        print(timed.plan)
    headline = min((_headline(one) for one in found if one.name in told.headline), key=lambda one: one.recall)
    last = f"recall {headline.recall:.4f} precision {headline.precision:.4f} p95_ms {timed.p95:.1f}"
    print(last)
    if told.write:
        where = ROOT / "docs" / "reference" / "matching.md"
        where.write_text(page.written(found, timed, last, machine=_machine(), asked=told.asked), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-matching", description=__doc__)
    parser.add_argument("--children", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=300)
    parser.add_argument("--set", type=Path, nargs="+", default=None, metavar="FILE.csv")
    parser.add_argument("--only-sets", action="store_true")
    parser.add_argument("--no-families", action="store_true", help="the set holds no brothers and sisters, as FEBRL")
    parser.add_argument("--explain", action="store_true", help="print the plan of the slowest question")
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    told.headline = (told.set[0].stem,) if told.set else ("febrl4", "made city")
    return told


def _sets(own: list[Path] | None) -> Iterator[Labelled]:
    if own:
        yield from_files(own)
        return
    cities = (
        made("made city", seed=SEED, count=CHILDREN),
        made("careless city", seed=SEED + 1, count=CHILDREN, careless=2),
    )
    for labelled in (*map(febrl, (1, 2, 3, 4)), *cities):
        yield labelled
        yield labelled.without(f"{labelled.name} without numbers", nhs_number="", upn="")
        if labelled in cities:
            yield labelled.without(f"{labelled.name} without phones and people", phones=(), household=())
    # A kind that no weight was trained on: whoever is known again has another family name and another home.
    yield made("families that changed name and home", seed=SEED + 2, count=CHILDREN, always=NEW_NAME_AND_HOME)
    yield made("the same, former postcode told", seed=SEED + 2, count=CHILDREN, always=NEW_NAME_AND_HOME_TOLD)
    yield made("the same of another seed", seed=SEED + 3, count=CHILDREN, careless=0.5, always=NEW_NAME_AND_HOME)


def _headline(found: Found) -> Found:
    """Return what counts for a set: of somebody else's population, with its own share of brothers and sisters."""
    return found if found.name == "made city" or found.counted is None else found.counted


def _line(found: Found) -> str:
    trained = " (trained on)" if found.name.split()[0] in TRAINED_ON else ""
    line = f"{found.name}{trained}: recall {found.recall:.4f} precision {found.precision:.4f} reach {found.reach:.4f}"
    own = found.counted
    return f"{line}; families counted: recall {own.recall:.4f} precision {own.precision:.4f}" if own else line


def _machine() -> str:
    cores = os.cpu_count()
    day = datetime.now(tz=UTC)
    return f"{day:%-d %B %Y}, {platform.system()} {platform.machine()}, {cores} cores, load {os.getloadavg()[2]:.0f}"


if __name__ == "__main__":
    main()
