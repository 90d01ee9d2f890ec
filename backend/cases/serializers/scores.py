"""One score: what it says, what it said before it was put right, and what its reader may do about it."""

from typing import Any

from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.commands import score_machine
from backend.cases.serializers.meeting_inputs import scale_label
from backend.cases.serializers.score_inputs import OF_GOALS, OF_QUESTIONNAIRES
from backend.core import vocabulary
from backend.outcomes.models import GOAL, STAGES, Score
from backend.outcomes.rules import TOTAL, band_of, most_of
from backend.workflow import options
from backend.workflow.serializers import OptionNameShape, OptionShape


class PartShape(serializers.Serializer[Any]):
    """One scale of a questionnaire."""

    label = serializers.CharField()
    value = serializers.IntegerField()
    band = serializers.CharField(allow_blank=True)


class EarlierScoreShape(serializers.Serializer[Any]):
    """What a score said before it was put right, who did that, when and why."""

    words = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class SaidScoreShape(serializers.Serializer[Any]):
    """One score on a day."""

    id = serializers.UUIDField()
    on = serializers.DateField()
    stage_label = serializers.CharField()
    value = serializers.IntegerField(allow_null=True)
    band = serializers.CharField(allow_blank=True)
    why_not_label = serializers.CharField(allow_blank=True)
    given_by_label = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    parts = PartShape(many=True)
    earlier = EarlierScoreShape(many=True)


class PointShape(SaidScoreShape):
    """One score of a series, with the names of what its reader may do about it."""

    options = OptionNameShape(many=True)


class ScoreShape(SaidScoreShape):
    """One score by itself, with the forms of what its reader may do about it."""

    version = serializers.IntegerField()
    case_id = serializers.UUIDField()
    state_label = serializers.CharField()
    measure_label = serializers.CharField()
    options = OptionShape(many=True)


def point(score: Score) -> dict[str, Any]:
    """Return one score as it stands in a series."""
    return {
        "id": score.id,
        "on": score.taken_on,
        "stage_label": STAGES[score.stage],
        "value": score.value,
        "band": band_of(score.measure, TOTAL, score.value),
        "why_not_label": _why_not(score, score.why_not),
        "given_by_label": vocabulary.get("score_givers").label(score.given_by),
        "comment": score.comment,
        "by": score.by_name,
        "parts": [
            {"label": scale_label(scale), "value": value, "band": band_of(score.measure, scale, value)}
            for scale, value in score.parts.items()
        ],
        "earlier": [_earlier(score, one) for one in score.earlier],
    }


def score_data(actor: Actor, score: Score) -> dict[str, Any]:
    """Return one score exactly as GET gives it."""
    relations = access.relations_to(actor, score.root_id)
    shown = options.shapes(score_machine, actor, score, relations, base=f"/api/v1/scores/{score.id}/", choices={})
    left_out = OF_QUESTIONNAIRES if score.measure == GOAL else OF_GOALS
    for option in shown:
        option["input"] = [one for one in option["input"] if one["name"] not in left_out]
    return {
        **point(score),
        "version": score.version,
        "case_id": score.root_id,
        "state_label": Score.LABELS[score.state],
        "measure_label": vocabulary.get("measures").label(score.measure),
        "options": shown,
    }


def _earlier(score: Score, before: dict[str, Any]) -> dict[str, Any]:
    value, why_not = before["value"], _why_not(score, before["why_not"])
    words = why_not if value is None else f"{value} of {most_of(score.measure)}"
    at = parse_datetime(before["at"])
    return {"words": words, "by": before["by"], "at": at, "reason": before["reason"]}


def _why_not(score: Score, code: str) -> str:
    return vocabulary.get("score_why_not" if score.measure == GOAL else "sdq_why_not").label(code)
