"""What must be true to answer a disagreement or to take it further."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from backend.access.actors import Actor
from backend.disagreements.models import Disagreement
from backend.workflow.machine import Given


@dataclass(frozen=True, slots=True)
class Facts:
    """Who is asking, and who has answered at an earlier stage."""

    actor: Actor
    answered_before: frozenset[UUID] = frozenset()
    # Whose managers look at it at the next stage; empty when there is none.
    next_agency: str = ""


def somebody_else_answers(target: Disagreement, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody judges their own challenge; at a later stage nobody judges what they decided or answered themselves."""
    if facts.actor.user_id == target.raised_by_id:
        yield "You raised this yourself. Somebody else has to answer it."
    elif target.stage > 1 and facts.actor.user_id == target.decided_by_id:
        yield "You made the decision. At this stage somebody else has to look at it."
    elif facts.actor.user_id in facts.answered_before:
        yield "You have answered this at an earlier stage. Somebody else has to look at it now."


def there_is_a_next_stage(target: Disagreement, facts: Facts, given: Given | None) -> Iterator[str]:
    """The last stage has the last word: after it there is nobody more senior."""
    if not facts.next_agency:
        yield "This is at the last stage. Accept the answer, or withdraw the disagreement."
