"""Who has how much in hand, as a manager sees it before giving work to somebody."""

from typing import Any

from rest_framework import serializers

from backend.cases.serializers.caseloads import LoadShape, how_weighed, loads_data
from backend.worklists.queries.loads import InHand, Loads, totals


class AmountShape(serializers.Serializer[Any]):
    """So many open cases, what they weigh together, and in how many something is overdue."""

    cases = serializers.IntegerField()
    weight = serializers.IntegerField()
    overdue = serializers.IntegerField()


class WaitingShape(AmountShape):
    """The cases that wait for a lead practitioner."""

    loads = LoadShape(many=True)


class InHandShape(WaitingShape):
    """What one person has in hand; `membership_id` opens the page that gives it to others, where there is one."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    team = serializers.CharField(allow_blank=True)
    team_id = serializers.UUIDField(allow_null=True)
    membership_id = serializers.UUIDField(allow_null=True)


class LoadsShape(serializers.Serializer[Any]):
    """What the people of an agency have in hand, and how it is weighed."""

    weighed = serializers.ListField(child=serializers.CharField())
    total = AmountShape()
    unallocated = WaitingShape()
    people = InHandShape(many=True)


def loads_shape(found: Loads) -> dict[str, Any]:
    """Return everybody by team, who has least in hand first, and what waits for somebody."""
    waiting = found.unallocated
    return {
        "weighed": how_weighed(),
        "total": totals(found),
        "unallocated": {
            "cases": waiting.cases,
            "weight": waiting.weight,
            "overdue": found.unallocated_overdue,
            "loads": loads_data(waiting),
        },
        "people": [_person(one) for one in sorted(found.people, key=_place)],
    }


def _place(one: InHand) -> tuple[Any, ...]:
    # Those without a team come last, among themselves.
    return not one.team, one.team, one.caseload.weight, one.name


def _person(one: InHand) -> dict[str, Any]:
    return {
        "id": one.user_id,
        "name": one.name,
        "role": one.role,
        "team": one.team,
        "team_id": one.team_id,
        "membership_id": one.membership_id,
        "cases": one.caseload.cases,
        "weight": one.caseload.weight,
        "overdue": one.overdue,
        "loads": loads_data(one.caseload),
    }
