"""The worker's part of a drill: whatever waits to be told is told, as its process does it."""

from backend.notifications.delivery import drain
from tests.worker import worker_login


def everybody_is_told() -> None:
    """Deliver until nothing waits, by the worker's own login."""
    with worker_login():
        while drain():
            pass
