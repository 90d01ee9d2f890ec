"""Writes docs/reference/floor.md, floor.json and floor.svg from one run."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from backend.operations.surroundings import ROOT
from bench.city.machine import machine
from bench.floor.serving import Cost
from bench.floor.spent import Spent
from bench.floor.spent import table as spent_table

PRODUCT, FLOOR, STOCK = "Alongside", "Bare Starlette", "Stock Django REST framework"
Costs = Mapping[str, Mapping[int, Cost]]
_WHERE = ROOT / "docs" / "reference"
_PAGE = """# One list beside the least that could answer it

Written by `make bench-floor ARGS="--on {name} --write"`, on a city of {referrals:,} referrals; {machine}. The same in
[floor.json](floor.json).

The queue of an agency, fifty referrals of it, answered by three servers on one database, one process of granian each.
**{product}** signs the reader in, binds row security to them, reads clocks and names what may be done with each row,
and writes who looked. **{floor}** says one statement over psycopg and writes the rows with orjson, and nothing else:
no sign-in, no row security, no log. **{stock}** is a model viewset with a model serializer and numbered pages, as the
framework's own tutorial makes one, with its joins told in advance, and nothing else likewise. They take turns three
times; what is told is the middle of the three. `processor` is the time of the server's own process for one request, and
not the database's.

{table}

{ratios}

![Requests a second]({picture})

## Where {product}'s time goes

By a profile of fifty requests in one process, which makes each call of a function dearer than it is: what makes many is
told as too much, and waiting for the database as too little.

{spent}

It was {calls:,} calls for one request, the tests' own browser included.
"""
_MOST = "_8_clients"
_BAR, _GAP, _WIDE, _LEFT = 22, 8, 360, 200


def table(costs: Costs) -> str:
    """Return a row for each server and number of clients."""
    lines = [
        "| Server | clients | requests a second | p50 ms | p95 ms | processor ms | memory MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, by in costs.items():
        for clients, one in by.items():
            told = f"{one.rate:.0f} | {one.p50:.1f} | {one.p95:.1f} | {one.processor:.1f} | {one.memory:.0f}"
            lines.append(f"| {name} | {clients} | {told} |")
    return "\n".join(lines)


def ratios(costs: Costs) -> Mapping[str, float]:
    """Return how much of each other server's throughput the product has, by how many clients ask."""
    others = {"bare_endpoint": FLOOR, "stock_viewset": STOCK}
    return {
        f"list_throughput_vs_{key}_{clients}_clients": round(one.rate / costs[name][clients].rate, 3)
        for key, name in others.items()
        for clients, one in costs[PRODUCT].items()
    }


def write(costs: Costs, parts: Sequence[Spent], *, referrals: int, name: str) -> None:
    """Write page, numbers and picture."""
    said = "\n".join(f"- `{key}`: **{value}**" for key, value in ratios(costs).items())
    names = {"product": PRODUCT, "floor": FLOOR, "stock": STOCK, "picture": "floor.svg", "name": name}
    measured = machine()
    profile = {"machine": measured, "spent": spent_table(parts), "calls": sum(one.calls for one in parts)}
    text = _PAGE.format(table=table(costs), ratios=said, referrals=referrals, **profile, **names)
    (_WHERE / "floor.md").write_text(text, encoding="utf-8")
    numbers = {server: {str(clients): asdict(one) for clients, one in by.items()} for server, by in costs.items()}
    spent = [asdict(one) for one in parts]
    told = json.dumps(
        {"machine": measured, "referrals": referrals, "servers": numbers, **ratios(costs), "spent": spent}, indent=1
    )
    (_WHERE / "floor.json").write_text(told + "\n", encoding="utf-8")
    (_WHERE / "floor.svg").write_text(picture(costs), encoding="utf-8")
    _beside_the_others(ratios(costs))


def _beside_the_others(found: Mapping[str, float]) -> None:
    """Say the ratios with most clients among all other figures of speed, where programs look for them."""
    path = _WHERE / "performance.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    told |= {key.removesuffix(_MOST): value for key, value in found.items() if key.endswith(_MOST)}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def picture(costs: Costs) -> str:
    """Return bars of requests a second, one for each server and number of clients."""
    bars = [(f"{name}, {clients}", one.rate) for name, by in costs.items() for clients, one in by.items()]
    most = max(rate for _name, rate in bars)
    lines = []
    for place, (name, rate) in enumerate(bars):
        y, wide = _GAP + place * (_BAR + _GAP), max(2, round(rate / most * _WIDE))
        lines += [
            f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end">{name}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{wide}" height="{_BAR}" fill="#1d70b8"/>',
            f'<text x="{_LEFT + wide + 6}" y="{y + 15}">{rate:,.0f}</text>',
        ]
    high = _GAP + len(bars) * (_BAR + _GAP)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 80} {high}" role="img" '
        'font-family="sans-serif" font-size="13"><title>Requests a second, by server and number of clients</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>'
    )
    return head + "".join(lines) + "</svg>\n"
