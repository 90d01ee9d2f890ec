"""Which questions are asked, given the answers so far; an answer to a question no longer asked does not count."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from backend.referrals.form.parts import Answers, Field, is_empty
from backend.referrals.form.sections import FIELDS


def is_asked(field: Field, answers: Answers, among: Mapping[str, Field] = FIELDS) -> bool:
    """Say whether `field` is asked: what it depends on is asked too and has one of the values."""
    if field.show_if is None:
        return True
    parent = among[field.show_if.field]
    return is_asked(parent, answers, among) and _is_one_of(answers.get(parent.name), field.show_if.values)


def was_asked(field: Field, answers: str, among: Mapping[str, Field] = FIELDS) -> Q:
    """Return the same as a condition of the database, on its column of `answers`."""
    if field.show_if is None:
        return Q()
    parent, found = among[field.show_if.field], Q(pk__in=[])
    for value in field.show_if.values:
        found |= Q(**{f"{answers}__contains": {parent.name: value}})
        found |= Q(**{f"{answers}__contains": {parent.name: [value]}})
    return was_asked(parent, answers, among) & found


def asked(fields: Iterable[Field], answers: Answers, among: Mapping[str, Field] = FIELDS) -> list[Field]:
    """Return those of `fields` that are asked."""
    return [field for field in fields if is_asked(field, answers, among)]


def that_count(answers: Answers) -> dict[str, Any]:
    """Return the answers to questions that are asked, without the empty ones, as they will be kept when it is sent."""
    return {
        name: _without_empty_items(answers[name])
        for name, field in FIELDS.items()
        if not is_empty(answers.get(name)) and is_asked(field, answers)
    }


def _is_one_of(value: Any, wanted: tuple[Any, ...]) -> bool:
    """Compare as JSON does: true is not 1."""
    values = value if isinstance(value, list) else [value]
    return any(type(one) is type(other) and one == other for one in values for other in wanted)


def _without_empty_items(value: Any) -> Any:
    return [item for item in value if not is_empty(item)] if isinstance(value, list) else value
