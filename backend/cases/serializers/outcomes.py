"""How far a child has come: a series of scores for each goal and questionnaire, what is missing, and the headlines."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands import score_machine
from backend.cases.models import Case, Goal
from backend.cases.queries.planning import goals_of
from backend.cases.queries.scoring import facts_of
from backend.cases.rules.measuring import Measured, missing, missing_before_the_end
from backend.cases.serializers.meeting_inputs import ChildScoreInput
from backend.cases.serializers.scores import PointShape, point
from backend.children.queries import born_on
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.outcomes.models import GOAL, Score
from backend.outcomes.queries import scores_of
from backend.outcomes.rules import is_better, most_of, questionnaire_fits
from backend.workflow import options
from backend.workflow.serializers import OptionShape

_HINT = "Scores only: the questions are licensed and stay on paper."


class SeriesShape(serializers.Serializer[Any]):
    """The scores of one subject by one measure, the earliest first, and how far it has come."""

    id = serializers.UUIDField()
    label = serializers.CharField()
    measure_label = serializers.CharField()
    most = serializers.IntegerField()
    finding = serializers.CharField(allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    points = PointShape(many=True)


class HeadlineShape(serializers.Serializer[Any]):
    """One headline outcome that goals of this case belong to."""

    label = serializers.CharField()
    goals = serializers.IntegerField()
    reached = serializers.IntegerField()


class OutcomesShape(serializers.Serializer[Any]):
    """The outcomes of a case."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    series = SeriesShape(many=True)
    headlines = HeadlineShape(many=True)
    prompts = serializers.ListField(child=serializers.CharField())
    # What nobody can give any more once the case has closed.
    before_closing = serializers.ListField(child=serializers.CharField())
    options = OptionShape(many=True)


def outcomes_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return how far a child has come."""
    goals, scores = list(goals_of(case.id)), list(scores_of(case.id))
    relations = access.relations_to(actor, case.id)
    points = points_of(actor, case.id, scores, relations)
    by_goal = {goal.id: [one for one in scores if one.subject_id == goal.id] for goal in goals}
    of_child = sorted((one for one in scores if one.measure != GOAL), key=lambda one: one.measure)
    asked = [(name, list(rows)) for name, rows in groupby(of_child, key=lambda one: one.measure)]
    fits = questionnaire_fits(born_on(case.child_id), local(clock.now()).date())
    known = Measured(case, goals, by_goal, asked, questionnaire_fits=fits)
    return {
        "id": case.id,
        "reference": case.reference,
        "series": [
            *(_of_goal(goal, by_goal[goal.id], points) for goal in goals),
            *(_of_measure(case, name, rows, points) for name, rows in asked),
        ],
        "headlines": _headlines(goals),
        "prompts": list(missing(known)),
        "before_closing": list(missing_before_the_end(known)),
        "options": _additions(actor, case, relations),
    }


Points = Mapping[UUID, dict[str, Any]]


def points_of(
    actor: Actor, case_id: UUID, scores: Sequence[Score], relations: frozenset[Relation]
) -> dict[UUID, dict[str, Any]]:
    """Return each score as it stands in its series, with the names of what its reader may do about it."""
    known = facts_of(case_id, list(scores), actor) if scores else {}
    return {
        one.id: {
            **point(one),
            "options": options.rows(score_machine.options(actor, one, relations, facts=known.get(one.id))),
        }
        for one in scores
    }


def _of_goal(goal: Goal, scores: Sequence[Score], points: Points) -> dict[str, Any]:
    outcome = vocabulary.get("goal_outcomes").label(goal.outcome)
    return {**_series(goal.id, goal.words, GOAL, scores, points), "outcome_label": outcome}


def _of_measure(case: Case, measure: str, scores: Sequence[Score], points: Points) -> dict[str, Any]:
    return _series(case.id, vocabulary.get("measures").label(measure), measure, scores, points)


def _series(subject_id: Any, label: str, measure: str, scores: Sequence[Score], points: Points) -> dict[str, Any]:
    return {
        "id": subject_id,
        "label": label,
        "measure_label": vocabulary.get("measures").label(measure),
        "most": most_of(measure),
        "finding": _finding(measure, [one.value for one in scores if one.value is not None]),
        "outcome_label": "",
        "points": [points[one.id] for one in scores],
    }


def _finding(measure: str, values: Sequence[int]) -> str:
    """Return what the series says in a sentence: a picture without one leaves its reader alone."""
    if not values:
        return "No score yet."
    first, last = values[0], values[-1]
    if len(values) == 1:
        return f"Scored once: {first} of {most_of(measure)}."
    better = is_better(measure, first, last)
    words = {True: "nearer" if measure == GOAL else "better", False: "further away" if measure == GOAL else "worse"}
    if better is None:
        return f"As at the beginning: {last} of {most_of(measure)}."
    return f"From {first} to {last} of {most_of(measure)}: {abs(last - first)} {words[better]}."


def _headlines(goals: Iterable[Goal]) -> list[dict[str, Any]]:
    known = vocabulary.get("headline_outcomes")
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        if goal.headline:
            found.setdefault(goal.headline, []).append(goal)
    return [
        {
            "label": term.label,
            "goals": len(found[term.code]),
            "reached": sum(goal.outcome == "reached" for goal in found[term.code]),
        }
        for term in known
        if term.code in found
    ]


def _additions(actor: Actor, case: Case, relations: frozenset[Relation]) -> list[dict[str, Any]]:
    if not case.is_in_hand or not policy.allows(actor, Permission.SCORE_RECORD, relations):
        return []
    url = f"/api/v1/cases/{case.id}/scores/"
    return [options.addition("add_score", "Record a Strengths and Difficulties score", _HINT, url, ChildScoreInput)]
