"""What is read once for each binding: what several steps of a request ask for and hardly any request changes."""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_once", default=None)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` returns, asked once until somebody else is bound; nothing is kept while nobody is."""
    known = _read.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    found: T = known[key]
    return found


def forget(kind: str) -> None:
    """Read again whatever has a key that begins with `kind`: something it depends on has changed."""
    known = _read.get() or {}
    for key in [key for key in known if isinstance(key, tuple) and key[0] == kind]:
        del known[key]


def begin() -> None:
    """Forget everything and keep what is read from now on; called by bind()."""
    _read.set({})


def end() -> None:
    """Forget everything and keep nothing."""
    _read.set(None)
