"""The bench that docs/reference/matching.md is written by still measures what the product does, in small."""

import subprocess
import sys

from backend.operations.surroundings import ROOT

IN_SMALL = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from bench.matching import million
timed = million.measure(count=300, asked=20)
print(timed.count, timed.offered >= 0.8, timed.p95 > 0)
"""


def test_children_of_a_made_city_are_copied_asked_about_and_found() -> None:
    told = subprocess.run(
        [sys.executable, "-c", IN_SMALL], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.stdout.split() == ["300", "True", "True"], told.stderr[-2000:]
