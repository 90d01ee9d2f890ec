"""What must be true before a goal or an action of a plan changes, is undone, or opened again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.cases.models import Action, Goal
from backend.workflow.undo import why_not_undone

Given = Mapping[str, Any]
# What can be undone of each; what only follows from something else cannot.
OF_GOALS = frozenset({"goal.score", "goal.revise", "goal.end", "goal.correct", "goal.reopen"})
GIVING = "action.reassign"
OF_ACTIONS = frozenset(
    {"action.complete", "action.cancel", "action.move", GIVING, "action.go_on", "action.correct", "action.reopen"}
)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What the rules of a goal or an action need: who asks, when, its past, and its case, where they read that.

    Each row of `past` is one of its history, the latest first.
    """

    actor: Actor
    today: date
    past: Sequence[Any]
    is_worked_on: bool | None = None
    lead_agency_id: UUID | None = None
    is_agreed_since: bool = False
    # Of an action: whether whoever does it is still there.
    owner_is_there: bool = False


def day_of_score_is_past(goal: Goal, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """A score that is written down has been given."""
    if given is not None and given["taken_on"] is not None and given["taken_on"] > facts.today:
        yield "The day of the score cannot be in the future."


def last_score_or_why_not(goal: Goal, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """The end of a goal has a number, or says why nobody can give one."""
    if given is not None and given["score"] is None and not given["why_no_score"]:
        yield "Enter the last score from 0 to 10, or choose why there is none."


def new_day_is_ahead(action: Action, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """What is put off is put off to a day that is not over."""
    if given is not None and given["due_on"] < facts.today:
        yield "Choose a day from today on."


def does_not_go_on_yet(action: Action, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """It is said once."""
    if action.goes_on:
        yield "It is recorded already that this goes on."


def case_is_worked_on(part: Goal | Action, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """Nothing is open again in a plan that nobody works on; who does an action elsewhere reads no case."""
    if facts.is_worked_on is False:
        yield "Nobody works on this case now, so its plan stays as it is."


def goal_can_be_undone(goal: Goal, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who did it, while no plan was agreed with it (architecture.md, Undo)."""
    yield from why_not_undone(facts.past, facts.actor, OF_GOALS)
    if facts.is_agreed_since:
        yield "The plan was agreed or reviewed since. Correct it with a reason instead."


def action_can_be_undone(action: Action, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who did it; a share is never undone (architecture.md, Undo)."""
    yield from why_not_undone(facts.past, facts.actor, OF_ACTIONS)
    if facts.is_agreed_since:
        yield "The plan was agreed or reviewed since. Correct it with a reason instead."
    if len(facts.past) > 1 and facts.past[0].history_change_reason == GIVING:
        yield from _was_no_share(facts)


def _was_no_share(facts: PartFacts) -> Iterator[str]:
    now, before = (row.owner_agency_id for row in facts.past[:2])
    if now != facts.lead_agency_id:
        yield (
            "Giving it to another agency was a share, and a share is not undone: it stands in the record of what was "
            "shared. Give the action to somebody else, or cancel it."
        )
    elif before != facts.lead_agency_id:
        yield "Giving it back would share it with another agency again. Give it to somebody there instead, on a basis."


def is_with_the_lead(action: Action, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """An action that another agency did was shared with it: to ask for more is a share of its own."""
    if facts.lead_agency_id is not None and action.owner_agency_id != facts.lead_agency_id:
        yield "Another agency did this. Ask them in a new action instead: that is a share of its own, on a basis."


def owner_is_there(action: Action, facts: PartFacts, given: Given | None) -> Iterator[str]:
    """Nothing is open again in the hands of nobody."""
    if not facts.owner_is_there:
        yield "Whoever did this works there no more. Ask somebody else in a new action instead."
