"""What must be true before two records of children are joined."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from backend.matching.models import CaseChoice, Merge
from backend.workflow.machine import Given


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """What the rules need to know beside the merge itself."""

    offered: frozenset[UUID]
    # The open cases of either child: by the reference of each the agency that leads it.
    open_cases: Mapping[str, UUID]
    is_joined: bool
    # What those who lead the open cases were asked, and have said.
    choice: CaseChoice | None = None


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
    if len(facts.open_cases) < 2:
        return
    cases, choice = " and ".join(sorted(facts.open_cases)), facts.choice
    pair = {merge.child_id, merge.into_id}
    if choice is None or {choice.child_id, choice.into_id} != pair or choice.state not in CaseChoice.OPEN:
        yield f"Each child has an open case: {cases}. First ask those who lead them which goes on."
    elif facts.open_cases != {
        choice.first_reference: choice.first_lead_id,
        choice.second_reference: choice.second_lead_id,
    }:
        yield f"The open cases, or who leads them, have changed: {cases}. End the question and ask again."
    elif choice.state == CaseChoice.ASKED:
        yield f"Each child has an open case: {cases}. Those who lead them have not agreed yet which goes on."


def is_one_of_the_two(choice: CaseChoice, facts: None, given: Given | None) -> Iterator[str]:
    """Nobody names a third case."""
    if given is not None and given["goes_on"] not in (choice.first_case_id, choice.second_case_id):
        yield "Choose one of the two cases."


def always_a_second_person(merge: Merge, facts: MergeFacts, given: Given | None) -> str:
    """Joining two children, and taking them apart, always takes two people."""
    return "A second person always confirms this."
