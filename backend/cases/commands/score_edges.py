"""The machine of a score: taken back at once by who recorded it, or put right with a reason, both numbers kept."""

from collections.abc import Mapping
from typing import Any

from backend.access.policy import Permission
from backend.cases.commands.planning import SAME
from backend.cases.queries.scoring import score_facts, scores_visible_to
from backend.cases.rules import scoring as rules
from backend.core import clock
from backend.core.errors import Invalid
from backend.outcomes.models import GOAL, Score
from backend.outcomes.rules import SCALES, total_of
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine
from backend.workflow.undo import first_event_of, undo_until

# What a score says, and what is kept of it when it is put right.
SAID = ("stage", "taken_on", "value", "parts", "why_not", "given_by", "comment")
_NO_SCORE = "Enter a score from 0 to 10, or choose why there is none."
_ALL_SCALES = "Enter all five scores, or none and why not."


def _stands(score: Any) -> dict[str, Any]:
    """Of a goal its score, of a questionnaire its scales: one of the two reasons why there is none is never asked."""
    found = {
        "score": score.value,
        "why_no_score": score.why_not,
        "why_not": score.why_not,
        "stage": score.stage,
        "given_by": score.given_by,
        "comment": score.comment,
        "taken_on": score.taken_on.isoformat(),
        **score.parts,
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _undone(change: Change[Score], given: dict[str, Any]) -> None:
    change.data = _which(change.target)
    change.corrects_id = first_event_of(change.target)


def _put_right(change: Change[Score], given: dict[str, Any]) -> None:
    """It stands where it stood, on its own day; what it said before stands beside it, with who put it right and why."""
    score, right = change.target, _said(change.target, given)
    before = {name: getattr(score, name) for name in SAID}
    if right == before:
        raise Invalid(SAME)
    kept = {**before, "taken_on": score.taken_on.isoformat()}
    score.earlier = [
        *score.earlier,
        {**kept, "by": change.actor.name, "at": clock.now().isoformat(), "reason": given["reason"]},
    ]
    for name, value in right.items():
        setattr(score, name, value)
    change.data = {**_which(score), "fields": [name for name in SAID if right[name] != before[name]]}


def _which(score: Score) -> dict[str, Any]:
    """Say of which score, and never how it was."""
    data = {"score_id": str(score.id), "measure": score.measure, "stage": score.stage}
    return {**data, "subject_id": str(score.subject_id)}


def _said(score: Score, given: Given) -> dict[str, Any]:
    """Return what is right, as this measure says it; raise Invalid with a sentence at each field that does not fit."""
    said = {name: given[name] for name in ("taken_on", "comment")}
    if score.measure == GOAL:
        return {**said, "stage": score.stage, **_near(given), "parts": {}, "given_by": given["given_by"]}
    return {**said, "stage": given["stage"] or score.stage, **_of_scales(given), "given_by": score.given_by}


def _near(given: Given) -> dict[str, Any]:
    if given["score"] is None and not given["why_no_score"]:
        raise Invalid(_NO_SCORE, fields={"score": [_NO_SCORE]})
    return {"value": given["score"], "why_not": given["why_no_score"] if given["score"] is None else ""}


def _of_scales(given: Given) -> dict[str, Any]:
    parts = {scale: given[scale] for scale in SCALES if given[scale] is not None}
    missing = [scale for scale in SCALES if scale not in parts]
    if parts and missing:
        raise Invalid(_ALL_SCALES, fields={scale: [_ALL_SCALES] for scale in missing})
    if not parts and not given["why_not"]:
        raise Invalid(_ALL_SCALES, fields={SCALES[0]: [_ALL_SCALES]})
    return {"value": total_of(parts) if parts else None, "parts": parts, "why_not": "" if parts else given["why_not"]}


def _no_words(_score: Score) -> Mapping[str, str]:
    """Nobody is told: whoever works on the case reads it among the outcomes."""
    return {}


score_machine: Machine[Score] = Machine(
    noun="score",
    model=Score,
    edges={
        "correct": Edge(
            permission=Permission.SCORE_CORRECT,
            label="Correct the score",
            hint="What is right stands in its place, on its own day. What was written before stays beside it.",
            rules=(rules.day_is_past,),
            first=_put_right,
            sources=(Score.STANDS,),
            stands=_stands,
        ),
        "undo": Edge(
            permission=Permission.SCORE_UNDO,
            label="Undo the score",
            hint="Within ten minutes, if you recorded it by mistake. It counts for nothing then.",
            rules=(rules.can_be_undone,),
            first=_undone,
            until=lambda score, _facts: undo_until(score.at),
        ),
    },
    visible_to=scores_visible_to,
    facts=score_facts,
    fields=_no_words,
    path=lambda score: f"/cases/{score.root_id}/outcomes",
    owner_agency=lambda score: score.agency_id,
    labels=Score.LABELS,
    # Scores have no clocks; the case's go on.
    clock_root=lambda score: score.id,
)
