"""What the family said about being helped, as the API says it."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from backend.cases.models import Case
from backend.core import vocabulary
from backend.sharing.models import Agreement


class FamilyAnswerShape(serializers.Serializer[Any]):
    """One answer: yes or no, who said it, how, when and in which words, and who wrote it down."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    said_by = serializers.CharField(allow_blank=True)
    how = serializers.CharField(allow_blank=True)
    said_on = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    # Nothing where nobody was asked whether the child knows: after a no.
    child_told = serializers.BooleanField(allow_null=True)
    words = serializers.CharField(allow_blank=True)
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class FamilyAnswersShape(serializers.Serializer[Any]):
    """Every answer of the family in one case, the last one first."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    answers = FamilyAnswerShape(many=True)


def answers_data(case: Case, answers: Iterable[Agreement]) -> dict[str, Any]:
    """Return what a family said about being helped."""
    return {"id": case.id, "reference": case.reference, "answers": [answer_data(one) for one in answers]}


def answer_data(one: Agreement) -> dict[str, Any]:
    """Return one answer in words."""
    reasons, people = vocabulary.get("agreement_ended_reasons"), vocabulary.get("agreed_by")
    return {
        "id": one.id,
        "state": one.state,
        "state_label": Agreement.LABELS[one.state],
        "said_by": people.label(one.agreed_by) if one.agreed_by else reasons.label(one.reason_code),
        "how": vocabulary.get("told_methods").label(one.agreed_how),
        "said_on": one.agreed_on,
        "until": one.agreed_until,
        "child_told": one.informed_child if one.state == Agreement.GIVEN else None,
        "words": one.note,
        "recorded_by": one.recorded_by_name,
        "recorded_at": one.recorded_at,
    }
