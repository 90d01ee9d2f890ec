"""What panels ask of the case they are to hear: it does not close while somebody is coming to hear it."""

from collections.abc import Iterator
from typing import Any

from backend.cases.models import Case
from backend.deadlines.calendar import day_in_words
from backend.panels.queries import waiting_to_be_heard
from backend.workflow.machine import Given


def no_panel_waits_for_it(case: Case, facts: Any, given: Given | None) -> Iterator[str]:
    """Those who were invited are told first that it is not heard: whoever takes it off the agenda tells them.

    Asked of whoever closes it, and not of every page that offers to: it is a read of its own, and rarely finds any.
    """
    if given is None:
        return
    for item in waiting_to_be_heard(case.id):
        day = day_in_words(item.panel.starts_at)
        yield f"{item.panel.name} is to hear it on {day}. Let it be heard, or take it off its agenda first."
