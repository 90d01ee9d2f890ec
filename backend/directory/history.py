"""How an entry of the directory has changed, read from its history: neighbours compared, what was said in words."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from backend.agencies.models import User
from backend.audit.verbs import label_of
from backend.directory.inputs import EntryInput, SayCapacityInput
from backend.directory.models import Service

_SHOWN = 50
_LABELS = {
    name: str(field.label)
    for form in (EntryInput, SayCapacityInput)
    for name, field in form._declared_fields.items()
    if name != "version"
}


def changes_of(service_id: UUID) -> list[dict[str, Any]]:
    """Return the latest changes of a service, the last first, each with the questions whose answers changed."""
    past = list(Service.history.filter(id=service_id).order_by("-version")[: _SHOWN + 1])
    people = User.objects.in_bulk({row.history_user_id for row in past if row.history_user_id})
    changes = [_change(row, _differs(row, before), people) for row, before in pairwise(past)]
    if len(past) <= _SHOWN and past:
        changes.append(_change(past[-1], [], people))
    return changes


def _differs(row: Any, before: Any) -> list[str]:
    return [label for name, label in _LABELS.items() if getattr(row, name) != getattr(before, name)]


def _change(row: Any, fields: list[str], people: dict[UUID, User]) -> dict[str, Any]:
    person = people.get(row.history_user_id)
    return {
        "at": row.history_date,
        "by": person.name if person else "",
        "label": label_of(row.history_change_reason or ""),
        "fields_changed": fields,
    }
