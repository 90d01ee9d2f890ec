"""Reads of scores one by one: who sees them, and what rests on one since."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.models import Goal, Plan
from backend.cases.queries import visible_to
from backend.cases.rules.scoring import ScoreFacts
from backend.core import clock
from backend.deadlines.calendar import local
from backend.outcomes.models import BASELINE, EXIT, GOAL, Score


def scores_visible_to(actor: Actor) -> QuerySet[Score]:
    """Return the scores of the cases that the actor reads, those taken back among them: lists leave them out."""
    scores = Score.objects.select_related("agency")
    if actor.is_system:
        return scores
    return scores.filter(root_id__in=visible_to(actor).values("id")).exclude(access.barred(actor))


def score_facts(score: Score, actor: Actor) -> ScoreFacts:
    """Return what the rules of one score need, in one statement."""
    return facts_of(score.root_id, [score], actor)[score.id]


def facts_of(case_id: UUID, scores: list[Score], actor: Actor) -> dict[UUID, ScoreFacts]:
    """Return what the rules of some scores of a case need, in one statement whatever their number."""
    later = Score.objects.filter(
        subject_id=OuterRef("subject_id"), measure=OuterRef("measure"), at__gt=OuterRef("at"), state=Score.STANDS
    )
    agreed = Plan.objects.filter(root_id=OuterRef("root_id"), made_at__gt=OuterRef("at"))
    ended = Goal.objects.filter(pk=OuterRef("subject_id"), state=Goal.ENDED)
    rows = Score.objects.filter(root_id=case_id, pk__in=[one.pk for one in scores]).annotate(
        is_later=Exists(later), is_agreed=Exists(agreed), has_ended=Exists(ended)
    )
    found = {row.pk: row for row in rows}
    today = local(clock.now()).date()
    return {
        one.pk: ScoreFacts(
            actor,
            today,
            is_scored_since=row.is_later,
            is_agreed_since=one.measure == GOAL and row.is_agreed,
            ends_a_goal=one.stage == EXIT and row.has_ended,
        )
        for one in scores
        if (row := found.get(one.pk)) is not None
    }


def first_scores() -> dict[str, Any]:
    """Return what reads beside a case, in its statement, since when it has a plan and which first score it lacks."""
    counted = Score.objects.filter(root_id=OuterRef("pk"), state=Score.STANDS)
    scored = Score.objects.filter(subject_id=OuterRef("pk"), state=Score.STANDS, stage=BASELINE, value__isnull=False)
    goals = Goal.objects.filter(root_id=OuterRef("pk"), state=Goal.OPEN).filter(~Exists(scored))
    return {
        "planned_at": Subquery(Plan.objects.filter(root_id=OuterRef("pk")).order_by("number").values("made_at")[:1]),
        "lacks_goal_score": Exists(goals),
        # A reason why there is none is an answer.
        "lacks_questionnaire": ~Exists(counted.filter(stage=BASELINE).exclude(measure=GOAL)),
    }
