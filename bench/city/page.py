"""Writes docs/reference/performance.md and performance.json from one run of the bench."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.city.measuring import Cost
from bench.city.works import Work

Costs = Sequence[Cost | None]
_NONE = "no answer within a minute | … | …"
# How the names of those ratios begin.
FLOOR = "list_throughput"
Found = Sequence[tuple[Work, Costs]]
_PAGE = """# How fast it is, and how it grows

Written by `make bench ARGS="{arguments}"`; {machine}. The same in [performance.json](performance.json).

The cities have {referrals} referrals. Up to ten thousand, the demo city is copied whole, again and again; beyond,
what is past of it: children of whom nothing is open. So the people and agencies are those of one city, and their open
work is that of ten thousand referrals in each, but their past is {often:,.0f} times as long in the largest as in the
smallest. All of it lies in the same three years, which is harsher than any real city. The children of each copy have
names of their own, drawn from those of the demo city as often as they occur there. Every row of a record is there,
with its history, events, clocks and figures; what was sent to people, and who looked at what, are not. Before anything
was measured, the sums of figures were compared with what all children add, and what some hundred children add with
their records.

Each work is done {times} times in each city, what takes seconds fewer times, the cities taking turns, as the web
role, with sign-in, row security and the access log, in one process with the database on the same machine. The
database keeps 256 MB of its own, and does not wait for the disk when it writes. `p50` and `p95` are of the whole
request; where the machine was busy with other things (its load is in the first line), both are longer than they need
be. `pages` are pages of 8 kB that the database touched for one request, everything included; they hardly depend on
the machine. The last columns are the largest city by the smallest: 1.0 does not grow at all.

{table}
"""


def table(cities: Sequence[int], found: Found) -> str:
    """Return a row for each work."""
    heads = [f"{city:,}: p50 | p95 ms | pages" for city in cities]
    lines = [
        "| Work | statements | " + " | ".join(heads) + " | p95 grows | pages grow |",
        "|---|---|" + "---|" * (3 * len(cities) + 2),
    ]
    for work, costs in found:
        statements = "/".join(dict.fromkeys(str(one.statements) for one in costs if one))
        numbers = " | ".join(f"{one.p50:.0f} | {one.p95:.0f} | {one.pages:,}" if one else _NONE for one in costs)
        grows = " | ".join(f"{value:.1f}" for value in growth(costs).values()) or "… | …"
        lines.append(f"| {work.name} | {statements} | {numbers} | {grows} |")
    return "\n".join(lines)


def growth(costs: Costs) -> Mapping[str, float]:
    """Return how much more a work costs in the largest city than in the smallest; nothing where one never answered."""
    first, last = costs[0], costs[-1]
    if first is None or last is None:
        return {}
    return {"p95": last.p95 / first.p95, "pages": last.pages / max(first.pages, 1)}


def written(cities: Sequence[int], found: Found, *, machine: str, arguments: str, times: int) -> str:
    """Return the page."""
    return _PAGE.format(
        arguments=arguments,
        machine=machine,
        referrals=" and ".join(f"{city:,}" for city in cities),
        often=cities[-1] / cities[0],
        times=times,
        table=table(cities, found),
    )


def as_json(cities: Sequence[int], found: Found, *, machine: str, arguments: str, times: int) -> str:
    """Return the same for programs: by work, and by city."""
    span = f"{_short(cities[0])}_to_{_short(cities[-1])}"
    works: dict[str, Any] = {}
    for work, costs in found:
        by_city = {
            str(city): {
                "times": one.times,
                "p50_ms": round(one.p50, 1),
                "p95_ms": round(one.p95, 1),
                "statements": one.statements,
                "pages": one.pages,
            }
            for city, one in zip(cities, costs, strict=True)
            if one
        }
        grows = {f"growth_{name}_{span}": round(value, 2) for name, value in growth(costs).items()}
        works[work.name] = {"cities": by_city, **grows}
    told = {"command": f"make bench ARGS={arguments!r}", "machine": machine, "times": times, "works": works}
    return json.dumps(told, indent=1) + "\n"


def beside_the_floor(kept: Path, told: str) -> str:
    """Return the figures with the ratios that `make bench-floor` wrote into the same file."""
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    floor = {name: value for name, value in before.items() if name.startswith(FLOOR)}
    return json.dumps({**json.loads(told), **floor}, indent=1) + "\n"


def _short(number: int) -> str:
    """Return about how many, as 10k or 1m."""
    return f"{number // 1_000_000}m" if number >= 1_000_000 else f"{number // 1_000}k"
