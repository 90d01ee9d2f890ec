"""What must be true before a score is taken back or put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.access.actors import Actor
from backend.outcomes.models import Score
from backend.workflow.machine import Given
from backend.workflow.undo import TOO_LATE, undo_until


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the rules of a score need: who asks, and what rests on it since."""

    actor: Actor
    today: date
    is_scored_since: bool
    is_agreed_since: bool
    ends_a_goal: bool


def can_be_undone(score: Score, facts: ScoreFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who recorded it, while nothing has followed from it (architecture.md, Undo)."""
    if score.by_id != facts.actor.user_id:
        yield f"Only {score.by_name}, who recorded it, can undo this. Correct it with a reason instead."
    elif score.version > 1:
        yield "It has been corrected, so it stays. Correct it again instead."
    elif facts.is_scored_since:
        yield "It has been scored again since. Correct it with a reason instead."
    elif facts.is_agreed_since:
        yield "The plan was agreed or reviewed with this score. Correct it with a reason instead."
    elif facts.ends_a_goal:
        yield "The goal has ended with this score. Correct it with a reason instead."
    elif undo_until(score.at) is None:
        yield TOO_LATE


def day_is_past(score: Score, facts: ScoreFacts, given: Given | None) -> Iterator[str]:
    """A score that is written down has been given."""
    if given is not None and given["taken_on"] > facts.today:
        yield "The day of the score cannot be in the future."
