"""Who may see a record: who is named on its seal, since when, by whom and why, and the forms that change it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.commands.sealing import seal_machine
from backend.cases.models import Case
from backend.cases.queries.readers import readers_of
from backend.cases.queries.sealing import has_left, looking_agencies, namings, seal_facts
from backend.cases.rules.sealing import Candidate, SealFacts
from backend.workflow import fields, options
from backend.workflow.confirmation_data import open_about
from backend.workflow.fields import EdgeInput
from backend.workflow.machine import Machine
from backend.workflow.serializers import ConfirmationShape, OptionShape

_WHY = "Why?"
# More names than these are a number: all of them stand on the page.
_MOST_NAMES = 8
_NOT_HERE = "Whoever is named reads this too"


class PutSealInput(EdgeInput):
    """Who sees the record from now on besides those who always do, and why nobody else may."""

    people = fields.chosen_ids("Who else must go on seeing it?", hint="Everybody who is not chosen loses sight of it")
    reason = fields.text(_WHY, hint=_NOT_HERE, max_length=300)


class NameOnSealInput(EdgeInput):
    """Who sees it from now on too, and why they must."""

    people = fields.chosen_ids("Who should see it too?", required=True)
    reason = fields.text("Why must they see it?", hint=_NOT_HERE, max_length=300)


class TakeOffSealInput(EdgeInput):
    """Who sees it no more, and why."""

    people = fields.chosen_ids("Who should no longer see it?", required=True)
    reason = fields.text(_WHY, hint=_NOT_HERE, max_length=300)


class LiftSealInput(EdgeInput):
    """Why it is open again to whoever works with it."""

    reason = fields.text("Why is it not needed any more?", max_length=300)


SEAL_INPUTS: Mapping[str, type[EdgeInput]] = {
    "put": PutSealInput,
    "name": NameOnSealInput,
    "take_off": TakeOffSealInput,
    "lift": LiftSealInput,
}


class OnSealShape(serializers.Serializer[Any]):
    """Somebody who is named: since when, by whom and why, where that was written down here."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    agency = serializers.CharField(allow_blank=True)
    has_left = serializers.BooleanField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_blank=True)
    why = serializers.CharField(allow_blank=True)


class SeesCaseShape(serializers.Serializer[Any]):
    """Somebody who sees a case that is not sealed, by their place in it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    agency = serializers.CharField()


class SealShape(serializers.Serializer[Any]):
    """Who may see a case, and what the reader may do about it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    state_label = serializers.CharField()
    is_sealed = serializers.BooleanField()
    # Whoever reads this page for information governance reads nothing else of the record.
    is_unread = serializers.BooleanField()
    warning = serializers.CharField(allow_blank=True)
    named = OnSealShape(many=True)
    # Of a case that is not sealed: who sees it, and which agencies see something of it or of what led to it.
    sees = SeesCaseShape(many=True)
    agencies = serializers.ListField(child=serializers.CharField())
    confirmation = ConfirmationShape(allow_null=True)
    options = OptionShape(many=True)


def seal_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return who may see a case exactly as GET gives it."""
    return data_of(actor, case, seal_machine, seal_facts(case, actor), base=f"/api/v1/seals/{case.id}/", sees=_readers)


def data_of(
    actor: Actor,
    record: Any,
    machine: Machine[Any],
    facts: SealFacts,
    *,
    base: str,
    sees: Callable[[Any], list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return who may see a record that can be sealed; `sees` reads who does while it is not."""
    relations = access.relations_to(actor, record.id)
    waiting = open_about(actor, record, relations, machine)
    shown = options.shapes(machine, actor, record, relations, base=base, choices={}, facts=facts)
    open_to: dict[str, Any] = {"sees": [], "agencies": []}
    if not facts.is_sealed:
        looking = [agency.name for agency in looking_agencies(record.child_id)]
        open_to = {"sees": sees(record), "agencies": looking}
    offered = [_with_people(one, facts) for one in shown if _suits(one["name"], facts)]
    return {
        "id": record.id,
        "reference": record.reference,
        "version": record.version,
        "state_label": "Sealed" if facts.is_sealed else "Not sealed",
        "is_sealed": facts.is_sealed,
        "is_unread": facts.governs,
        "warning": _warning(facts),
        "named": _named(record.child_id, facts) if facts.is_sealed else [],
        **open_to,
        "confirmation": waiting,
        "options": options.besides(waiting, [_saying_who_loses(one, facts, open_to) for one in offered]),
    }


def _readers(case: Case) -> list[dict[str, Any]]:
    """Return who reads a case that is not sealed, or what its team shares."""
    around = readers_of(case.id, case.child_id, is_shared=True, but=UUID(int=0)).values()
    return [{"id": one.membership_id, "name": one.name, "role": one.role, "agency": one.agency} for one in around]


def _saying_who_loses(option: dict[str, Any], facts: SealFacts, open_to: Mapping[str, Any]) -> dict[str, Any]:
    """Whoever seals a record reads first who finds it no more."""
    if option["name"] != "put":
        return option
    people = [one["name"] for one in open_to["sees"] if one["name"] not in (facts.actor.name, facts.keeper.person)]
    others = [name for name in open_to["agencies"] if name != facts.keeper.agency]
    loses = [*people[:_MOST_NAMES], *([f"{len(people) - _MOST_NAMES} more people"] if people[_MOST_NAMES:] else [])]
    loses += [f"everybody at {name}" for name in others]
    if not loses:
        return option
    return {**option, "hint": f"{option['hint']} Who is not named finds it no more: {'; '.join(loses)}."}


def _suits(edge: str, facts: SealFacts) -> bool:
    """Only what can be meant of it is offered."""
    return facts.is_sealed != (edge == "put")


def _with_people(option: dict[str, Any], facts: SealFacts) -> dict[str, Any]:
    whom = facts.named if option["name"] == "take_off" else facts.candidates
    asked = [field for field in option["input"] if field["name"] == "people"]
    if not asked:
        return option
    others = [one for one in whom.values() if one.user_id != facts.actor.user_id]
    return {**option, "input": [_chosen_from(field, others) for field in option["input"]]}


def _chosen_from(field: dict[str, Any], people: Iterable[Candidate]) -> dict[str, Any]:
    if field["name"] != "people":
        return field
    choices = [
        {"value": str(one.user_id), "label": one.name, "hint": one.role, "group": one.agency}
        for one in sorted(people, key=lambda one: (one.agency, one.name))
    ]
    return {**field, "choices": choices}


def _named(child_id: UUID, facts: SealFacts) -> list[dict[str, Any]]:
    told = namings(child_id)
    here = [(one.user_id, one.name, one.role, one.agency) for one in facts.named.values()]
    gone = [(pk, name, "", "") for pk, name in has_left(child_id, facts.named)]
    return [
        {
            "id": pk,
            "name": name,
            "role": role,
            "agency": agency,
            "has_left": pk not in facts.named,
            "at": told[pk].at if pk in told else None,
            "by": told[pk].by if pk in told else "",
            "why": told[pk].why if pk in told else "",
        }
        for pk, name, role, agency in [*here, *gone]
    ]


def _warning(facts: SealFacts) -> str:
    if not facts.is_sealed:
        return ""
    if not facts.managers:
        return f"No manager of {facts.keeper.agency} is named any more. Name one today."
    if len(facts.readers) <= 1:
        return "Only one person is named who still works here. Name somebody else today."
    return ""
