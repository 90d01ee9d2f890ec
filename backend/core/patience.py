"""How long whoever asks still waits: a request says it once, and every wait on the database keeps to it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends: ContextVar[float | None] = ContextVar("ends", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Inside, nothing waits longer than this, nor longer than was said outside."""
    ends, before = time.monotonic() + seconds, _ends.get()
    token = _ends.set(ends if before is None else min(ends, before))
    try:
        yield
    finally:
        _ends.reset(token)


def left() -> float | None:
    """Return for how many seconds somebody still waits, never less than none; None where nobody said."""
    ends = _ends.get()
    return None if ends is None else max(0.0, ends - time.monotonic())
