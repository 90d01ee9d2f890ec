"""What is done with one passage: kept, some of its words taken out, or all of it; the record itself stays as it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import clock
from backend.core.errors import Conflict, Invalid, NotFound
from backend.rights import queries
from backend.rights.models import CopiedPassage, SubjectRequest
from backend.rights.rules import cut_problem

_STALE = "Somebody has decided about this passage since you opened it. Look at it again."
_NOT_OPEN = "This is {}: nothing is decided about its passages now."


def decide(actor: Actor, request_id: UUID, passage_id: UUID, given: Mapping[str, Any]) -> CopiedPassage:
    """Say what is done with a passage. Raises NotFound, Conflict `wrong_state` or `stale`, Invalid for other words."""
    one = queries.one_of(actor, request_id)
    policy.require(actor, Permission.SUBJECT_REQUEST_REDACT)
    if one.state != SubjectRequest.OPEN:
        raise Conflict(_NOT_OPEN.format(SubjectRequest.LABELS[one.state].lower()), code="wrong_state")
    found = queries.passages_of(one.id).select_for_update(no_key=True)
    passage = found.filter(pk=passage_id).first()
    if passage is None:
        raise NotFound
    if passage.version != given["version"]:
        raise Conflict(_STALE, code="stale", version=passage.version, changed=[], differs=[])
    _take(actor, passage, given)
    return passage


def _take(actor: Actor, passage: CopiedPassage, given: Mapping[str, Any]) -> None:
    decision = given["decision"]
    cut = sorted(set(given["cut"])) if decision == CopiedPassage.REDACT else []
    if decision == CopiedPassage.REDACT and (problem := cut_problem(passage.text, cut)):
        raise Invalid(problem, fields={"cut": [problem]})
    passage.decision, passage.cut = decision, cut
    passage.reason = given["reason"] if decision != CopiedPassage.KEEP else ""
    passage.decided_by_id, passage.decided_by_name, passage.decided_at = actor.user_id, actor.name, clock.now()
    passage.version += 1
    passage.save(
        update_fields=["decision", "reason", "cut", "decided_by_id", "decided_by_name", "decided_at", "version"]
    )
