"""`make lighthouse`: Lighthouse looks at the main pages; it fails where one is below the bar.

Arguments: `--runs N` looks at each page (3 unless said), `--only WORD` looks only at pages with it in their name,
`--write` writes docs/reference/lighthouse.md and lighthouse.json.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
setup_test_environment()

from bench.lighthouse import page  # noqa: E402 -- settings first
from bench.lighthouse.serving import product  # noqa: E402 -- settings first
from tests.e2e.main_pages import PAGES, Page  # noqa: E402 -- settings first

_LOOKS = Path(__file__).with_name("measure.mjs")


def main() -> None:
    """Look at the pages, print the table, and fail where one is below the bar."""
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    pages = [one for one in PAGES if told.only.casefold() in one.name.casefold()]
    chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    middles, missed, slowdown = {}, [], 0
    with product() as address:
        for found in _looks(address, chromium, pages, runs=told.runs):
            name = found["name"]
            middles[name] = page.middle(found["runs"])
            below = page.below(name, middles[name])
            print(page.table({name: middles[name]}).splitlines()[-1], "is below the bar" if below else "", flush=True)
            for sentence in page.costly(found["runs"]):
                print("   ", sentence)
            missed += below
            slowdown = found["slowdown"]
    print(page.table(middles))
    if told.write:
        page.write(middles, missed, runs=told.runs, slowdown=slowdown, browser=_version(chromium))
    if missed:
        sys.exit("\n".join(missed))


def _looks(address: str, chromium: str, pages: Sequence[Page], *, runs: int) -> Iterator[dict[str, Any]]:
    asked = {
        "address": address,
        "chromium": chromium,
        "sandbox": os.geteuid() != 0,
        "runs": runs,
        "pages": [asdict(one) for one in pages],
    }
    looking = subprocess.Popen(["node", str(_LOOKS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with looking:
        assert looking.stdin, "it was asked for"
        assert looking.stdout, "it was asked for"
        looking.stdin.write(json.dumps(asked))
        looking.stdin.close()
        yield from map(json.loads, looking.stdout)
    if looking.returncode:
        sys.exit("Lighthouse could not look; the lines above say why.")


def _version(chromium: str) -> str:
    told = subprocess.run([chromium, "--version"], check=True, capture_output=True, text=True)
    return told.stdout.strip()


if __name__ == "__main__":
    main()
