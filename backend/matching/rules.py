"""What must be true before two records of children are joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from backend.matching.models import Merge
from backend.workflow.machine import Given


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """What the rules need to know beside the merge itself."""

    offered: frozenset[UUID]
    open_cases: tuple[str, ...]
    is_joined: bool


def child_is_offered(merge: Merge, facts: MergeFacts, given: Given | None) -> Iterator[str]:
    """Nobody is joined by typing an id: only to a child who was found likely."""
    if merge.into_id not in facts.offered:
        yield "The other child is not among those who may be the same. Look at the list again."


def record_stands_for_itself(merge: Merge, facts: MergeFacts, given: Given | None) -> Iterator[str]:
    """A record is joined once; it is taken apart before it is joined elsewhere."""
    if facts.is_joined:
        yield "This record is joined to a child already. Take it apart first."


def one_case_at_most(merge: Merge, facts: MergeFacts, given: Given | None) -> Iterator[str]:
    """Two open cases go on as one only when those who lead them have agreed which."""
    if len(facts.open_cases) > 1:
        cases = " and ".join(facts.open_cases)
        yield f"Each child has an open case: {cases}. Those who lead them first agree which goes on."


def always_a_second_person(merge: Merge, facts: MergeFacts, given: Given | None) -> str:
    """Joining two children, and taking them apart, always takes two people."""
    return "A second person always confirms this."
