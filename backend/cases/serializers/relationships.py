"""One person around a child on a page of their own: what is said, was said before, and can be done about it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.models import Event
from backend.audit.verbs import label_of
from backend.cases.commands import relationship_machine
from backend.cases.commands.relationships import stands
from backend.cases.models import Case, Relationship
from backend.cases.queries.relationships import number_of, relationship_facts
from backend.cases.queries.same_people import said_of
from backend.cases.serializers.differing import SaidTurnShape, Words, differences
from backend.cases.serializers.people import RelatedPersonShape, related
from backend.cases.serializers.relationship_inputs import TakeUpInput
from backend.cases.serializers.same_people import SamePersonShape, offered, same_data, ways_to_say
from backend.children.models import Person
from backend.core import vocabulary
from backend.workflow import options
from backend.workflow.descriptors import begin_with
from backend.workflow.serializers import OptionShape

_BY_REFERRAL = "As the referral says it"
_WORDS: Words = (
    ("name", "Name", ""),
    ("relationship", "Who they are to the child", "relationships"),
    ("date_of_birth", "Date of birth", ""),
    ("lives_with_child", "Lives with the child", "known_or_not"),
    ("parental_responsibility", "Parental responsibility", "known_or_not"),
    ("responsibility_source", "How that is known", "responsibility_sources"),
    ("number", "Phone number", ""),
    ("contact_rule", "Safe to contact", "contact_rules"),
    ("ended_on", "Ended on", ""),
    ("reason_code", "Why it ended", "relationship_end_reasons"),
    ("end_note", "About how it ended", ""),
)


class RelationshipShape(RelatedPersonShape):
    """One person around a child, the latest change first."""

    version = serializers.IntegerField()
    case_id = serializers.UUIDField()
    case_reference = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    date_of_birth = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    reason_label = serializers.CharField(allow_blank=True)
    end_note = serializers.CharField(allow_blank=True)
    past = SaidTurnShape(many=True)
    # Around another child, for who reads both cases.
    same = SamePersonShape(many=True)
    options = OptionShape(many=True)


def relationship_data(actor: Actor, target: Relationship) -> dict[str, Any]:
    """Return one person as the case says them, exactly as GET gives it."""
    return relationship_page(actor, target)[0]


def relationship_page(actor: Actor, target: Relationship) -> tuple[dict[str, Any], list[Relationship]]:
    """Return one person as the case says them, and who around other children is shown with them."""
    relations = access.relations_to(actor, target.root_id)
    facts = relationship_facts(target, actor)
    said = list(said_of(actor, target.id))
    others = offered(actor, target, relations, is_open=facts.is_open)
    base = f"/api/v1/relationships/{target.id}/"
    shown = options.shapes(relationship_machine, actor, target, relations, base=base, choices={}, facts=facts)
    data = {
        **related(target),
        "version": target.version,
        "case_id": target.root_id,
        "case_reference": target.case_reference,
        "state": target.state,
        "state_label": Relationship.LABELS[target.state],
        "date_of_birth": target.date_of_birth,
        "ended_on": target.ended_on,
        "reason_label": vocabulary.get("relationship_end_reasons").label(target.reason_code),
        "end_note": target.end_note,
        "past": list(_turns(facts.past)),
        "same": same_data(target, said),
        "options": [
            *shown,
            *ways_to_say(actor, target, relations, others, said),
        ],
    }
    return data, [*(one.beside(target.id) for one in said), *others]


def said_data(actor: Actor, person: Person, case: Case) -> dict[str, Any]:
    """Return somebody whom only a referral names, in the same shape, with the way to say more of them."""
    return {
        **related(person),
        "version": 0,
        "case_id": case.id,
        "case_reference": case.reference,
        "state": "said",
        "state_label": _BY_REFERRAL,
        "date_of_birth": person.date_of_birth,
        "ended_on": None,
        "reason_label": "",
        "end_note": "",
        "past": [],
        "same": [],
        "options": _taking_up(actor, person, case),
    }


def _taking_up(actor: Actor, person: Person, case: Case) -> list[dict[str, Any]]:
    relations = access.relations_to(actor, case.id)
    if case.state == Case.CLOSED or not policy.allows(actor, Permission.RELATIONSHIP_ADD, relations):
        return []
    shown = options.addition(
        "take_up",
        "Change or add to what is said",
        "From then on the case says who they are. What the referral said stays in the referral.",
        f"/api/v1/relationships/{person.id}/take-up/",
        TakeUpInput,
    )
    reached = {name: value for name, value in number_of(person).items() if value}
    shown["input"] = begin_with(shown["input"], stands(person) | reached)
    return [shown]


def _turns(past: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield each thing that was done, the latest first, with what was different after it."""
    events = Event.objects.in_bulk([row.event_id for row in past])
    for row, before in pairwise([*past, None]):
        event = events.get(row.event_id)
        yield {
            "label": label_of(row.history_change_reason),
            "at": row.history_date,
            "by": event.actor_name if event else row.written_by_name,
            "why_label": vocabulary.get("relationship_change_reasons").label(
                (event.data if event else {}).get("why", "")
            ),
            "reason": event.reason if event else "",
            "changes": list(differences(_WORDS, before, row)) if before else [],
        }
