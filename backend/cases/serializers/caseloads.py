"""What each person of an agency has in hand, as a manager sees it before choosing who takes a case."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.cases.queries.caseloads import WEIGHTS
from backend.cases.rules import Caseload, Practitioner
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer

# As many people as a page shows at once.
MOST = 50
_CONFLICT = "They have a conflict of interest with this family."
_UNNAMED = "They are not named on this sealed record."
_LEADS = "They lead this case now."


class LoadShape(serializers.Serializer[Any]):
    """How many open cases of one kind somebody leads."""

    code = serializers.CharField()
    label = serializers.CharField()
    cases = serializers.IntegerField()


class PersonLoadShape(serializers.Serializer[Any]):
    """What one person has in hand."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    team = serializers.CharField(allow_blank=True)
    cases = serializers.IntegerField()
    weight = serializers.IntegerField()
    loads = LoadShape(many=True)
    # Why they are not offered; empty for everybody who is.
    cannot = serializers.CharField(allow_blank=True)


class CaseloadsShape(serializers.Serializer[Any]):
    """What the people of an agency have in hand, and how it is weighed."""

    weighed = serializers.ListField(child=serializers.CharField())
    people = PersonLoadShape(many=True)


class TeamLoadShape(serializers.Serializer[Any]):
    """What a team has in hand together; its name is empty for those who are in none."""

    team = serializers.CharField(allow_blank=True)
    people = serializers.IntegerField()
    cases = serializers.IntegerField()
    weight = serializers.IntegerField()


class PractitionersShape(CaseloadsShape):
    """Who may take one case: every team, and a page of the people of one of them, or of all."""

    teams = TeamLoadShape(many=True)
    next_page = serializers.IntegerField(allow_null=True)


class PeopleInput(StrictSerializer):
    """Which people are asked for: of one team, named or empty for none, or of all; and which page of them."""

    team = serializers.CharField(required=False, allow_null=True, allow_blank=True, default=None, max_length=200)
    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=1000)


def practitioner_choices(people: Iterable[Practitioner]) -> list[dict[str, Any]]:
    """Return who may take a case, as a form offers them, gathered by team."""
    return [
        {
            "value": str(person.user_id),
            "label": person.name,
            "hint": f"{person.role}, {_cases(person.caseload.cases)}, weight {person.caseload.weight}",
            "group": person.team,
        }
        for person in by_team(people)
        if person.can_take_it
    ]


def caseloads_data(people: Iterable[Practitioner], *, leads_id: UUID | None = None) -> dict[str, Any]:
    """Return everybody by team, who has least in hand first; `leads_id` is who has the case already."""
    return {
        "weighed": how_weighed(),
        "people": [person_data(one, leads_id) for one in by_team(people)],
    }


def practitioners_data(
    people: Iterable[Practitioner], *, leads_id: UUID | None, team: str | None, page: int
) -> dict[str, Any]:
    """Return every team, and a page of the people of `team`, or of all of them."""
    everybody = by_team(people)
    asked = [one for one in everybody if team is None or one.team == team]
    return {
        **caseloads_data(asked[(page - 1) * MOST : page * MOST], leads_id=leads_id),
        "teams": [_team(name, list(found)) for name, found in groupby(everybody, key=lambda one: one.team)],
        "next_page": page + 1 if len(asked) > page * MOST else None,
    }


def _team(name: str, people: Sequence[Practitioner]) -> dict[str, Any]:
    return {
        "team": name,
        "people": len(people),
        "cases": sum(one.caseload.cases for one in people),
        "weight": sum(one.caseload.weight for one in people),
    }


def how_weighed() -> list[str]:
    """Return a sentence for each weight."""
    return [f"{term.label} counts {term.more['weight']}" for term in vocabulary.get(WEIGHTS)]


def by_team(people: Iterable[Practitioner]) -> list[Practitioner]:
    """Return people by team, who has least in hand first; those without a team come last, among themselves."""
    return sorted(people, key=lambda one: (not one.team, one.team, one.caseload.weight, one.name))


def person_data(one: Practitioner, leads_id: UUID | None) -> dict[str, Any]:
    """Return what one person has in hand; `leads_id` is who has the case that is asked about already."""
    return {
        "id": one.user_id,
        "name": one.name,
        "role": one.role,
        "team": one.team,
        "cases": one.caseload.cases,
        "weight": one.caseload.weight,
        "loads": loads_data(one.caseload),
        "cannot": _why_not(one, leads_id),
    }


def loads_data(caseload: Caseload) -> list[dict[str, Any]]:
    """Return how many cases there are of each kind that there is."""
    counts = caseload.counts
    return [
        {"code": term.code, "label": term.label, "cases": counts[term.code]}
        for term in vocabulary.get(WEIGHTS)
        if counts.get(term.code)
    ]


def _why_not(one: Practitioner, leads_id: UUID | None) -> str:
    if one.has_conflict:
        return _CONFLICT
    if one.is_unnamed:
        return _UNNAMED
    return _LEADS if one.user_id == leads_id else ""


def _cases(number: int) -> str:
    return {0: "no open case", 1: "1 open case"}.get(number, f"{number} open cases")
