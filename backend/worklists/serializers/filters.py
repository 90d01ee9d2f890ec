"""What a caseload can be narrowed by, in an address and as the fields of a form."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.agencies.models import Membership
from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields
from backend.workflow.descriptors import describe
from backend.workflow.serializers import DescriptorShape
from backend.worklists.queries.caseload import VIEWS
from backend.worklists.queries.narrowing import Wanted

# In place of a person: the cases that wait for one.
_NOBODY = "nobody"
_YES = "yes"
_LATE = [{"value": _YES, "label": "Only where something is", "hint": "", "group": ""}]
_NOBODY_YET = {"value": _NOBODY, "label": "Nobody yet", "hint": "", "group": ""}
# Whose it is need not be asked of one's own.
_OF_MANY = ("worker", "team")
_VIEWS = ", ".join(VIEWS)


class CaseViewAsked(StrictSerializer):
    """Whose cases: one's own if not said."""

    view = serializers.ChoiceField(
        choices=list(VIEWS), default="mine", error_messages={"invalid_choice": f"Choose one of these views: {_VIEWS}."}
    )


class CaseFilterInput(CaseViewAsked):
    """What the list is narrowed by. A name is looked for in the body of a request: this stands in the address."""

    worker = serializers.CharField(
        label="Lead practitioner", default="", allow_blank=True, max_length=40, style={"kind": "choice"}
    )
    team = serializers.UUIDField(label="Team", default=None, allow_null=True, style={"kind": "choice"})
    how_soon = fields.code("caseload_weights", "How soon help is needed", required=False)
    late = serializers.ChoiceField(
        choices=[_YES], label="Overdue", default="", allow_blank=True, style={"kind": "choice"}
    )

    def validate_worker(self, value: str) -> str:
        """A person's id, or that there is nobody yet."""
        if value in ("", _NOBODY):
            return value
        try:
            return str(UUID(value))
        except ValueError as error:
            raise serializers.ValidationError(fields.CHOOSE) from error


class CaseFiltersShape(serializers.Serializer[Any]):
    """The filters as the fields of a form."""

    fields = DescriptorShape(many=True)


def wanted_of(given: dict[str, Any]) -> Wanted:
    """Return what was asked for."""
    worker = given["worker"]
    return Wanted(
        worker=UUID(worker) if worker not in ("", _NOBODY) else None,
        is_unallocated=worker == _NOBODY,
        team=given["team"],
        how_soon=given["how_soon"],
        is_late=given["late"] == _YES,
    )


def filters_data(view: str, people: Iterable[Membership]) -> dict[str, Any]:
    """Return the filters of one of the views; people and teams are those of the agency that looks."""
    known = list(people)
    teams = {one.team_id: one.team.name for one in known if one.team}
    choices = {
        "worker": [_NOBODY_YET, *(_choice(one.user_id, one.user.name) for one in known)],
        "team": [_choice(pk, name) for pk, name in sorted(teams.items(), key=lambda team: team[1])],
        "late": _LATE,
    }
    asked = [one for one in describe(CaseFilterInput) if one["name"] != "view"]
    shown = asked if view != "mine" else [one for one in asked if one["name"] not in _OF_MANY]
    return {"fields": [{**one, "choices": choices.get(one["name"], one["choices"])} for one in shown]}


def _choice(value: Any, label: str) -> dict[str, str]:
    return {"value": str(value), "label": label, "hint": "", "group": ""}
