"""Turning points of a child that people record: born, lost before birth, and moving to another school."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.models import Agency
from backend.audit.commands import Also, record
from backend.cases.commands.detailing import audience_of, child_in_hand, end_apart, keep_apart, tell_others
from backend.cases.queries import visible_to
from backend.cases.queries.detailing import LEARNS, hides_whereabouts, others_with, protected_homes
from backend.cases.rules import turning as rules
from backend.children import commands as children
from backend.core import clock
from backend.core.errors import Conflict, Invalid
from backend.deadlines.calendar import local
from backend.notifications.commands import Notice, tell_all
from backend.workflow.changing import changing

BIRTH, LOSS, NO_LOSS, SCHOOL = "case.record_birth", "case.record_loss", "case.take_back_loss", "case.move_school"


def record_birth(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Say that the baby is born: who it is and when, instead of the day on which it was expected. Raises a Refusal."""
    case, child = child_in_hand(actor, case_id, Permission.CASE_RECORD_BIRTH, given["version"])
    if not rules.is_expected(child):
        raise Conflict(rules.NOT_EXPECTED, code="wrong_state")
    _refuse_day("date_of_birth", given["date_of_birth"])
    names = {name: given[name].strip() for name in ("given_name", "family_name")}
    born = {"date_of_birth": given["date_of_birth"], "expected_date": None}
    children.put_right(child, {**names, **born, "sex": given["sex"] or child.sex})
    event = record(actor, BIRTH, child, root_id=case.id, child_id=child.id)
    tell_others(event, "the baby is born", urgent=False)


def record_loss(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Say that the pregnancy has ended, and what happens next instead of what was planned.

    Nothing asks about the birth any more. Whoever else works with the family is asked to ring before they go there,
    and is told by a person. Raises a Refusal.
    """
    _refuse_day("ended_on", given["ended_on"])
    if given["next_action_on"] < local(clock.now()).date():
        raise Invalid(rules.AHEAD, fields={"next_action_on": [rules.AHEAD]})
    _case, child = child_in_hand(actor, case_id, Permission.CASE_RECORD_LOSS, given["version"])
    if not rules.is_expected(child):
        raise Conflict(rules.NOT_EXPECTED, code="wrong_state")
    permission = Permission.CASE_RECORD_LOSS
    with changing(actor, visible_to(actor), case_id, permission=permission, verb=LOSS, version=None) as change:
        change.target.next_action, change.target.next_action_on = given["next_action"], given["next_action_on"]
        change.reason = given["told_by"]
        children.put_right(child, {"pregnancy_ended_on": given["ended_on"]})
        change.change_too([Also("child.note_loss", child, root_id=child.id, child_id=child.id)])
    if change.event is not None:
        _ask_to_ring(change.event.id, change.target.lead_agency)


def take_back_loss(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Say that it was recorded in error: the baby is expected as before. Raises a Refusal."""
    case, child = child_in_hand(actor, case_id, Permission.CASE_TAKE_BACK_LOSS, given["version"])
    if child.pregnancy_ended_on is None:
        raise Conflict(rules.NOT_RECORDED, code="wrong_state")
    children.put_right(child, {"pregnancy_ended_on": None})
    event = record(actor, NO_LOSS, child, root_id=case.id, child_id=child.id, reason=given["reason"])
    _ask_to_ring(event.id, case.lead_agency)


def move_school(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Say to which school the child moves and when: the record says it from that day on. Raises a Refusal."""
    case, child = child_in_hand(actor, case_id, Permission.CASE_MOVE_SCHOOL, given["version"])
    today = local(clock.now()).date()
    school, on = given["school"].strip(), given["on"]
    for name, sentence in rules.school_problems(child, school, on, today):
        raise Invalid(sentence, fields={name: [sentence]})
    now = school if on <= today else child.school_on(today)
    moved = {"school": now, "next_school": "" if on <= today else school, "school_changes_on": on}
    if hides_whereabouts(case.id):
        # Who must not be found at home must not be found there either, whichever record says so.
        if on <= today:
            end_apart(protected_homes(case.id).filter(kind=LEARNS), today)
        keep_apart(case, {"kind": LEARNS, "address": school}, on)
        moved |= {"school": "", "next_school": ""}
    children.put_right(child, moved)
    event = record(actor, SCHOOL, child, root_id=case.id, child_id=child.id, reason=given["reason"])
    tell_others(event, "the school", urgent=False)


def _refuse_day(name: str, day: Any) -> None:
    if day > local(clock.now()).date():
        raise Invalid(rules.PAST, fields={name: [rules.PAST]})


def _ask_to_ring(event_id: UUID, lead: Agency) -> None:
    """Nobody learns it from a message: they ring whoever leads, who tells them."""
    for other in others_with(event_id):
        fields = {"reference": other.reference, "agency": lead.name, "phone": lead.phone or lead.out_of_hours_phone}
        notice = Notice(audience_of(other), "case_family_needs_care", fields, other.path, urgent=True)
        tell_all([notice], event_id=None, root_id=other.root_id)
