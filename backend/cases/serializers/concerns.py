"""Peers and places of concern as those read them who may: what each is, from whom, and what was said of it before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands.concerns import concern_stands
from backend.cases.models import Case, Concern
from backend.cases.queries.concerns import cases_about, concerns_of, peers_in, possible_peers
from backend.cases.serializers.concern_inputs import AddConcernInput, ReviewConcernInput
from backend.children.models import Child
from backend.children.serializers import age_of
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.workflow import options
from backend.workflow.descriptors import begin_with
from backend.workflow.serializers import OptionShape


class ConcernRowShape(serializers.Serializer[Any]):
    """One peer or place; `peer_case_id` is the open case of a peer who is a child here, where the reader sees it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind_label = serializers.CharField()
    name = serializers.CharField()
    is_child_here = serializers.BooleanField()
    peer_case_id = serializers.UUIDField(allow_null=True)
    what = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    source_label = serializers.CharField()
    told_by = serializers.CharField(allow_blank=True)
    review_on = serializers.DateField()
    is_overdue = serializers.BooleanField()
    by = serializers.CharField()
    written_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class CaseConcernsShape(serializers.Serializer[Any]):
    """The peers and places of concern of one case, and the way to add another."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    concerns = ConcernRowShape(many=True)
    options = OptionShape(many=True)


class ConcernTurnShape(serializers.Serializer[Any]):
    """How it stood after somebody wrote it down or looked at it again."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    what = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()
    review_on = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)


class ConcernShape(ConcernRowShape):
    """One peer or place of concern on a page of its own, with what was said of it before."""

    case_id = serializers.UUIDField()
    case_reference = serializers.CharField()
    past = ConcernTurnShape(many=True)
    options = OptionShape(many=True)


def concerns_data(actor: Actor, case: Case, found: list[Concern]) -> dict[str, Any]:
    """Return the concerns of a case that its reader sees."""
    peers = peers_in(actor, found)
    cases = cases_about(actor, list(peers))
    return {
        "id": case.id,
        "reference": case.reference,
        "concerns": [_row(one, peers, cases) for one in found],
        "options": _adding(actor, case),
    }


def concern_data(actor: Actor, concern: Concern) -> dict[str, Any]:
    """Return one concern exactly as GET gives it."""
    peers = peers_in(actor, [concern])
    relations = access.relations_to(actor, concern.case_id)
    return {
        **_row(concern, peers, cases_about(actor, list(peers))),
        "case_id": concern.case_id,
        "case_reference": concern.case_reference,
        "past": list(_turns(concern)),
        "options": _reviewing(actor, concern, relations),
    }


def _row(concern: Concern, peers: Mapping[UUID, Child], cases: Mapping[UUID, UUID]) -> dict[str, Any]:
    peer = peers.get(concern.peer_id) if concern.peer_id else None
    return {
        "id": concern.id,
        "version": concern.version,
        "kind_label": vocabulary.get("concern_subjects").label(concern.kind),
        "name": peer.name if peer else concern.name,
        "is_child_here": peer is not None,
        "peer_case_id": cases.get(peer.id) if peer else None,
        "what": _what(concern.what),
        "text": concern.text,
        "since": concern.since,
        "source_label": vocabulary.get("statement_bases").label(concern.source),
        "told_by": concern.told_by,
        "review_on": concern.review_on,
        "is_overdue": concern.ended_at is None and concern.review_on < local(clock.now()).date(),
        "by": concern.written_by_name,
        "written_at": concern.written_at,
        "ended_at": concern.ended_at,
        "reason": concern.reason,
    }


def _what(codes: Sequence[str]) -> list[str]:
    words = vocabulary.get("outside_home_concerns")
    return [words.label(code) for code in codes]


def _turns(concern: Concern) -> Iterator[dict[str, Any]]:
    for row in concern.history.filter(id=concern.id).order_by("-history_date", "-history_id"):
        yield {
            "at": row.history_date,
            "by": row.written_by_name,
            "what": _what(row.what),
            "text": row.text,
            "review_on": row.review_on,
            "reason": row.reason,
        }


def _adding(actor: Actor, case: Case) -> list[dict[str, Any]]:
    if case.state == Case.CLOSED or not policy.allows(
        actor, Permission.CONCERN_ADD, access.relations_to(actor, case.id)
    ):
        return []
    shown = options.addition(
        "add_concern",
        "Write down a peer or a place of concern",
        "Only the workers named on this case and the lead agency’s managers read it.",
        f"/api/v1/cases/{case.id}/concerns/",
        AddConcernInput,
    )
    for field in shown["input"]:
        if field["name"] == "peer":
            field["choices"] = [_peer(one) for one in possible_peers(actor, case).values()]
    return [shown]


def _peer(child: Child) -> dict[str, str]:
    return {"value": str(child.id), "label": child.name, "hint": age_of(child) or "", "group": ""}


def _reviewing(actor: Actor, concern: Concern, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    if concern.ended_at is not None or not policy.allows(actor, Permission.CONCERN_REVIEW, relations):
        return []
    shown = options.addition(
        "review",
        "Look at it again",
        "Say whether it is still so, has changed, or is no longer so. What was said before stays in the history.",
        f"/api/v1/concerns/{concern.id}/review/",
        ReviewConcernInput,
    )
    # It changes what is there: whoever sends it says which version they were looking at.
    shown["kind"] = "command"
    shown["input"] = begin_with(shown["input"], concern_stands(concern))
    return [shown]


def read_concerns(actor: Actor, case: Case) -> list[Concern]:
    """Return the concerns of a case that its reader sees; raise Forbidden for one who reads the case and not these."""
    policy.require(actor, Permission.CONCERN_SEE, access.relations_to(actor, case.id))
    return concerns_of(actor, case.id)
