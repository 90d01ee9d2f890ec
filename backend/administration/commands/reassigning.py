"""Giving several cases to other lead practitioners at once: all of them or none, each by its own edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.queries import people as queries
from backend.cases.commands import case_machine
from backend.core import clock
from backend.core.errors import Conflict, NotFound
from backend.deadlines.calendar import local


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets one case, as it was when the choice was made."""

    case_id: UUID
    version: int
    lead_practitioner_id: UUID


def reassign(actor: Actor, user_id: UUID, choices: Sequence[Choice], *, reason_code: str, handover_note: str) -> int:
    """Give each case of a person's caseload to who was chosen for it; return how many.

    Raises NotFound for a case that is not of that caseload, Conflict with one sentence for each case that cannot go.
    """
    policy.require(actor, Permission.CASE_REALLOCATE, queries.LEADS)
    today = local(clock.now()).date()
    cases = {case.id: case for case in queries.caseload(actor, user_id)}
    if any(choice.case_id not in cases for choice in choices):
        raise NotFound
    problems: list[str] = []
    for choice in sorted(choices, key=lambda one: one.case_id):
        case = cases[choice.case_id]
        # What comes next stays what it is; a day that is over becomes today.
        given = {
            "lead_practitioner_id": choice.lead_practitioner_id,
            "reason_code": reason_code,
            "handover_note": handover_note,
            "next_action": case.next_action,
            "next_action_on": max(case.next_action_on or today, today),
        }
        try:
            case_machine.perform(actor, "reallocate", choice.case_id, version=choice.version, given=given)
        except Conflict as conflict:
            problems += [f"{case.reference}: {reason}" for reason in conflict.reasons]
    if problems:
        raise Conflict(*problems, code="not_ready")
    return len(choices)
