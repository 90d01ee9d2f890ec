"""Writing notes: of a visit, a call or a talk, and those that an edge leaves behind."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.marks import HIDDEN, marks_given
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.commands.mentioning import named_in, to_named
from backend.cases.commands.telling import managers, practitioner
from backend.cases.models import Case, Note
from backend.cases.queries import visible_to
from backend.cases.queries.readers import Reader
from backend.cases.rules.noting import FORM
from backend.cases.text_fields import case_fields
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.deadlines.calendar import at_local
from backend.drafts import commands as drafts
from backend.notifications import commands as notifications
from backend.notifications.audience import Audience, Person
from backend.notifications.commands import Notice
from backend.workflow.changing import Change, changing

# Codes of `note_people` that stand for the family: a talk with one of them is a contact.
_FAMILY = frozenset({"child", "parent", "family"})
_OVERSIGHT = "oversight"
_NOT_YOURS = "You cannot give a note this label here. Choose another one, or none."


def note_of(change: Change[Case], *, kind: str, text: str, is_pinned: bool = False) -> Note:
    """Write the note that an edge leaves behind, in its transaction and in the words of whoever took it."""
    moment = clock.now()
    note = _note(
        change.actor,
        change.target,
        {
            "kind": kind,
            "text": text,
            "is_pinned": is_pinned,
            "happened_at": moment,
            "written_at": moment,
        },
    )
    record(change.actor, "note.write", note, root_id=change.root_id, child_id=change.child_id)
    return note


def write_note(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, note_id: UUID) -> Note:
    """Write a note of a visible open case; the first talk with the family meets the clock of first contact.

    A note is added, so nobody's version of the case is asked for: two workers may write at once. What was typed of it
    is deleted. Raises a Refusal.
    """
    case = noted_case(actor, case_id)
    relations = queries.relations_to(actor, case.id)
    if given["kind"] == _OVERSIGHT and not policy.allows(actor, Permission.NOTE_OVERSEE, relations):
        raise Conflict("Management oversight is written by a manager. Choose what else it was.")
    if given.get("mark") and given["mark"] not in marks_given(actor, relations):
        raise Invalid(_NOT_YOURS, fields={"mark": [_NOT_YOURS]})
    note = _note(actor, case, {**_said(given), "id": note_id})
    named = named_in(note, actor, given.get("named", ()))
    event = record(actor, "note.write", note, root_id=case.id, child_id=case.child_id, data={"kind": note.kind})
    drafts.discard_own(actor, case.id, FORM)
    if note.mark in HIDDEN:
        # No clock moves and nobody is told: its very existence is hidden.
        return note
    notifications.tell_all(_to_readers(actor, case, note, named), event_id=event.id, root_id=case.id)
    deadlines.renew("drift", root_id=case.id, partnership_id=case.partnership_id)
    spoke = note.child_seen or not _FAMILY.isdisjoint(note.people)
    # Asked again of whoever takes the case over or opens it again: the clock says so, not the date of the first time.
    is_first = spoke and deadline_queries.running(case.id).filter(kind="first_contact").exists()
    if is_first or given.get("next_action"):
        _carry_on(actor, case.id, note, given, is_first=is_first)
    return note


def noted_case(actor: Actor, case_id: UUID) -> Case:
    """Return the visible open case that the actor may write notes of. Raises a Refusal."""
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.CASE_RECORD_CONTACT, queries.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden("Only a person can write a note.")
    if case.state == Case.CLOSED:
        raise Conflict("This case is closed. Reopen it before you write about new work.", code="wrong_state")
    return case


def record_significant_event(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, note_id: UUID) -> Note:
    """Write down something that matters in the child's life and what it means, on the day it happened.

    It may be long ago, and somebody else's to tell: it is no contact, and meets no clock of one. Raises a Refusal.
    """
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.CASE_RECORD_SIGNIFICANT_EVENT, queries.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden("Only a person can weigh what happened.")
    if case.state == Case.CLOSED:
        raise Conflict("This case is closed. Reopen it before you write about new work.", code="wrong_state")
    said = {name: given[name] for name in ("kind", "text", "analysis")}
    moments = {"happened_at": at_local(given["happened_on"], time.min), "written_at": clock.now()}
    note = _note(actor, case, {**said, **moments, "id": note_id})
    record(actor, "note.significant", note, root_id=case.id, child_id=case.child_id, data={"kind": note.kind})
    deadlines.renew("drift", root_id=case.id, partnership_id=case.partnership_id)
    return note


def _to_readers(actor: Actor, case: Case, note: Note, named: Sequence[Reader]) -> Iterator[Notice]:
    """Yield what tells those whom a note is meant for, once it can no longer be taken back; who is named, by name."""
    by_name = [Person(one.user_id) for one in named]
    yield from to_named(note, named, case_fields(case))
    audiences: dict[str, Audience | None] = {"lead_practitioner": practitioner(case), "managers": managers(case)}
    for code in note.meant_for:
        audience = audiences[code]
        if audience is not None and audience not in (Person(actor.user_id), *by_name):
            yield Notice(audience, "case_note_for_you", case_fields(case), f"/cases/{case.id}")


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a note; an attempt that nobody answered is one too, and no contact."""
    moment, seen, people = clock.now(), given["child_seen"], list(dict.fromkeys(given["people"]))
    return {
        "kind": given["kind"],
        "text": given["text"],
        "people": people,
        "meant_for": given["meant_for"],
        "child_seen": seen in ("alone", "with_others"),
        "child_seen_alone": seen == "alone",
        "is_shared": bool(given.get("is_shared")),
        "mark": given.get("mark", ""),
        "happened_at": given["happened_at"] or moment,
        "written_at": moment,
    }


def _note(actor: Actor, case: Case, values: Mapping[str, Any]) -> Note:
    return Note(
        **{
            **values,
            "root_id": case.id,
            "child_id": case.child_id,
            "written_by_id": actor.user_id,
            "written_by_name": actor.name,
            "agency_id": actor.agency_id,
        }
    )


def _carry_on(actor: Actor, case_id: UUID, note: Note, given: Mapping[str, Any], *, is_first: bool) -> None:
    """Move the case on by what the note says, under its lock: first contact made, and what happens next."""
    verb = "case.first_contact" if is_first else "case.plan_next"
    permission = Permission.CASE_RECORD_CONTACT
    with changing(actor, visible_to(actor), case_id, permission=permission, verb=verb, version=None) as change:
        case = change.target
        if is_first:
            case.first_contact_at = case.first_contact_at or note.happened_at
            deadlines.meet(case.id, ("first_contact",), at=note.happened_at)
        if given.get("next_action"):
            case.next_action, case.next_action_on = given["next_action"], given["next_action_on"]
        case.next_due_at = deadline_queries.next_due(case.id)
