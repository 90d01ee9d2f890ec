"""What is missing to see a change: a first score, a last one while it can still be given, or any questionnaire."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from backend.cases.models import Case, Goal
from backend.core import vocabulary
from backend.outcomes.models import BASELINE, EXIT, Score

NEVER_ASKED = "No questionnaire has been filled in. If one fits, record its score; if none does, say why."


@dataclass(frozen=True, slots=True)
class Measured:
    """What has been measured in a case: goals, and the questionnaires that were ever thought of."""

    case: Case
    goals: Sequence[Goal]
    by_goal: Mapping[UUID, Sequence[Score]]
    asked: Sequence[tuple[str, Sequence[Score]]]
    # Whether there is a questionnaire for a child of this age.
    questionnaire_fits: bool


def missing(known: Measured) -> Iterator[str]:
    """Yield what is missing now; nothing once the case is closed, because nothing can be scored any more."""
    if known.case.state == Case.CLOSED:
        return
    yield from _from_the_beginning(known)
    if _is_ending(known):
        yield from _from_the_end(known)


def missing_before_the_end(known: Measured) -> Iterator[str]:
    """Yield what nobody can give any more when the case has closed; a goal is asked for its last score as it ends."""
    if known.case.state == Case.CLOSED:
        return
    yield from _from_the_end(known)
    # Where no goal was ever written there was no work whose change could be seen.
    if known.goals and _was_never_asked(known):
        yield NEVER_ASKED


def _from_the_beginning(known: Measured) -> Iterator[str]:
    for goal in known.goals:
        stages = {one.stage for one in known.by_goal[goal.id] if one.value is not None}
        if goal.state == Goal.OPEN and BASELINE not in stages:
            yield f"“{goal.words[:60]}” has no first score."
    for measure, scores in known.asked:
        if BASELINE not in {one.stage for one in scores}:
            yield f"{_named(measure)}: there is no score from the beginning."
    # Before a plan is agreed nobody is late with it.
    if known.case.state in (Case.ACTIVE, Case.PAUSED) and _was_never_asked(known):
        yield NEVER_ASKED


def _from_the_end(known: Measured) -> Iterator[str]:
    """Yield each questionnaire that has a number and none from the end; “not possible”, with its code, is an answer."""
    for measure, scores in known.asked:
        if EXIT not in {one.stage for one in scores} and any(one.value is not None for one in scores):
            yield f"{_named(measure)}: there is no score from the end."


def _is_ending(known: Measured) -> bool:
    """Say whether the end is near: every goal has ended, or something was measured as it is at the end."""
    has_ended = bool(known.goals) and all(goal.state == Goal.ENDED for goal in known.goals)
    return has_ended or any(one.stage == EXIT for _measure, scores in known.asked for one in scores)


def _was_never_asked(known: Measured) -> bool:
    return known.questionnaire_fits and not known.asked


def _named(measure: str) -> str:
    return vocabulary.get("measures").label(measure)
