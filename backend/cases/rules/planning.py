"""What must be true of a plan: goals with a baseline before it is agreed, scored at a review, ended before the end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from backend.cases.models import Action, Case, Goal

if TYPE_CHECKING:
    from backend.cases.rules.leading import CaseFacts

Given = Mapping[str, Any]
# workflow.md, Clocks: a review is due after six weeks and never later than after twelve.
REVIEW_WITHIN = timedelta(weeks=12)
_QUOTED = 60
# The kind of configuration that says where a second person agrees, and its step of this app: the edge of the same name.
SECOND_PERSON, AGREEING_A_PLAN = "second_person", "agree_plan"


@dataclass(frozen=True, slots=True)
class GoalStands:
    """An open goal: its words, whether it was scored at the beginning, and whether since the plan was last agreed."""

    words: str
    has_baseline: bool
    is_scored_since: bool

    @property
    def quoted(self) -> str:
        """Return the beginning of its words, as a sentence can hold them and end after them."""
        short = self.words if len(self.words) <= _QUOTED else f"{self.words[:_QUOTED].rstrip()}…"
        return f"“{short.removesuffix('.')}”"


@dataclass(frozen=True, slots=True)
class ActionStands:
    """An open action: whose it is, until when, and whether its owner goes on when the case ends."""

    owner: str
    due_on: date
    goes_on: bool


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the rules of a plan need, read with the other facts of its case in the same statement."""

    is_assessed: bool = False
    goals: tuple[GoalStands, ...] = ()
    actions: tuple[ActionStands, ...] = ()
    # Whether anybody is on the team around the child, besides the lead practitioner.
    has_team: bool = False
    needs_second_person: bool = False


@dataclass(frozen=True, slots=True)
class PossibleOwner:
    """Somebody of an agency that is involved, who may be asked to do something."""

    membership_id: UUID
    user_id: UUID
    name: str
    role: str
    agency_id: UUID
    agency: str
    agency_kind: str


def assessment_is_complete(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """What is agreed rests on what was found out."""
    if not facts.plan.is_assessed:
        yield "Complete an assessment first: needs, strengths, factors and what the child says."


def goals_have_a_baseline(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """A plan has a goal in the family's words, and each goal a number to measure it by."""
    if not facts.plan.goals:
        yield "Write at least one goal in the family’s words."
    for goal in facts.plan.goals:
        if not goal.has_baseline:
            yield f"Score this goal first, so that later one can see what has changed: {goal.quoted}."


def goals_are_scored(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """A review looks at every goal."""
    for goal in facts.plan.goals:
        if not goal.is_scored_since:
            yield f"Score this goal again first: {goal.quoted}."


def actions_are_up_to_date(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """After a review no action is late without anybody having said what becomes of it."""
    late = [action for action in facts.plan.actions if action.due_on < facts.today]
    for action in late:
        yield f"An action of {action.owner} is overdue. Say that it is done, cancel it, or give it another day."


def review_is_soon(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """The next review is ahead, and no later than in twelve weeks."""
    if given is None:
        return
    if given["review_on"] <= facts.today:
        yield "Choose a day after today for the next review."
    elif given["review_on"] > facts.today + REVIEW_WITHIN:
        yield "A plan is reviewed at least every 12 weeks. Choose an earlier day."


def review_was_held(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """A review that is written down has been held."""
    if given is not None and given["held_on"] > facts.today:
        yield "The day of the review cannot be in the future."


def child_is_heard(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """A review has the child's view, or the reason why it has not."""
    if given is not None and not given["child_view"].strip() and not given["child_view_why_not"]:
        yield "Write what the child says about how it goes, or choose why the child’s view is missing."


def goals_have_ended(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """A case does not close before somebody has said of each goal how it went."""
    if given is None:
        return
    for goal in facts.plan.goals:
        yield f"Say first how this goal ended, with its last score: {goal.quoted}."


def actions_have_somebody_who_goes_on(case: Case, facts: "CaseFacts", given: Given | None) -> Iterator[str]:
    """An action that is still open has an owner who does it although the case is closed."""
    if given is None:
        return
    for action in facts.plan.actions:
        if not action.goes_on:
            yield (
                f"An action of {action.owner} is open. Say that it is done, cancel it, "
                "or record that they do it after the case is closed."
            )


def asks_for_two(entries: Iterable[Mapping[str, Any]], step: str) -> bool:
    """Say whether what the partnership has configured asks for a second person at a step."""
    return any(entry["code"] == step and entry["asked"] for entry in entries)


def plan_asks_for_a_second_person(case: Case, facts: "CaseFacts", given: Given | None) -> str:
    """Four eyes on a plan, where the partnership has asked for it."""
    if facts.plan.needs_second_person:
        return (
            "In this partnership a second person agrees to each plan before it counts: a manager is asked. "
            "Whoever changes a goal or an action meanwhile takes the question back, and it is asked again."
        )
    return ""


def is_overdue(action: Action, today: date) -> bool:
    """Say whether an action is late; derived, never stored."""
    return action.state == Action.OPEN and action.due_on < today


def goals_version(goals: Iterable[Goal]) -> int:
    """Return one number for all goals of a case: every change of any of them, or a new one, raises it by one."""
    return sum(goal.version for goal in goals)


def stage_of(goal: Goal, *, is_scored: bool, is_ending: bool) -> str:
    """Return whether a score of a goal is its first, its last, or one on the way."""
    if is_ending:
        return "exit"
    return "review" if is_scored else "baseline"
