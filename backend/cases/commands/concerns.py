"""Peers and places of concern: written down, and looked at again; what each said before stays in its history."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.models import Case, Concern
from backend.cases.queries import visible_to
from backend.cases.queries.concerns import concerns_visible_to, possible_peers
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.deadlines.calendar import local
from backend.workflow.changing import changing
from backend.workflow.fields import CHOOSE
from backend.workflow.merging import in_history

Given = Mapping[str, Any]
STANDS, CHANGED, ENDED = "stands", "changed", "ended"
_CLOSED = "This case is closed. Reopen it before you write about new work."
_GONE = "This has been ended already. Write a new one if it is so again."


def add_concern(actor: Actor, case_id: UUID, given: Given, *, concern_id: UUID) -> Concern:
    """Write down a peer or a place of concern of a visible open case. Raises a Refusal, with a sentence at each field.

    A peer who is a child here is one of those whom the actor works with; any other id is answered like one of nobody.
    """
    case = visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.CONCERN_ADD, queries.relations_to(actor, case.id))
    if actor.is_system:
        raise Forbidden("Only a person can write down a concern.")
    if case.state == Case.CLOSED:
        raise Conflict(_CLOSED, code="wrong_state")
    if given["peer"] is not None and given["peer"] not in possible_peers(actor, case):
        raise Invalid(CHOOSE, fields={"peer": [CHOOSE]})
    if given["since"] is not None and given["since"] > _today():
        sentence = "Enter a day that has come, or leave it empty."
        raise Invalid(sentence, fields={"since": [sentence]})
    concern = Concern(
        id=concern_id,
        case_id=case.id,
        child_id=case.child_id,
        partnership_id=case.partnership_id,
        case_reference=case.reference,
        peer_id=given["peer"],
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        agency_id=actor.agency_id,
        **{name: given[name] for name in ("kind", "name", "what", "text", "since", "source", "told_by", "review_on")},
    )
    record(actor, "concern.add", concern, root_id=concern.id, child_id=case.child_id, data={"kind": concern.kind})
    return concern


def review_concern(actor: Actor, concern_id: UUID, given: Given, *, version: int) -> Concern:
    """Look again at a concern: it is still so, it has changed, or it is no longer so. Raises a Refusal."""
    seen = concerns_visible_to(actor)
    found = seen.filter(pk=concern_id).first()
    if found is None:
        raise NotFound
    relations = queries.relations_to(actor, found.case_id)
    permission, verb = Permission.CONCERN_REVIEW, "concern.review"
    with changing(
        actor,
        seen,
        concern_id,
        permission=permission,
        verb=verb,
        version=version,
        relations=relations,
        since=in_history(concern_stands),
    ) as change:
        concern = change.target
        if concern.ended_at is not None:
            raise Conflict(_GONE, code="wrong_state")
        _look_again(concern, given)
        concern.reason = given["reason"]
        concern.written_at, concern.written_by_id, concern.written_by_name = clock.now(), actor.user_id, actor.name
        change.reason, change.data = given["reason"], {"outcome": given["outcome"]}
    return concern


def concern_stands(concern: Any) -> dict[str, Any]:
    """Return what looking again begins with, as JSON; of a concern as it is, or as it was."""
    return {"what": list(concern.what), "text": concern.text}


def _look_again(concern: Concern, given: Given) -> None:
    if given["outcome"] == ENDED:
        concern.ended_at = clock.now()
        return
    concern.review_on = given["review_on"]
    if given["outcome"] == CHANGED:
        concern.what, concern.text = given["what"], given["text"]


def _today() -> date:
    return local(clock.now()).date()
