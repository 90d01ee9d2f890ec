"""The table of OWASP ASVS 5.0.0 (docs/reference/asvs.csv) speaks of every requirement, and of evidence that is there.

It is asked of files and names only: whether a test that is named proves what it is named for, a reader judges.
"""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from backend.operations.surroundings import ROOT

TABLE = ROOT / "docs" / "reference" / "asvs.csv"
COLUMNS = ["id", "level", "status", "evidence", "remark"]
STATUSES = {"met", "partly", "missing", "not_applicable"}
# How many requirements each section of the standard has: chapter 1 has sections 1.1 with 2, 1.2 with 10, and so on.
SECTIONS = {
    1: [2, 10, 12, 3, 3],
    2: [3, 3, 5, 2],
    3: [1, 3, 5, 8, 8, 1, 5],
    4: [5, 5, 2, 4],
    5: [1, 6, 3, 3],
    6: [3, 12, 8, 6, 8, 4, 2, 4],
    7: [3, 4, 2, 5, 3, 2],
    8: [4, 4, 3, 2],
    9: [3, 4],
    10: [2, 3, 5, 16, 5, 2, 3],
    11: [4, 5, 5, 4, 2, 2, 2],
    12: [5, 2, 5],
    13: [4, 6, 4, 7],
    14: [2, 8, 3],
    15: [5, 5, 7, 4],
    16: [1, 5, 4, 3, 4],
    17: [2, 8, 2],
}
LEVELS = {"1": 70, "2": 183, "3": 92}


def rows() -> list[dict[str, str]]:
    """The table as it is."""
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def _settings() -> frozenset[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "backend" / "config").glob("*.py"))
    return frozenset(re.findall(r"^ *([A-Z][A-Z0-9_]+) *(?::[^=\n]+)?= ", text, re.MULTILINE))


def is_there(evidence: str) -> bool:
    """Say whether a test, a setting or a file is where the table says."""
    if evidence.startswith("setting:"):
        return evidence.removeprefix("setting:") in _settings()
    name, _, test = evidence.partition("::")
    path = ROOT / name
    if test:
        return name.startswith("tests/") and path.is_file() and test.startswith("test_") and test in _functions(path)
    return path.is_file()


def test_every_requirement_has_its_line_in_the_order_of_the_standard() -> None:
    ids = [
        f"{chapter}.{section}.{number}"
        for chapter, counts in SECTIONS.items()
        for section, count in enumerate(counts, start=1)
        for number in range(1, count + 1)
    ]
    found = rows()
    assert [row["id"] for row in found] == ids
    assert {level: sum(row["level"] == level for row in found) for level in LEVELS} == LEVELS
    assert list(found[0]) == COLUMNS


def test_what_is_said_to_be_met_names_evidence_and_all_evidence_is_there() -> None:
    wrong = []
    for row in rows():
        evidence = row["evidence"].split()
        wrong += [f"{row['id']}: {one} is not there" for one in evidence if not is_there(one)]
        if row["status"] not in STATUSES:
            wrong.append(f"{row['id']}: {row['status']} is no status")
        if row["status"] in ("met", "partly") and not evidence:
            wrong.append(f"{row['id']}: nothing shows it")
        if row["status"] != "met" and not row["remark"]:
            wrong.append(f"{row['id']}: it does not say what is missing, or why it does not concern us")
    assert wrong == []


def test_what_the_pages_on_security_name_is_there() -> None:
    pages = list((ROOT / "docs" / "security").glob("*.md"))
    named = [(page, one) for page in pages for one in re.findall(r"`(tests/[^` ]+)`", page.read_text(encoding="utf-8"))]
    linked = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert [f"{page.name}: {one}" for page, one in named if not is_there(one)] == []
    assert [f"{page.name}: {link}" for page, link in linked if not (page.parent / link).exists()] == []
    assert len(named) > 20


@pytest.mark.parametrize(
    "planted",
    [
        "tests/architecture/test_asvs.py::test_that_nobody_wrote",
        "tests/architecture/test_asvs.py::is_there",
        "tests/no_such_file.py::test_x",
        "backend/config/no_such_file.py",
        "backend/config",
        "setting:NO_SUCH_SETTING",
    ],
)
def test_evidence_that_is_not_there_is_found_out(planted: str) -> None:
    assert not is_there(planted)
    assert is_there(f"tests/architecture/test_asvs.py::{test_evidence_that_is_not_there_is_found_out.__name__}")
