"""The people around a child: what each is to the child, who lives there, who has parental responsibility."""

from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.cases.queries.page import people_of
from backend.children.ages import age_in_words
from backend.children.models import Child, Person
from backend.children.serializers import age_of
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local

_GENERATIONS = ("grandparents", "parents", "children", "around")
_ANSWERS = {"yes": "Yes", "no": "No"}


class RelatedPersonShape(serializers.Serializer[Any]):
    """One person; where a name or an answer is not known, it says so."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    relationship_label = serializers.CharField()
    generation = serializers.ChoiceField(_GENERATIONS)
    age = serializers.CharField(allow_null=True)
    lives_with_child = serializers.ChoiceField(["yes", "no", "not_known"])
    lives_with_child_label = serializers.CharField()
    has_parental_responsibility = serializers.BooleanField()
    parental_responsibility_label = serializers.CharField()
    said_on = serializers.DateTimeField()


class CasePeopleShape(serializers.Serializer[Any]):
    """The child and the people around."""

    reference = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    people = RelatedPersonShape(many=True)


def people_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the people around the child of a case, in two statements."""
    child = Child.objects.filter(pk=case.child_id).first()
    return {
        "reference": case.reference,
        "child_name": child.name if child else None,
        "child_age": age_of(child) if child else None,
        "people": [_person(one) for one in people_of(actor, case)],
    }


def _person(person: Person) -> dict[str, Any]:
    kinds = vocabulary.get("relationships")
    term = kinds.terms.get(person.relationship)
    today = local(clock.now()).date()
    born = person.date_of_birth
    lives = person.lives_with_child if person.lives_with_child in _ANSWERS else "not_known"
    return {
        "id": person.id,
        "name": person.name or "Name not known",
        "relationship_label": kinds.label(person.relationship) or "Relationship not known",
        "generation": term.more["generation"] if term else _GENERATIONS[-1],
        "age": age_in_words(born=born, expected=None, on=today) if born else None,
        "lives_with_child": lives,
        "lives_with_child_label": _ANSWERS.get(lives, "Not known"),
        "has_parental_responsibility": person.parental_responsibility == "yes",
        "parental_responsibility_label": _ANSWERS.get(person.parental_responsibility, "Not known"),
        "said_on": person.recorded_at,
    }
