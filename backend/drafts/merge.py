"""Merging what one tab typed into what is saved, field by field: nobody's words are overwritten unseen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.core.errors import Invalid

MAX_FIELDS = 200
# Of an answer that nobody has typed here: it came from elsewhere, as `by` says, and nobody has changed it.
TAKEN_OVER = "taken_over"
MAX_VALUE_BYTES = 20_000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")

Answer = dict[str, Any]
Change = tuple[Any, int]


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome: all answers, those this save changed or confirmed, and those it must not overwrite."""

    answers: dict[str, Answer]
    applied: dict[str, Answer]
    conflicts: dict[str, Answer]
    rev: int


def merge(
    answers: Mapping[str, Answer],
    changes: Mapping[str, Change],
    *,
    rev: int,
    at: datetime,
    by: str,
    is_taken_over: bool = False,
) -> Merged:
    """Return what is saved after `changes`, each a value with the revision of the field it was typed over.

    A field that somebody saved later with another value is a conflict and stays as it is; the same value twice is
    fine. Any JSON value is kept, valid or not. The revision rises by one when anything changed. What was taken over
    from elsewhere is known as such until somebody types another value.
    """
    after = dict(answers)
    applied: dict[str, Answer] = {}
    conflicts: dict[str, Answer] = {}
    for name, (value, base_rev) in changes.items():
        saved = answers.get(name)
        if saved is not None and _same(saved["value"], value):
            applied[name] = saved
        elif saved is not None and saved["rev"] > base_rev:
            conflicts[name] = saved
        else:
            answer = {"value": value, "rev": rev + 1, "at": at.isoformat(), "by": by}
            applied[name] = after[name] = {**answer, TAKEN_OVER: True} if is_taken_over else answer
    changed = any(answer["rev"] > rev for answer in applied.values())
    return Merged(after, applied, conflicts, rev + 1 if changed else rev)


def check_limits(answers: Mapping[str, Answer], changes: Mapping[str, Change]) -> None:
    """Raise Invalid, with a sentence for each field, for what a draft cannot take however unfinished it is."""
    problems: dict[str, list[str]] = {}
    for name, (value, base_rev) in changes.items():
        sentence = _problem(name, value, base_rev)
        if sentence:
            problems[name] = [sentence]
    if len(answers.keys() | changes.keys()) > MAX_FIELDS:
        raise Invalid(f"A form has {MAX_FIELDS} answers at most.", fields=problems)
    if problems:
        raise Invalid("Some of what you typed could not be saved.", fields=problems)


def _problem(name: str, value: Any, base_rev: Any) -> str | None:
    if not _NAME.fullmatch(name):
        return "This is not something we ask for here."
    if isinstance(base_rev, bool) or not isinstance(base_rev, int) or base_rev < 0:
        return "Say which saved answer this replaces: base_rev is a whole number, 0 for none."
    try:
        size = len(orjson.dumps(value))
    except (orjson.JSONEncodeError, RecursionError):
        return "This answer cannot be stored."
    if size > MAX_VALUE_BYTES:
        return "This answer is too long to save. Shorten it to about 20,000 characters; put the rest in another answer."
    return None


def _same(one: Any, other: Any) -> bool:
    """Compare as JSON: True is not 1."""
    return bool(orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(other, option=orjson.OPT_SORT_KEYS))
