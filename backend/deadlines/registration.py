"""How apps above say what follows when a clock of theirs runs out, and what its record is called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from backend.access.actors import Actor
from backend.notifications.audience import Audience

Handler = Callable[[UUID, Actor], object]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a reminder may say of a record: its reference, its page, and `audience`, who owns it if somebody does."""

    reference: str
    path: str
    audience: Audience | None = None


Describe = Callable[[UUID], Subject | None]
T = TypeVar("T")
_expiries: dict[str, Handler] = {}
_describers: dict[str, Describe] = {}


def register_expiry(kind: str, handler: Handler) -> None:
    """Call `handler(root_id, actor)` as the system, bound to that root, once a clock of `kind` has run out.

    The handler is called again when it raises, and perhaps once more after a crash: it must bear that.
    """
    _take(_expiries, kind, handler)


def register_subject(kinds: Iterable[str], describe: Describe) -> None:
    """Let reminders of these kinds name the record: `describe(root_id)` returns its Subject, None when it has gone."""
    for kind in kinds:
        _take(_describers, kind, describe)


def expiries() -> dict[str, Handler]:
    """Return the handlers by kind of clock."""
    return dict(_expiries)


def describer(kind: str) -> Describe | None:
    """Return what describes the records of a kind of clock, if anything does."""
    return _describers.get(kind)


def _take(table: dict[str, T], kind: str, value: T) -> None:
    if table.get(kind, value) != value:
        raise ValueError(f"something else is registered for the clock {kind}")
    table[kind] = value
