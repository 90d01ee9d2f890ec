"""Requests as the API says them: a row of the list, one whole with what the worker does, and its passages."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.core import clock, vocabulary
from backend.documents.serializers import size_in_words
from backend.rights import queries
from backend.rights.commands.requesting import subject_request_machine
from backend.rights.inputs import SubjectRequestInput
from backend.rights.models import CopiedPassage, Pack, SubjectRequest
from backend.rights.rules import pieces
from backend.workflow import options
from backend.workflow.serializers import ChoiceShape, OptionNameShape, OptionShape

_HINT = (
    "Nobody reads the record yet. Somebody else of information governance looks at what you write here, and agrees "
    "or not. Only then is the record copied for you to look through."
)
_NEXT = {
    SubjectRequest.ASKED: "Somebody who did not record it looks at who asks",
    SubjectRequest.OPEN: "Each passage is decided, then it is sent for a check",
    SubjectRequest.CHECKING: "Somebody who did not send it looks at the file",
    SubjectRequest.REFUSING: "Somebody who did not ask for the refusal looks at why",
    SubjectRequest.WITHDRAWING: "Somebody who did not ask for the withdrawal looks at who said so",
    SubjectRequest.RELEASED: "It is given to whoever asked",
    SubjectRequest.REFUSED: "Nothing more",
    SubjectRequest.WITHDRAWN: "Nothing more",
}
_DECIDED = {"": "To decide", "keep": "Given", "redact": "Some words taken out", "withhold": "Taken out"}


class SubjectRequestRowShape(serializers.Serializer[Any]):
    """One request in a list."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    child = serializers.CharField()
    asker_name = serializers.CharField()
    asker = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    next_step = serializers.CharField()
    received_on = serializers.DateField()
    due_at = serializers.DateTimeField()
    is_late = serializers.BooleanField()
    ended_at = serializers.DateTimeField(allow_null=True)
    options = OptionNameShape(many=True)


class CopyingShape(serializers.Serializer[Any]):
    """How far the worker is, and the file where it is there."""

    is_working = serializers.BooleanField()
    has_failed = serializers.BooleanField()
    is_collected = serializers.BooleanField()
    task = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    has_file = serializers.BooleanField()
    pdf_label = serializers.CharField(allow_blank=True)
    pdf_sha256 = serializers.CharField(allow_blank=True)
    data_label = serializers.CharField(allow_blank=True)
    data_sha256 = serializers.CharField(allow_blank=True)
    expires_at = serializers.DateTimeField(allow_null=True)


class ViewCountShape(serializers.Serializer[Any]):
    """One list of the passages, and how many are in it."""

    value = serializers.CharField()
    label = serializers.CharField()
    number = serializers.IntegerField()


