"""What the tests of the house read: every table as PostgreSQL has it, every source file as Python parses it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, models

from backend.access.row_security import our_models
from backend.core.models import Versioned

ROOT = Path(__file__).resolve().parents[2]
BACKEND = ROOT / "backend"


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run one read of the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def models_by_table() -> dict[str, type[models.Model]]:
    """Our models, history included, by the name of their table."""
    return {model._meta.db_table: model for model in our_models()}


def tracked_models() -> list[type[Versioned]]:
    """The records that only `record()` may write."""
    return [model for model in our_models() if issubclass(model, Versioned)]


@cache
def sources() -> tuple[tuple[str, ast.Module, str], ...]:
    """(path, tree, text) of every file of the product that people write; migrations are generated."""
    found = []
    for path in sorted(BACKEND.rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found.append((path.relative_to(ROOT).as_posix(), ast.parse(text), text))
    return tuple(found)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names, else the empty string."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            before = dotted(value)
            return f"{before}.{name}" if before else ""
    return ""


def beginning(node: ast.AST) -> str:
    """The name a chain of attributes, calls and subscripts begins with."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
