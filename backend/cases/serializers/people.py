"""The people around a child: what each is to the child, who lives there, who has parental responsibility."""

from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Case, Relationship
from backend.cases.queries.relationships import around
from backend.cases.serializers.ending import refer_again_url
from backend.cases.serializers.relationship_inputs import NamePersonInput
from backend.children.ages import age_in_words
from backend.children.models import Child, ContactPoint, Person
from backend.children.serializers import FamilyContactShape, age_of, contact_data
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.workflow import options
from backend.workflow.serializers import OptionShape

_GENERATIONS = ("grandparents", "parents", "children", "around")
_ANSWERS = {"yes": "Yes", "no": "No"}
NO_NAME = "Name not known"


class RelatedPersonShape(serializers.Serializer[Any]):
    """One person; where a name or an answer is not known, it says so. `is_case` says whose word it is."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    relationship_label = serializers.CharField()
    generation = serializers.ChoiceField(_GENERATIONS)
    age = serializers.CharField(allow_null=True)
    lives_with_child = serializers.ChoiceField(["yes", "no", "not_known"])
    lives_with_child_label = serializers.CharField()
    has_parental_responsibility = serializers.BooleanField()
    parental_responsibility_label = serializers.CharField()
    responsibility_source_label = serializers.CharField(allow_blank=True)
    contact = FamilyContactShape(allow_null=True)
    is_case = serializers.BooleanField()
    said_on = serializers.DateTimeField()
    said_by = serializers.CharField(allow_blank=True)


class FormerPersonShape(serializers.Serializer[Any]):
    """Somebody who was around the child, until when and why no longer."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    relationship_label = serializers.CharField()
    ended_on = serializers.DateField()
    reason_label = serializers.CharField()
    end_note = serializers.CharField(allow_blank=True)


class CasePeopleShape(serializers.Serializer[Any]):
    """The child, the people around and those who were, and the way to name another."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    people = RelatedPersonShape(many=True)
    former = FormerPersonShape(many=True)
    # Where the peers and places of concern are read; nothing for who may not read them.
    concerns_url = serializers.CharField(allow_null=True)
    # Where a child whose case is closed is referred again; nothing where nobody can be, or for who may not refer.
    refer_again_url = serializers.CharField(allow_null=True)
    options = OptionShape(many=True)


def people_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the people around the child of a case, in four statements."""
    child = Child.objects.filter(pk=case.child_id).first()
    relations = access.relations_to(actor, case.id)
    found = around(actor, case)
    standing = [one for one in found.relationships if one.state == Relationship.STANDS]
    return {
        "id": case.id,
        "reference": case.reference,
        "child_name": child.name if child else None,
        "child_age": age_of(child) if child else None,
        "people": [*(related(one) for one in standing), *(related(one) for one in found.people)],
        "former": [_former(one) for one in found.relationships if one.state == Relationship.ENDED],
        "concerns_url": f"/cases/{case.id}/concerns"
        if policy.allows(actor, Permission.CONCERN_SEE, relations)
        else None,
        "refer_again_url": refer_again_url(actor, case, child),
        "options": _naming(actor, case, relations),
    }


def related(person: Person | Relationship) -> dict[str, Any]:
    """Return one person, as the case says them or as a referral does, with how they may be reached."""
    kinds = vocabulary.get("relationships")
    term = kinds.terms.get(person.relationship)
    born = person.date_of_birth
    lives = person.lives_with_child if person.lives_with_child in _ANSWERS else "not_known"
    own = person if isinstance(person, Relationship) else None
    return {
        "id": person.id,
        "name": person.name or NO_NAME,
        "relationship_label": kinds.label(person.relationship) or "Relationship not known",
        "generation": term.more["generation"] if term else _GENERATIONS[-1],
        "age": age_in_words(born=born, expected=None, on=local(clock.now()).date()) if born else None,
        "lives_with_child": lives,
        "lives_with_child_label": _ANSWERS.get(lives, "Not known"),
        "has_parental_responsibility": person.parental_responsibility == "yes",
        "parental_responsibility_label": _ANSWERS.get(person.parental_responsibility, "Not known"),
        "responsibility_source_label": vocabulary.get("responsibility_sources").label(own.responsibility_source)
        if own
        else "",
        "contact": reached(own) if own else None,
        "is_case": own is not None,
        "said_on": person.written_at if isinstance(person, Relationship) else person.recorded_at,
        "said_by": own.written_by_name if own else "",
    }


def reached(one: Relationship) -> dict[str, Any] | None:
    """Return the number of a person with its rule; the rule also stands where there is no number to use."""
    if not one.number and not one.rule_now:
        return None
    return contact_data(ContactPoint(id=one.id, whose=one.name or NO_NAME, number=one.number, rule=one.rule_now))


def _former(one: Relationship) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name or NO_NAME,
        "relationship_label": vocabulary.get("relationships").label(one.relationship),
        "ended_on": one.ended_on,
        "reason_label": vocabulary.get("relationship_end_reasons").label(one.reason_code),
        "end_note": one.end_note,
    }


def _naming(actor: Actor, case: Case, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    if case.state == Case.CLOSED or not policy.allows(actor, Permission.RELATIONSHIP_ADD, relations):
        return []
    return [
        options.addition(
            "name_person",
            "Name somebody around the child",
            "Family, carers and others who matter to the child: what they are, and how they may be reached safely.",
            f"/api/v1/cases/{case.id}/people/",
            NamePersonInput,
        )
    ]
