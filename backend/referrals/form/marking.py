"""Answers apart by their label: those the form marks itself, and each thing said under the label it was given."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.access.marks import Mark
from backend.referrals.form.parts import MARK, PROTECTED, Answers, Field
from backend.referrals.form.sections import FIELDS

# Answers of one field under one label.
Marked = Mapping[tuple[str, Mark], Any]
_KNOWN = frozenset(Mark)
# Answers that give others their label.
_CHOOSING = frozenset(field.mark_if for field in FIELDS.values() if field.mark_if)


def may_be_marked(field: Field) -> bool:
    """Say whether each thing of a list may be given a label of its own."""
    return any(part.name in (MARK, PROTECTED) for part in field.fields)


def apart(answers: Answers) -> dict[tuple[str, Mark], Any]:
    """Return the answers by field and label; things said under different labels become answers of their own."""
    found: dict[tuple[str, Mark], Any] = {}
    for name, value in answers.items():
        field = FIELDS[name]
        if not may_be_marked(field) or not isinstance(value, list):
            found[name, of_field(field, answers)] = value
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


def of_field(field: Field, answers: Answers) -> Mark:
    """Return the label the form gives an answer, which may hang on another answer."""
    return Mark.NONE if field.mark_if and answers.get(field.mark_if) is not True else field.mark


def stands(name: str, mark: Mark, answers: Answers) -> bool:
    """Say whether this is where the answer is kept now: not an address as it was before it was protected, or while."""
    return not FIELDS[name].mark_if or mark is of_field(FIELDS[name], answers)


def mark_of(item: Any) -> Mark:
    """Return the label that one thing said was given."""
    if not isinstance(item, dict):
        return Mark.NONE
    if item.get(PROTECTED) is True:
        return Mark.LOCATION
    given = item.get(MARK)
    return Mark(given) if isinstance(given, str) and given in _KNOWN else Mark.NONE


def by_mark(answers: Answers) -> dict[Mark, dict[str, Any]]:
    """Return {label: answers}, always with those that bear none."""
    found: dict[Mark, dict[str, Any]] = {Mark.NONE: {}}
    for (name, mark), value in apart(answers).items():
        found.setdefault(mark, {})[name] = value
    return found


def given_marks(changed: Iterable[tuple[str, Mark]]) -> set[tuple[str, Mark]]:
    """Return those whose label somebody chose, rather than the form."""
    return {(name, mark) for name, mark in changed if _is_chosen(FIELDS[name], mark)}


def _is_chosen(field: Field, mark: Mark) -> bool:
    if field.name in _CHOOSING:
        return True
    return mark is not Mark.NONE and (bool(field.mark_if) or mark is not field.mark)
