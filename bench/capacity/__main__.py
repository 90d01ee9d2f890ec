"""`make capacity`: writes docs/reference/capacity.md; without --write it prints.

`--measure PID` first measures disk and memory, of the embedded database and of the `manage.py up` with that number, and
keeps them in capacity.json.
"""

import argparse
import json
from dataclasses import fields
from pathlib import Path

from bench.capacity import measuring, page
from bench.capacity.needs import Assumptions, Measured
from bench.city.machine import machine

WHERE = Path(__file__).resolve().parents[2] / "docs" / "reference"
# Both are assumptions: about as many under eighteen as in a large English city, and in England.
CITY, ENGLAND = 300_000, 12_000_000


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return what was said, each assumption with its own default."""
    parser = argparse.ArgumentParser(prog="make capacity", description=__doc__)
    parser.add_argument("--city", type=float, default=CITY, help="children in the city")
    parser.add_argument("--england", type=float, default=ENGLAND, help="children in England")
    for one in fields(Assumptions):
        parser.add_argument(f"--{one.name.replace('_', '-')}", type=float, default=one.default)
    parser.add_argument("--measure", type=int, metavar="PID", help="measure disk and memory anew")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args(given)


def composed(said: argparse.Namespace, where: Path = WHERE) -> str:
    """Return the page, from the two files of `where`."""
    speed = json.loads((where / "performance.json").read_text())
    sizes = json.loads((where / "capacity.json").read_text())
    largest = max(next(iter(speed["works"].values()))["cities"], key=int)
    measured = Measured(
        milliseconds={name: work["cities"][largest]["p50_ms"] for name, work in speed["works"].items()},
        bytes_a_referral=sizes["bytes_a_referral"],
        bytes_a_look=sizes["bytes_a_look"],
        megabytes=sizes["megabytes"],
    )
    assumed = Assumptions(**{one.name: getattr(said, one.name) for one in fields(Assumptions)})
    told = {
        "machine": speed["machine"],
        "referrals": f"{int(largest):,}",
        "sizes": f"the demo city, {sizes['referrals']:,} referrals, its past filled in so far, {sizes['machine']}",
    }
    places = {"A city": said.city, "England": said.england}
    return page.written(places, measured, assumed, command=_command(said), told=told)


def _command(said: argparse.Namespace) -> str:
    """Return how to have this very page again."""
    usual = vars(arguments([]))
    changed = [
        f"--{name.replace('_', '-')} {value:g}"
        for name, value in vars(said).items()
        if name not in ("measure", "write") and value != usual[name]
    ]
    return f'make capacity ARGS="{" ".join([*changed, "--write"])}"'


def main() -> None:
    """Measure where that was said, then print or write."""
    said = arguments()
    if said.measure:
        from backend.operations.postgres import roles  # noqa: PLC0415 - reading needs no server
        from backend.operations.surroundings import embedded_cluster  # noqa: PLC0415 - nor this

        url = embedded_cluster().url(roles.OWNER, database=roles.DATABASE)
        found = measuring.all_of_it(url, said.measure, machine())
        (WHERE / "capacity.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    text = composed(said)
    if said.write:
        (WHERE / "capacity.md").write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
