"""How often sessions worked on each goal of a case, as the app that knows of sessions counts them."""

from collections.abc import Callable, Mapping
from uuid import UUID

# Of a case: how many sessions worked on each of its goals, as whoever asks sees them.
Counts = Callable[[UUID], Mapping[UUID, int]]
_counters: list[Counts] = []


def when_goals_are_shown(count: Counts) -> None:
    """Let an app above count; called in its ready()."""
    _counters.append(count)


def counters() -> list[Counts]:
    """Return what counts so."""
    return list(_counters)


def sessions_of_goals(case_id: UUID) -> dict[UUID, int]:
    """Return how many sessions worked on each goal of a case; none is named of which none did."""
    found: dict[UUID, int] = {}
    for count in _counters:
        for goal, sessions in count(case_id).items():
            found[goal] = found.get(goal, 0) + sessions
    return found
