"""The machine of a goal: scored, revised and ended, undone at once, and put right or opened again with a reason."""

from typing import Any

from backend.access.policy import Permission
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases.commands.goals_change import goal_changed
from backend.cases.commands.planning import SAME, alive, plan_changed, score_goal
from backend.cases.commands.score_edges import score_machine
from backend.cases.models import Goal
from backend.cases.queries.plan_facts import part_facts
from backend.cases.queries.planning import goals_visible_to
from backend.cases.rules import parts as rules
from backend.cases.rules import stage_of
from backend.cases.text_fields import goal_fields
from backend.core import clock
from backend.core.errors import Invalid
from backend.deadlines.calendar import local
from backend.outcomes.models import EXIT, REVIEW, Score
from backend.outcomes.queries import is_scored, scores_of
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine
from backend.workflow.undo import done_until

# How each event of a goal says which score it left, so that undoing it takes that back too.
_SCORE = "score_id"


def _stands(goal: Any) -> dict[str, str]:
    said = {"words": goal.words, "whose": goal.whose, "headline": goal.headline}
    return {name: value for name, value in said.items() if value}


def _revised(change: Change[Goal], given: dict[str, Any]) -> None:
    goal = change.target
    goal.is_reworded = goal.words != given["words"]
    goal.words, goal.whose, goal.headline = given["words"], given["whose"], given["headline"]
    plan_changed(change)
    change.data = {"goal_id": str(goal.id)}


def _corrected(change: Change[Goal], given: dict[str, Any]) -> None:
    """What was written wrongly; what the family agreed to stands in its version of the plan as it was."""
    goal = change.target
    before = goal.words, goal.whose, goal.headline
    if (given["words"], given["whose"], given["headline"]) == before:
        raise Invalid(SAME)
    _revised(change, given)


def _scored(change: Change[Goal], given: dict[str, Any]) -> None:
    goal = change.target
    stage = stage_of(goal, is_scored=is_scored(goal.id), is_ending=False)
    score = _write_score(change, stage, given)
    change.data = {"goal_id": str(goal.id), "stage": stage, _SCORE: str(score.id)}


def _ended(change: Change[Goal], given: dict[str, Any]) -> None:
    score = _write_score(change, EXIT, given)
    plan_changed(change)
    change.data = {"goal_id": str(change.target.id), "outcome": given["outcome"], _SCORE: str(score.id)}


def _reopened(change: Change[Goal], given: dict[str, Any]) -> None:
    plan_changed(change)
    change.data = {"goal_id": str(change.target.id)}


def _reworded(change: Change[Goal], given: Given) -> None:
    if change.target.is_reworded:
        goal_changed(change)


def _over(change: Change[Goal], given: Given) -> None:
    goal_changed(change)
    alive(change, given)


def _score_is_on_the_way(change: Change[Goal], given: Given) -> None:
    """What was the last score is followed by others."""
    actor, goal = change.actor, change.target
    for score in scores_of(goal.root_id).filter(subject_id=goal.id, stage=EXIT):
        score.stage = REVIEW
        data = {"score_id": str(score.id), "measure": score.measure, "stage": REVIEW, "subject_id": str(goal.id)}
        record(
            actor, "score.correct", score, root_id=goal.root_id, child_id=goal.child_id, data=data, reason=change.reason
        )
    goal_changed(change)
    alive(change, given)


def _undone(change: Change[Goal], given: dict[str, Any]) -> None:
    """As its history says it was before the last change."""
    last, given["before"] = change.facts.past[:2]
    change.corrects_id = last.event_id
    plan_changed(change)
    change.data = {"goal_id": str(change.target.id), "verb": last.history_change_reason}


def _take_score_back(change: Change[Goal], given: Given) -> None:
    """The score that was written with it counts no more; what rests on it since refuses both."""
    left = Event.objects.filter(pk=change.facts.past[0].event_id).values_list("data", flat=True).first() or {}
    score = Score.objects.filter(pk=left[_SCORE], state=Score.STANDS).first() if _SCORE in left else None
    if score is not None:
        score_machine.perform(
            change.actor, "undo", score.id, version=score.version, given={}, relations=change.relations
        )


def _write_score(change: Change[Goal], stage: str, given: Given) -> Score:
    """A number, or where the form allows it the reason why there is none."""
    values = {
        "stage": stage,
        "value": given["score"],
        "why_not": given["why_no_score"] if given["score"] is None else "",
        "given_by": given["given_by"],
        "comment": given["comment"],
        "taken_on": given.get("taken_on") or local(clock.now()).date(),
    }
    return score_goal(change.actor, change.target, values)


goal_machine: Machine[Goal] = Machine(
    noun="goal",
    model=Goal,
    edges={
        "score": Edge(
            permission=Permission.GOAL_SCORE,
            label="Score the goal",
            hint="From 0, as far away as can be, to 10, reached. Ask the child and the family.",
            rules=(rules.day_of_score_is_past,),
            first=_scored,
            then=alive,
            sources=(Goal.OPEN,),
        ),
        "revise": Edge(
            permission=Permission.GOAL_REVISE,
            label="Change the words",
            hint="When the family says it another way. What was said before stays in the history.",
            first=_revised,
            then=_reworded,
            sources=(Goal.OPEN,),
            stands=_stands,
        ),
        "end": Edge(
            permission=Permission.GOAL_END,
            label="Say how the goal ended",
            hint="What came of it, with a last score or why there is none.",
            rules=(rules.last_score_or_why_not,),
            first=_ended,
            then=_over,
        ),
        "correct": Edge(
            permission=Permission.GOAL_CORRECT,
            label="Correct the words",
            hint="When it was written down wrongly. What stood there before stays in the history.",
            first=_corrected,
            then=_reworded,
            sources=(Goal.OPEN, Goal.ENDED),
            stands=_stands,
        ),
        "reopen": Edge(
            permission=Permission.GOAL_REOPEN,
            label="Open the goal again",
            hint="When it has not ended after all. Its last score stays, as one of the scores on the way.",
            rules=(rules.case_is_worked_on,),
            first=_reopened,
            then=_score_is_on_the_way,
        ),
        "undo": Edge(
            permission=Permission.GOAL_UNDO,
            label="Undo what you just did to the goal",
            hint="Within ten minutes. It is as it was before, and a score that came with it counts no more.",
            rules=(rules.case_is_worked_on, rules.goal_can_be_undone),
            first=_undone,
            then=_take_score_back,
            until=lambda _goal, facts: done_until(facts.past),
        ),
    },
    visible_to=goals_visible_to,
    facts=part_facts,
    fields=goal_fields,
    path=lambda goal: f"/cases/{goal.root_id}/plan",
    owner_agency=lambda goal: goal.agency_id,
    labels=Goal.LABELS,
    clock_root=lambda goal: goal.id,
)
