"""Shapes of the page from which information governance asks that a record is sealed."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.oversight.queries.sealing import Proposed, Record
from backend.workflow import fields
from backend.workflow.confirmations import machines
from backend.workflow.descriptors import describe
from backend.workflow.serializers import DescriptorShape

_MACHINES = {"case": "seal", "referral": "referral_seal"}


class FindToSealInput(StrictSerializer):
    """Which record."""

    reference = fields.text("Reference of the case or the referral", hint="For example, C-7KQ-MXDA4", max_length=20)


class RecordToSealShape(serializers.Serializer[Any]):
    """A record by its reference, and its page that says who may see it."""

    reference = serializers.CharField()
    noun = serializers.CharField()
    url = serializers.CharField()


class FoundToSealShape(serializers.Serializer[Any]):
    """The record that was meant, or none."""

    records = RecordToSealShape(many=True)


class ProposedSealShape(RecordToSealShape):
    """What was asked for, and since when it waits."""

    id = serializers.UUIDField()
    label = serializers.CharField()
    asked_at = serializers.DateTimeField()


class SealingShape(serializers.Serializer[Any]):
    """What is asked to find a record, and what the reader has asked for and waits for."""

    input = DescriptorShape(many=True)
    proposed = ProposedSealShape(many=True)


def sealing_data(waiting: Sequence[Proposed]) -> dict[str, Any]:
    """Return the page."""
    rows = [
        {
            **_record(one.noun, str(one.record_id), one.reference),
            "id": one.id,
            "label": machines[_MACHINES[one.noun]].edges[one.edge].label,
            "asked_at": one.asked_at,
        }
        for one in waiting
    ]
    return {"input": describe(FindToSealInput), "proposed": rows}


def found_data(found: Sequence[Record]) -> dict[str, Any]:
    """Return the record that was meant."""
    return {"records": [_record(one.noun, str(one.id), one.reference) for one in found]}


def _record(noun: str, pk: str, reference: str) -> dict[str, str]:
    return {"reference": reference, "noun": noun, "url": f"/{noun}s/{pk}/seal"}
