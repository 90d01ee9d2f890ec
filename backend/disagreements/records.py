"""The records whose decisions can be challenged: the apps above say what each is called and what upholding obliges."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from backend.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Record:
    """How a disagreement leads to its record; `put_right` starts the clock to reopen or correct it."""

    path: Callable[[UUID], str]
    put_right: Callable[[Actor, UUID], object]


_records: dict[str, Record] = {}


def register_record(noun: str, record: Record) -> None:
    """Let decisions about records of this noun be challenged; raise ValueError when another is registered."""
    if _records.get(noun, record) != record:
        raise ValueError(f"something else is registered for disagreements about a {noun}")
    _records[noun] = record


def record_of(noun: str) -> Record:
    """Return what is registered for a noun."""
    return _records[noun]


def nouns() -> frozenset[str]:
    """Return the nouns of records whose decisions can be challenged."""
    return frozenset(_records)
