"""Mutants of what decides who may: each predicate replaced by True and by False in turn, in memory (access.md).

A predicate is whatever a function asks: the test of an `if`, each side of an `and` or `or`, a comparison, what follows
`not`, the condition of a comprehension, and each `Q(...)`, `filter(...)` and `exclude(...)` that narrows a queryset.
The code of the function in which it stands takes the place of the original, so that whoever has hold of the function
asks the mutant.
"""

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

from backend.access import compiled

# How a test says what came of them.
REPORTED = "mutants"
# What takes the place of a predicate of Python, and of one of the database.
_TRUE, _FALSE = ast.Constant(True), ast.Constant(False)
_EVERY_ROW = ast.parse("Q()", mode="eval").body
_NO_ROW = ast.parse("Q(pk__in=[])", mode="eval").body
_NARROWING = ("filter", "exclude")
_CHOICES: Mapping[str, tuple[ast.expr, ast.expr]] = {"True": (_TRUE, _EVERY_ROW), "False": (_FALSE, _NO_ROW)}


@dataclass(frozen=True)
class Mutant:
    """One predicate of one function, and what it is replaced by."""

    module: ModuleType
    function: str
    place: int
    text: str
    value: str

    def __str__(self) -> str:
        return f"{self.module.__name__}.{self.function}: {self.text} = {self.value}"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let the product decide by the mutant."""
        target = _functions(self.module)[self.function]
        before = target.__code__
        target.__code__ = self._code()
        compiled.forget()
        try:
            yield
        finally:
            target.__code__ = before
            compiled.forget()

    def _code(self) -> CodeType:
        tree = _tree(self.module)
        found = _Replacing(self.place, self.value).visit(tree)
        whole = compile(ast.fix_missing_locations(found), self.module.__file__ or "", "exec")
        return next(code for code in _codes(whole) if code.co_qualname == self.function)


def mutants_of(module: ModuleType) -> list[Mutant]:
    """Every mutant of a module's functions."""
    functions = _functions(module)
    return [
        Mutant(module, function, place, ast.unparse(node)[:90], value)
        for place, (function, node) in enumerate(_predicates(_tree(module)))
        if function in functions
        for value in _CHOICES
        # No row at all, where that stands, turned to no row.
        if ast.dump(_instead_of(node, value)) != ast.dump(node)
    ]


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(_source(module))


@cache
def _source(module: ModuleType) -> str:
    return inspect.getsource(module)


@cache
def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """Whatever has code of its own: functions of the module, methods and properties of its classes."""
    found: dict[str, FunctionType] = {}
    for value in vars(module).values():
        if getattr(value, "__module__", None) == module.__name__:
            for one in (value, *(vars(value).values() if isinstance(value, type) else ())):
                code = getattr(one, "fget", one)
                if isinstance(code, FunctionType):
                    found[code.__qualname__] = code
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _predicates(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Each predicate with the function that asks it, in an order that is the same each time."""
    for name, function in _defined(tree, ""):
        # Bodies only: what stands in the head of a function is decided when it is loaded.
        for statement in function.body:
            for node in ast.walk(statement):
                yield from ((name, one) for one in _asked_in(node))


def _defined(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield f"{prefix}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _defined(child, f"{prefix}{child.name}.")


def _asked_in(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield from _unless_told_apart(node.test)
    elif isinstance(node, ast.BoolOp):
        yield from (part for value in node.values for part in _unless_told_apart(value))
    elif isinstance(node, ast.comprehension):
        yield from (part for test in node.ifs for part in _unless_told_apart(test))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield from _unless_told_apart(node.operand)
    elif isinstance(node, ast.Compare) or _is_q(node) or _narrows(node):
        yield node


def _unless_told_apart(node: ast.expr) -> Iterator[ast.expr]:
    """Comparisons and the sides of `and`, `or` and `not` are visited as what they are."""
    if not isinstance(node, (ast.Compare, ast.BoolOp, ast.UnaryOp)):
        yield node


def _is_q(node: ast.AST) -> bool:
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Q"
    return is_call and bool(node.args or node.keywords)


def _narrows(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _NARROWING


def _instead_of(node: ast.expr, value: str) -> ast.expr:
    if not _narrows(node):
        return _CHOICES[value][_is_q(node)]
    rows: ast.expr = node.func.value  # type: ignore[attr-defined] - what narrows is a call of an attribute
    passes = (node.func.attr == "filter") is (value == "True")  # type: ignore[attr-defined] - the same
    return rows if passes else ast.Call(ast.Attribute(rows, "none", ast.Load()), [], [])


class _Replacing(ast.NodeTransformer):
    """Puts something else in one place."""

    def __init__(self, place: int, value: str) -> None:
        self._place, self._value = place, value
        self._target: ast.expr | None = None

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.Module):
            self._target = list(_predicates(node))[self._place][1]
        if node is self._target:
            return _instead_of(self._target, self._value)
        return self.generic_visit(node)


def survivors(mutants: list[Mutant], is_caught: Callable[[], bool]) -> list[str]:
    """Which of them nobody notices."""
    found = []
    for mutant in mutants:
        with mutant.at_work():
            if not is_caught():
                found.append(str(mutant))
    return found
