"""Reads what the looks found, and writes docs/reference/lighthouse.md and lighthouse.json from it."""

import json
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from backend.operations.surroundings import ROOT
from bench.city.machine import machine

CATEGORIES = {
    "performance": "speed",
    "accessibility": "accessibility",
    "best-practices": "good practice",
    "seo": "found and read",
}
FIGURES = ("fcp", "lcp", "cls", "tbt", "bytes", "requests", "power")
LEAST = 98
LATEST_LCP_MS = 1500
MOST_SHIFT = 0.01
_WHERE = ROOT / "docs" / "reference"
_PAGE = """# What Lighthouse says of the main pages

Written by `make lighthouse ARGS=--write` on {machine}. The same in [lighthouse.json](lighthouse.json).

Lighthouse {version}, as a telephone on simulated slow 4G (150 ms there and back, 1.6 Mbit/s, a processor {slowdown}
times slower), with nothing kept from before: a web server and a worker of the demo city as `make run` starts them, on a
loopback address over plain HTTP/1.1, and {browser} without a window. Each number is the middle of {runs} looks. The bar
is {least} in each of the four categories, the largest part of a page drawn within {lcp:,} ms, and no page that moves by
more than {shift}.

How much slower follows what Lighthouse says in its docs/throttling.md: four times where the machine is a fast desk
computer (a power of 1,500 or more), twice where it is a slower one, so that both come out as a telephone of the middle
class. The `power` beside each page is what Lighthouse found there; where the machine was busy with other things it is
lower, and what is reckoned from how long work took (`TBT`, and through it the first column) is worse than it need be.

{table}

`LCP` is when the largest part was drawn, `FCP` when the first was, `TBT` for how long the page could not answer a
finger, `kB` what was sent in all, compressed. All in the model of a slow telephone that Lighthouse reckons with.

{below}

## What is not asked, and why

- Over loopback there is no TLS: Lighthouse counts `localhost` as secure, so `is-on-https` passes, and `redirects-http`
  and HSTS have nothing to be asked of. The headers that only https has: `tests/operations/test_headers.py`.
- Pages are `no-store`, so that nothing about a child stays on a shared computer; a browser therefore draws a page anew
  when somebody goes back to it. Lighthouse names that (`bf-cache`) and takes no points for it; within the web app going
  back asks for no new page.
"""
Look = Mapping[str, Any]


def middle(runs: Sequence[Look]) -> dict[str, float]:
    """Return each number's median over the looks at one page."""
    return {name: median(run[name] for run in runs) for name in (*CATEGORIES, *FIGURES)}


def below(name: str, found: Mapping[str, float]) -> list[str]:
    """Return a sentence for each bar that a page misses."""
    said = [
        f"{name}: {found[category]:.0f} of 100 for {words}"
        for category, words in CATEGORIES.items()
        if found[category] < LEAST
    ]
    if found["lcp"] > LATEST_LCP_MS:
        said.append(f"{name}: the largest part is drawn after {found['lcp']:,.0f} ms")
    if found["cls"] > MOST_SHIFT:
        said.append(f"{name}: what was drawn moves by {found['cls']:.3f}")
    return said


def costly(runs: Sequence[Look]) -> list[str]:
    """Return the audits that cost points in any look, each with the places it named."""
    said = {
        missed["id"]: f"{missed['category']}: {missed['id']} {missed['at']}" for run in runs for missed in run["missed"]
    }
    return list(said.values())


def table(pages: Mapping[str, Mapping[str, float]]) -> str:
    """Return a row for each page."""
    head = [*CATEGORIES.values(), "FCP ms", "LCP ms", "shift", "TBT ms", "kB", "requests", "power"]
    rows = [f"| Page | {' | '.join(head)} |", "|---" * (len(head) + 1) + "|"]
    for name, found in pages.items():
        scores = [f"{found[category]:.0f}" for category in CATEGORIES]
        speed = [f"{found['fcp']:,.0f}", f"{found['lcp']:,.0f}", f"{found['cls']:.3f}", f"{found['tbt']:,.0f}"]
        size = [f"{found['bytes'] / 1000:.1f}", f"{found['requests']:.0f}", f"{found['power']:,.0f}"]
        rows.append(f"| {name} | {' | '.join([*scores, *speed, *size])} |")
    return "\n".join(rows)


def write(
    pages: Mapping[str, Mapping[str, float]], missed: Sequence[str], *, runs: int, slowdown: int, browser: str
) -> None:
    """Write the page and the numbers."""
    version = json.loads((ROOT / "bench/lighthouse/package.json").read_text(encoding="utf-8"))["dependencies"]
    told = {
        "version": version["lighthouse"],
        "browser": browser,
        "runs": runs,
        "slowdown": slowdown,
        "machine": machine(),
    }
    bars = {"least": LEAST, "lcp": LATEST_LCP_MS, "shift": MOST_SHIFT}
    said = "Below the bar:\n\n" + "\n".join(f"- {one}" for one in missed) if missed else "No page is below the bar."
    text = _PAGE.format(**told, **bars, table=table(pages), below=said)
    (_WHERE / "lighthouse.md").write_text(text, encoding="utf-8")
    numbers = json.dumps({**told, "bars": bars, "pages": pages}, indent=1, ensure_ascii=False)
    (_WHERE / "lighthouse.json").write_text(numbers + "\n", encoding="utf-8")
