"""Which permissions a request has used that need a fresh sign-in: noted by the policy, judged once at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from backend.access.permissions import Permission

_used: ContextVar[set[Permission] | None] = ContextVar("used", default=None)


def note(permission: Permission) -> None:
    """Remember that the request in hand was granted `permission`; outside a request nothing is remembered."""
    noted = _used.get()
    if noted is not None:
        noted.add(permission)


@contextmanager
def noting() -> Iterator[set[Permission]]:
    """Bring the set that fills while a request is answered."""
    noted: set[Permission] = set()
    token = _used.set(noted)
    try:
        yield noted
    finally:
        _used.reset(token)
