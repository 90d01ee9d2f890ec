"""The one writer of scores, in the transaction and with the permission of the app that knows the subject."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.audit.commands import record
from backend.core.errors import Forbidden
from backend.outcomes.models import Score


def record_score(
    actor: Actor, *, root_id: UUID, child_id: UUID, subject_id: UUID, measure: str, values: Mapping[str, Any]
) -> Score:
    """Write one measurement; `values` are its other fields. The event says of what and when, never how it was."""
    if actor.is_system:
        raise Forbidden("Only a person can record a score.")
    score = Score(
        **{
            **values,
            "root_id": root_id,
            "child_id": child_id,
            "subject_id": subject_id,
            "measure": measure,
            "by_id": actor.user_id,
            "by_name": actor.name,
            "agency_id": actor.agency_id,
        }
    )
    data = {"measure": measure, "stage": score.stage, "subject_id": str(subject_id)}
    record(actor, "score.record", score, root_id=root_id, child_id=child_id, data=data)
    return score
