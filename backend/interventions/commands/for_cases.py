"""What interventions ask of the case they belong to: it does not close over one of which nobody says who goes on."""

from collections.abc import Iterator
from typing import Any

from backend.cases.models import Case
from backend.interventions.queries import undecided
from backend.workflow.machine import Given


def interventions_are_decided(case: Case, facts: Any, given: Given | None) -> Iterator[str]:
    """Each service that is open ends first, or somebody is named who goes on with it (workflow.md, Case, `close`)."""
    # Asked another area to take it, the case ends another way, which asks the same.
    if case.out_asked_at is None:
        yield from _undecided(case)


def interventions_are_decided_before_it_moves(case: Case, facts: Any, given: Given | None) -> Iterator[str]:
    """The same where another area takes the case over."""
    if case.out_asked_at is not None:
        yield from _undecided(case)


def _undecided(case: Case) -> Iterator[str]:
    for name in undecided(case.id):
        yield f"{name} is still open. End it, or say who goes on with it."
