"""Leaves out of a form the legal bases that the agencies of a share cannot use anyway."""

from collections.abc import Collection
from functools import cache
from typing import Any

from backend.core import vocabulary
from backend.sharing.rules import fitting

_LISTS = {"article6": "share_basis_article6", "condition": "share_conditions", "power": "share_powers"}
Fields = list[dict[str, Any]]


def narrowed(form: Fields, *, sender: str, recipients: Collection[str]) -> Fields:
    """Return the form with the bases that an agency of kind `sender` may use towards at least one kind of recipient."""
    return [_narrowed(field, sender, recipients) if field["name"] in _LISTS else field for field in form]


def every_kind() -> list[str]:
    """Return every kind of agency there is, for a share whose recipient is still to be chosen."""
    return vocabulary.get("agency_kinds").codes


def _narrowed(field: dict[str, Any], sender: str, recipients: Collection[str]) -> dict[str, Any]:
    usable = _usable(_LISTS[field["name"]], sender, tuple(recipients))
    return {**field, "choices": [choice for choice in field["choices"] or [] if choice["value"] in usable]}


@cache
def _usable(name: str, sender: str, recipients: tuple[str, ...]) -> frozenset[str]:
    """Return the codes that fit; vocabularies are files, which do not change while we run."""
    return frozenset(term.code for kind in recipients for term in fitting(sender, kind, name=name))
