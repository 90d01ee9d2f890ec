"""What apps above do when the words of a goal change, or it ends or is opened again: others may read it, too."""

from collections.abc import Callable

from backend.cases.models import Goal
from backend.workflow.changing import Change

Follow = Callable[[Change[Goal]], None]
_followers: list[Follow] = []


def when_goals_change(follow: Follow) -> None:
    """Let an app above tell whoever else reads a goal; called in its ready()."""
    if follow not in _followers:
        _followers.append(follow)


def goal_followers() -> tuple[Follow, ...]:
    """Return what apps above do so."""
    return tuple(_followers)


def goal_changed(change: Change[Goal]) -> None:
    """Say it to them, once the event is written."""
    for follow in _followers:
        follow(change)
