"""The one clock of the business: every date a person sees is its own, so tests and the demo city can walk in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db.models.functions import Now

_pinned: ContextVar[datetime | None] = ContextVar("pinned_moment", default=None)


def now() -> datetime:
    """Return the present instant, aware and in UTC: the pinned one inside `at`, else the machine's."""
    return _pinned.get() or datetime.now(UTC)


def pinned() -> datetime | None:
    """Return the pinned instant, or None when the machine's clock runs."""
    return _pinned.get()


def begun() -> datetime | Now:
    """Return the instant up to which what the database says has begun has begun: the pinned one, else its own.

    What began just now did so by the database's clock, of which this machine's may be behind.
    """
    return begun_by(_pinned.get())


def begun_by(moment: datetime | None) -> datetime | Now:
    """Return the same, where whoever asks was told whether it is pinned."""
    return moment or Now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Pin `now()` to an aware `moment` in this context; raise ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("the clock is pinned to an aware datetime only")
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
