"""Commands, rules, queries, models, states, the policy and the machine can be used without a web request."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[2] / "backend"
PARTS = ("states", "models", "rules", "queries", "commands")
ALONE = ("access/policy.py", "workflow/machine.py")
HTTP = ("django.http", "rest_framework", "drf_spectacular")


def modules() -> Iterator[Path]:
    for part in PARTS:
        yield from BACKEND.glob(f"*/{part}.py")
        yield from BACKEND.glob(f"*/{part}/**/*.py")
    yield from (BACKEND / name for name in ALONE)


def imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def http_imports(source: str) -> set[str]:
    return {name for name in imported(source) if name.startswith(HTTP)}


@pytest.mark.parametrize("path", [pytest.param(p, id=str(p.relative_to(BACKEND))) for p in sorted(modules())])
def test_module_knows_nothing_of_http(path: Path) -> None:
    assert http_imports(path.read_text()) == set()


@pytest.mark.parametrize(
    "line", ["from django import http", "from django.http import Http404", "import rest_framework.views as v"]
)
def test_the_finder_finds(line: str) -> None:
    assert http_imports(line)
