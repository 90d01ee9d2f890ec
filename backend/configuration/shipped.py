"""What the product came with: the first entries of a kind, from its file of reference data."""

from typing import Any

from backend.agencies.reference import read
from backend.configuration.kinds import Entry
from backend.core.api.serializers import StrictSerializer
from backend.workflow.views import validated


def shipped(name: str, form: type[StrictSerializer]) -> tuple[str, list[dict[str, Any]]]:
    """Return the note of a file and its entries, each read by the form of its kind."""
    told = read(name)
    return told["note"], [{"code": one["code"], **validated(form, without_code(one))} for one in told["entries"]]


def without_code(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, as its form takes it."""
    return {name: value for name, value in entry.items() if name != "code"}
