"""Scores of a child as a whole, by a questionnaire whose questions we neither ask nor keep."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.commands.planning import open_case
from backend.deadlines import commands as deadlines
from backend.outcomes.commands import record_score
from backend.outcomes.models import Score
from backend.outcomes.rules import SCALES, total_of


def score_child(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, score_id: UUID) -> Score:
    """Write the scores of a questionnaire about the child of a visible case, or why there are none."""
    case = open_case(actor, case_id, Permission.SCORE_RECORD, between_leads=True)
    parts = {scale: given[scale] for scale in SCALES if given[scale] is not None}
    values = {
        "id": score_id,
        "stage": given["stage"],
        "taken_on": given["taken_on"],
        "value": total_of(parts) if parts else None,
        "parts": parts,
        "why_not": "" if parts else given["why_not"],
        "comment": given["comment"],
    }
    deadlines.renew("drift", root_id=case.id, partnership_id=case.partnership_id)
    return record_score(
        actor,
        root_id=case.id,
        child_id=case.child_id,
        subject_id=case.id,
        measure=given["measure"],
        values=values,
    )
