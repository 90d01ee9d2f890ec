"""The people around a child: named, changed in what is said of them, and ended; nothing is deleted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.commands.planning import part_of
from backend.cases.commands.warning import tell_where_warned
from backend.cases.models import Case, Relationship
from backend.cases.queries import visible_to
from backend.cases.queries.relationships import namesake, relationship_facts, relationships_visible_to, said_person
from backend.cases.rules import relationships as rules
from backend.cases.states.relationships import SAID
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.deadlines.calendar import local
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine
from backend.workflow.undo import undo_until

_TWICE = "Somebody of this name stands among the people already. Change what is said of them instead."
_SAME = "Nothing is different from what stands there. Change something first."


def name_person(actor: Actor, case_id: UUID, given: Given, *, relationship_id: UUID) -> Relationship:
    """Name somebody around the child of a visible open case. Raises a Refusal, with a sentence at each field."""
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return _named(actor, case, given, relationship_id=relationship_id)


def take_up(actor: Actor, person_id: UUID, given: Given, *, relationship_id: UUID) -> Relationship:
    """Say of somebody whom a referral names what the case says of them from now on. Raises a Refusal."""
    found = said_person(actor, person_id)
    if found is None:
        raise NotFound
    person, case = found
    return _named(actor, case, given, relationship_id=relationship_id, said_id=person.id)


def _named(
    actor: Actor, case: Case, given: Given, *, relationship_id: UUID, said_id: UUID | None = None
) -> Relationship:
    policy.require(actor, Permission.RELATIONSHIP_ADD, queries.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden("Only a person can say who is around a child.")
    if case.state == Case.CLOSED:
        raise Conflict(rules.CLOSED, code="wrong_state")
    said = _said(given)
    if said_id is None and namesake(case.id, said["name"], said["relationship"]):
        raise Invalid(_TWICE, fields={"name": [_TWICE]})
    target = Relationship(id=relationship_id, said_id=said_id, **part_of(actor, case), **said)
    target.written_now(actor)
    data = {"relationship_id": str(target.id), "relationship": target.relationship}
    record(actor, "relationship.add", target, root_id=case.id, child_id=case.child_id, data=data)
    return target


def _said(given: Given) -> dict[str, Any]:
    """Return the columns of what is said; raise Invalid with a sentence at each field that does not fit."""
    said = {name: given[name] for name in SAID}
    if said["parental_responsibility"] != rules.YES:
        said["responsibility_source"] = ""
    wrong: dict[str, list[str]] = {}
    for name, sentence in rules.problems(said, local(clock.now()).date()):
        wrong.setdefault(name, []).append(sentence)
    if wrong:
        raise Invalid(*(sentence for found in wrong.values() for sentence in found), fields=wrong)
    return said


def stands(person: Any) -> dict[str, Any]:
    """Return what a form begins with, as JSON: of somebody as the case or a referral says them, now or before."""
    found = {name: getattr(person, name, None) for name in SAID}
    born = person.date_of_birth
    found["date_of_birth"] = born.isoformat() if born else None
    return {name: value for name, value in found.items() if value}


def _changed(change: Change[Relationship], given: dict[str, Any]) -> None:
    target, said = change.target, _said(given)
    different = [name for name in SAID if getattr(target, name) != said[name]]
    if not different:
        raise Invalid(_SAME)
    for name in different:
        setattr(target, name, said[name])
    target.written_now(change.actor)
    change.data = {"relationship_id": str(target.id), "why": given["why"], "fields": different}


def _ended(change: Change[Relationship], given: dict[str, Any]) -> None:
    change.data = {"relationship_id": str(change.target.id), "reason_code": given["reason_code"]}


def _undone(change: Change[Relationship], given: dict[str, Any]) -> None:
    """As it was before the last change, which its history still holds; what was new is taken back whole."""
    past = change.facts.past
    given["before"] = past[1] if len(past) > 1 else None
    change.corrects_id = past[0].event_id
    change.data = {"relationship_id": str(change.target.id)}


def _no_words(_target: Relationship) -> Mapping[str, str]:
    """Nobody is told: whoever works with the family reads it on the case's page."""
    return {}


relationship_machine: Machine[Relationship] = Machine(
    noun="relationship",
    model=Relationship,
    edges={
        "change": Edge(
            permission=Permission.RELATIONSHIP_CHANGE,
            label="Change what is said of them",
            hint="What stood there before stays in the history, with who said so and why it was changed.",
            rules=(rules.case_is_open,),
            first=_changed,
            then=tell_where_warned,
            sources=(Relationship.STANDS,),
            stands=stands,
        ),
        "end": Edge(
            permission=Permission.RELATIONSHIP_END,
            label="End the relationship",
            hint="They are no longer around the child. Nothing is deleted: they stand among those who were.",
            rules=(rules.case_is_open, rules.has_ended),
            first=_ended,
        ),
        "undo": Edge(
            permission=Permission.RELATIONSHIP_UNDO,
            label="Take it back",
            hint="Within ten minutes, if you have just written it by mistake.",
            rules=(rules.can_be_undone,),
            first=_undone,
            until=lambda target, _facts: undo_until(target.written_at),
        ),
    },
    visible_to=relationships_visible_to,
    facts=relationship_facts,
    fields=_no_words,
    path=lambda target: f"/relationships/{target.id}",
    owner_agency=lambda target: target.agency_id,
    labels=Relationship.LABELS,
    # People have no clocks; the case's go on.
    clock_root=lambda target: target.id,
)
