"""Shapes of who looked: when, which part, whether it was refused; never a word of what was read."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.core.errors import Invalid
from backend.oversight.queries.looks import Meant, Visit, names_of
from backend.oversight.words import KINDS, role_said
from backend.workflow import fields
from backend.workflow.descriptors import describe
from backend.workflow.serializers import DescriptorShape

_SEARCH = "Give a reference, or the child’s name and date of birth, or the name of somebody who works here."


class VisitShape(serializers.Serializer[Any]):
    """What one person did in one go."""

    id = serializers.UUIDField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    person_id = serializers.UUIDField(allow_null=True)
    person = serializers.CharField()
    agency = serializers.CharField(allow_blank=True)
    role = serializers.CharField()
    did = serializers.ListField(child=serializers.CharField())
    records = serializers.ListField(child=serializers.CharField())
    is_refused = serializers.BooleanField()
    in_emergency = serializers.BooleanField()


class ChoiceShape(serializers.Serializer[Any]):
    """One choice of a filter."""

    value = serializers.CharField()
    label = serializers.CharField()


class LooksFormShape(serializers.Serializer[Any]):
    """What one can narrow the looks by."""

    agencies = ChoiceShape(many=True)
    kinds = ChoiceShape(many=True)
    input = DescriptorShape(many=True)


class FindLooksInput(StrictSerializer):
    """Whom or what to find; sent in the body, because an address is kept in too many places."""

    reference = fields.text("Reference of a record", hint="For example, C-7KQ-MXDA4", required=False, max_length=20)
    given_name = fields.text("Child’s first name", hint="Or the child, by exact name and date of birth", required=False)
    family_name = fields.text("Child’s family name", required=False)
    date_of_birth = fields.date("Child’s date of birth", hint="For example, 27 3 2012", required=False)
    person = fields.text("Somebody who works here", hint="Or a person, by a part of their name", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the three ways must be complete."""
        whole_child = attrs["given_name"] and attrs["family_name"] and attrs.get("date_of_birth")
        if not (attrs["reference"] or whole_child or len(attrs["person"]) > 1):
            raise Invalid(_SEARCH, fields={"reference": [_SEARCH]})
        return attrs


class MeantChildShape(serializers.Serializer[Any]):
    """A child that was found."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    date_of_birth = serializers.DateField(allow_null=True)
    records = serializers.ListField(child=serializers.CharField())


class MeantPersonShape(serializers.Serializer[Any]):
    """A person who works here."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    agency = serializers.CharField()
    role = serializers.CharField()


class FoundLooksShape(serializers.Serializer[Any]):
    """What was found: children and people."""

    children = MeantChildShape(many=True)
    people = MeantPersonShape(many=True)


def visits_data(rows: Sequence[Visit]) -> list[dict[str, Any]]:
    """Return a page of visits."""
    people, agencies = names_of(rows)
    return [
        {
            "id": row.latest.id,
            "since": row.since,
            "until": row.latest.at,
            "person_id": row.latest.user_id,
            "person": people[row.latest.user_id] if row.latest.user_id in people else role_said(row.latest.role),
            "agency": agencies.get(row.latest.agency_id, "") if row.latest.agency_id else "",
            "role": role_said(row.latest.role),
            "did": row.did,
            "records": row.records,
            "is_refused": row.is_refused,
            "in_emergency": row.in_emergency,
        }
        for row in rows
    ]


def form_data(agencies: Sequence[tuple[Any, str]]) -> dict[str, Any]:
    """Return the choices of the filters."""
    return {
        "agencies": [{"value": str(pk), "label": name} for pk, name in agencies],
        "kinds": [{"value": code, "label": label} for code, label in KINDS.items()],
        "input": describe(FindLooksInput),
    }


def found_data(children: Sequence[Meant], people: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """Return what a search found."""
    return {
        "children": [
            {
                "id": one.id,
                "name": f"{one.given_name} {one.family_name}",
                "date_of_birth": one.date_of_birth,
                "records": one.records,
            }
            for one in children
        ],
        "people": [
            {"id": pk, "name": name, "agency": agency, "role": role_said(role)} for pk, name, agency, role in people
        ],
    }