class SubjectRequestShape(SubjectRequestRowShape):
    """One request, whole."""

    version = serializers.IntegerField()
    agency = serializers.CharField()
    child_born = serializers.DateField(allow_null=True)
    authority = serializers.CharField(allow_blank=True)
    identity = serializers.CharField()
    identity_note = serializers.CharField(allow_blank=True)
    asks_for = serializers.CharField()
    extended_why = serializers.CharField(allow_blank=True)
    extended_told_on = serializers.DateField(allow_null=True)
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    confirmed_by = serializers.CharField(allow_blank=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    sent_by = serializers.CharField(allow_blank=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    sent_back_why = serializers.CharField(allow_blank=True)
    released_by = serializers.CharField(allow_blank=True)
    refusal_by = serializers.CharField(allow_blank=True)
    refusal_at = serializers.DateTimeField(allow_null=True)
    refused_by = serializers.CharField(allow_blank=True)
    not_refused_why = serializers.CharField(allow_blank=True)
    withdrawal_by = serializers.CharField(allow_blank=True)
    withdrawal_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = serializers.CharField(allow_blank=True)
    not_withdrawn_why = serializers.CharField(allow_blank=True)
    ended_why = serializers.CharField(allow_blank=True)
    ended_note = serializers.CharField(allow_blank=True)
    copying = CopyingShape()
    views = ViewCountShape(many=True)
    options = OptionShape(many=True)


class NewSubjectRequestShape(serializers.Serializer[Any]):
    """Where a request is recorded: the form."""

    id = serializers.CharField()
    options = OptionShape(many=True)


class CopiedWordShape(serializers.Serializer[Any]):
    """One word of a passage, with the white space before it."""

    before = serializers.CharField(allow_blank=True, trim_whitespace=False)
    word = serializers.CharField()


class CopiedPassageShape(serializers.Serializer[Any]):
    """One passage of the record, and what is done with it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    heading = serializers.CharField()
    mark = serializers.CharField(allow_blank=True)
    pieces = CopiedWordShape(many=True)
    proposed = serializers.CharField(allow_blank=True)
    proposed_label = serializers.CharField(allow_blank=True)
    decision = serializers.CharField(allow_blank=True)
    decision_label = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    reason_label = serializers.CharField(allow_blank=True)
    cut = serializers.ListField(child=serializers.IntegerField())
    decided_by = serializers.CharField(allow_blank=True)


class CopiedPassageFormShape(serializers.Serializer[Any]):
    """Why something can be taken out."""

    reasons = ChoiceShape(many=True)


def request_rows(actor: Actor, page: Sequence[SubjectRequest]) -> list[dict[str, Any]]:
    """Return a page of requests; no statement, whatever its length."""
    names = subject_request_machine.names
    return [
        {
            **_row(one),
            "options": [{"name": name, "label": label} for name, label in names(actor, one, frozenset())],
        }
        for one in page
    ]


def request_data(actor: Actor, one: SubjectRequest) -> dict[str, Any]:
    """Return one request exactly as GET gives it to this actor."""
    base = f"/api/v1/subject-requests/{one.id}/"
    facts = queries.facts(one, actor)
    counts = queries.counts_of(one.id) if one.state in SubjectRequest.READABLE else {}
    found = options.shapes(subject_request_machine, actor, one, frozenset(), base=base, choices={}, facts=facts)
    return {
        **_row(one),
        **_told(one),
        "version": one.version,
        "agency": one.agency.name,
        "child_born": one.child_born,
        "copying": _copying(one, facts.pack),
        "views": [
            {"value": name, "label": queries.PASSAGE_VIEWS[name][0], "number": number}
            for name, number in counts.items()
        ],
        "options": found,
    }


def _told(one: SubjectRequest) -> dict[str, Any]:
    return {
        "authority": one.authority,
        "identity": vocabulary.get("rights_identity_checks").label(one.identity),
        "identity_note": one.identity_note,
        "asks_for": one.asks_for,
        "extended_why": vocabulary.get("rights_extension_reasons").label(one.extended_why),
        "extended_told_on": one.extended_told_on,
        "recorded_by": one.recorded_by_name,
        "recorded_at": one.recorded_at,
        "confirmed_by": one.confirmed_by_name,
        "confirmed_at": one.confirmed_at,
        "sent_by": one.sent_by_name,
        "sent_at": one.sent_at,
        "sent_back_why": one.sent_back_why,
        "released_by": one.released_by_name,
        "refusal_by": one.refusal_by_name if one.is_refused else "",
        "refusal_at": one.refusal_at if one.is_refused else None,
        "refused_by": one.refused_by_name,
        "not_refused_why": one.not_refused_why,
        "withdrawal_by": one.withdrawal_by_name if one.is_withdrawn else "",
        "withdrawal_at": one.withdrawal_at if one.is_withdrawn else None,
        "withdrawn_by": one.withdrawn_by_name,
        "not_withdrawn_why": one.not_withdrawn_why,
        "ended_why": vocabulary.get("rights_refusals").label(one.ended_why),
        "ended_note": one.ended_note,
    }


def new_request() -> dict[str, Any]:
    """Return the form that records one."""
    form = options.addition(
        "record", "Record a request for a copy", _HINT, "/api/v1/subject-requests/", SubjectRequestInput
    )
    return {"id": "new", "options": [form]}


def passage_data(one: CopiedPassage) -> dict[str, Any]:
    """Return one passage, word by word."""
    reasons = vocabulary.get("rights_reasons")
    return {
        "id": one.id,
        "version": one.version,
        "heading": one.heading,
        "mark": vocabulary.get("labels").label(one.mark) if one.mark else "",
        "pieces": [{"before": before, "word": word} for before, word in pieces(one.text)],
        "proposed": one.proposed,
        "proposed_label": reasons.label(one.proposed),
        "decision": one.decision,
        "decision_label": _DECIDED[one.decision],
        "reason": one.reason,
        "reason_label": reasons.label(one.reason),
        "cut": one.cut,
        "decided_by": one.decided_by_name,
    }


def passage_form() -> dict[str, Any]:
    """Return the reasons for which something can be taken out."""
    reasons = vocabulary.get("rights_reasons")
    return {"reasons": [{"value": one.code, "label": one.label, "hint": one.hint, "group": ""} for one in reasons]}


def _copying(one: SubjectRequest, pack: Pack | None) -> dict[str, Any]:
    there = pack or Pack()
    has_file = there.has_file and one.state in (SubjectRequest.CHECKING, SubjectRequest.RELEASED)
    return {
        "is_working": there.state in (Pack.WAITING, Pack.RUNNING),
        "has_failed": there.state == Pack.FAILED and there.forgotten_at is None,
        "is_collected": there.is_collected,
        "task": there.task,
        "done": there.done,
        "total": there.total,
        "has_file": has_file,
        "pdf_label": f"PDF, {size_in_words(there.pdf_size)}" if has_file else "",
        "pdf_sha256": there.pdf_sha256 if has_file else "",
        "data_label": f"JSON, for a machine, {size_in_words(there.data_size)}" if has_file else "",
        "data_sha256": there.data_sha256 if has_file else "",
        "expires_at": there.expires_at,
    }


def _row(one: SubjectRequest) -> dict[str, Any]:
    return {
        "id": one.id,
        "reference": one.reference,
        "child": one.child_name,
        "asker_name": one.asker_name,
        "asker": vocabulary.get("rights_askers").label(one.asker),
        "state": one.state,
        "state_label": SubjectRequest.LABELS[one.state],
        "next_step": _NEXT[one.state],
        "received_on": one.received_on,
        "due_at": one.due_at,
        "is_late": one.is_unfinished and one.due_at < clock.now(),
        "ended_at": one.ended_at,
    }
