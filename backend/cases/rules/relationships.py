"""What must be true before something is said of a person around a child, ended, or taken back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.access.actors import Actor
from backend.cases.models import Relationship
from backend.core import vocabulary
from backend.workflow.machine import Given
from backend.workflow.undo import undo_until

YES = "yes"
_CHILDREN = "children"
CLOSED = "This case is closed. Reopen it before you write about new work."


@dataclass(frozen=True, slots=True)
class RelationshipFacts:
    """What the rules of a relationship need: who asks, when, whether the case goes on, and its past, the latest first.

    Each row of `past` is one of its history.
    """

    actor: Actor
    today: date
    is_open: bool
    past: Sequence[Any]

    @property
    def is_taken_back(self) -> bool:
        """Say whether the last thing done to it was to take back another."""
        return bool(self.past) and self.past[0].history_change_reason == "relationship.undo"


def is_grown(relationship: str) -> bool:
    """Say whether somebody in this relationship is an adult to the child; brothers, sisters and cousins are not."""
    term = vocabulary.get("relationships").terms.get(relationship)
    return term is None or term.more["generation"] != _CHILDREN


def problems(said: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for what does not fit in what is said of somebody."""
    born = said.get("date_of_birth")
    if born is not None and born > today:
        yield "date_of_birth", "Enter a date of birth that is past."
    if said.get("parental_responsibility") == YES and not said.get("responsibility_source"):
        yield "responsibility_source", "Say how it is known that they have parental responsibility."
    if said.get("number") and not said.get("contact_rule"):
        yield "contact_rule", "Say how this number can be used safely. If nobody knows, leave the number out."


def case_is_open(target: Relationship, facts: RelationshipFacts, given: Given | None) -> Iterator[str]:
    """What is known of a family is written while somebody works with it."""
    if not facts.is_open:
        yield CLOSED


def has_ended(target: Relationship, facts: RelationshipFacts, given: Given | None) -> Iterator[str]:
    """A relationship ends on a day that has come."""
    if given is not None and given["ended_on"] > facts.today:
        yield "Enter the day on which it ended: this one is in the future."


def can_be_undone(target: Relationship, facts: RelationshipFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who wrote it, and once (architecture.md, Undo)."""
    if target.written_by_id != facts.actor.user_id:
        yield "Only the person who wrote this can take it back. Change it and say why instead."
    elif facts.is_taken_back:
        yield "The last change has been taken back already."
    elif undo_until(target.written_at) is None:
        yield "More than 10 minutes have passed. Change it and say why instead."
