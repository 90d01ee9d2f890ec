"""Giving what one person has in hand to others at once: all of it or nothing, each case by its own edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.commands.giving import Piece, give
from backend.administration.queries import leavers
from backend.administration.queries.people import LEADS
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


def reassign(
    actor: Actor,
    user_id: UUID,
    choices: Sequence[Choice],
    pieces: Sequence[Piece] = (),
    *,
    reason_code: str = "",
    handover_note: str = "",
) -> int:
    """Give each case and each other piece of work of a person to who was chosen for it; return how many.

    Raises NotFound for what that person does not have, Conflict with one sentence for each that cannot go.
    """
    policy.require(actor, Permission.CASE_REALLOCATE, LEADS)
    problems = _give_cases(actor, user_id, choices, {"reason_code": reason_code, "handover_note": handover_note})
    problems += give(actor, user_id, pieces)
    if problems:
        raise Conflict(*problems, code="not_ready")
    return len(choices) + len(pieces)


def _give_cases(actor: Actor, user_id: UUID, choices: Sequence[Choice], why: dict[str, str]) -> list[str]:
    if not choices:
        return []
    today = local(clock.now()).date()
    cases = {case.id: case for case in leavers.caseload(actor, user_id)}
    if any(choice.case_id not in cases for choice in choices):
        raise NotFound
    problems: list[str] = []
    for choice in sorted(choices, key=lambda one: one.case_id):
        case = cases[choice.case_id]
        # What comes next stays what it is; a day that is over becomes today.
        given = {
            **why,
            "lead_practitioner_id": choice.lead_practitioner_id,
            "next_action": case.next_action,
            "next_action_on": max(case.next_action_on or today, today),
        }
        try:
            case_machine.perform(actor, "reallocate", choice.case_id, version=choice.version, given=given)
        except Conflict as conflict:
            problems += [f"{case.reference}: {reason}" for reason in conflict.reasons]
    return problems
