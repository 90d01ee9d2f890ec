"""Answers apart by their label: those the form marks itself, and each thing said under the label it was given."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.access.marks import Mark
from backend.referrals.form.parts import MARK, Answers, Field
from backend.referrals.form.sections import FIELDS

# Answers of one field under one label.
Marked = Mapping[tuple[str, Mark], Any]
_KNOWN = frozenset(Mark)


def may_be_marked(field: Field) -> bool:
    """Say whether each thing of a list may be given a label of its own."""
    return any(part.name == MARK for part in field.fields)


def apart(answers: Answers) -> dict[tuple[str, Mark], Any]:
    """Return the answers by field and label; things said under different labels become answers of their own."""
    found: dict[tuple[str, Mark], Any] = {}
    for name, value in answers.items():
        field = FIELDS[name]
        if not may_be_marked(field) or not isinstance(value, list):
            found[name, field.mark] = value
            continue
        for item in value:
            found.setdefault((name, mark_of(item)), []).append(item)
    return found


def together(marked: Marked) -> dict[str, Any]:
    """Return the answers by field again: things said in the order of their labels, those without one first."""
    found: dict[str, Any] = {}
    for mark in Mark:
        for (name, of_mark), value in marked.items():
            if of_mark is mark:
                before = found.get(name)
                found[name] = [*before, *value] if isinstance(before, list) and isinstance(value, list) else value
    return found


def mark_of(item: Any) -> Mark:
    """Return the label that one thing said was given."""
    given = item.get(MARK) if isinstance(item, dict) else None
    return Mark(given) if isinstance(given, str) and given in _KNOWN else Mark.NONE


def by_mark(answers: Answers) -> dict[Mark, dict[str, Any]]:
    """Return {label: answers}, always with those that bear none."""
    found: dict[Mark, dict[str, Any]] = {Mark.NONE: {}}
    for (name, mark), value in apart(answers).items():
        found.setdefault(mark, {})[name] = value
    return found


def given_marks(changed: Iterable[tuple[str, Mark]]) -> set[tuple[str, Mark]]:
    """Return those whose label somebody chose, rather than the form."""
    return {(name, mark) for name, mark in changed if mark is not FIELDS[name].mark}
