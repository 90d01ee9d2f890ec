"""How many requests of one process are worked on at once, and who waits: more than that and all would wait too long.

Who writes comes before who reads: what somebody has typed is done now, a page can be opened again in a moment.
"""

import threading
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from backend.core.api.errors import unavailable
from backend.operations.watching import requests as watching

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Without work of the database: whether the process lives must be said just when nobody gets a place.
WITHOUT_PLACE = ("/api/v1/health/", "/static/", "/assets/")
# Of the time that a request has, these parts may go by in waiting; the rest is for the work.
READS_WAIT, WRITES_WAIT = 2 / 7, 4 / 7
# One place in four is for writing only, even where nobody writes just now.
ONE_IN = 4


class Places:
    """The places of one process: so many at work, as many who wait to read and as many who wait to write."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._for_reads = max(1, number - number // ONE_IN)
        self._reads = self._writes = self._reads_wait = self._writes_wait = 0
        self._changed = threading.Condition()

    def take(self, *, is_read: bool, seconds: float) -> bool:
        """Take a place, waiting so long for one; False where too many wait already, or for too long."""
        free = self._free_to_read if is_read else self._free_to_write
        with self._changed:
            if not free() and not self._wait(free, is_read=is_read, seconds=seconds):
                return False
            self._count(1, is_read=is_read)
            return True

    def leave(self, *, is_read: bool) -> bool:
        """Give the place to whoever waits; say whether somebody does."""
        with self._changed:
            self._count(-1, is_read=is_read)
            self._changed.notify_all()
            return self._reads_wait + self._writes_wait > 0

    def _free_to_write(self) -> bool:
        return self._reads + self._writes < self._number

    def _free_to_read(self) -> bool:
        return self._free_to_write() and self._reads < self._for_reads and not self._writes_wait

    def _count(self, change: int, *, is_read: bool) -> None:
        if is_read:
            self._reads += change
        else:
            self._writes += change

    def _wait(self, free: Callable[[], bool], *, is_read: bool, seconds: float) -> bool:
        if (self._reads_wait if is_read else self._writes_wait) >= self._number:
            return False
        self._queue(1, is_read=is_read)
        try:
            return self._changed.wait_for(free, timeout=seconds)
        finally:
            self._queue(-1, is_read=is_read)

    def _queue(self, change: int, *, is_read: bool) -> None:
        if is_read:
            self._reads_wait += change
        else:
            self._writes_wait += change
            # Those who want to read stand back while somebody waits to write, and no longer.
            self._changed.notify_all()


class Admission:
    """Lets in as many as there are places for, and tells the others at once when to come again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.WEB_PLACES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.places = Places(settings.WEB_PLACES)
        watching.PLACES.inc(settings.WEB_PLACES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in a place, or 503 with Retry-After where there is none."""
        if request.path.startswith(WITHOUT_PLACE):
            return self.get_response(request)
        is_read = request.method in READING
        part = READS_WAIT if is_read else WRITES_WAIT
        if not self.places.take(is_read=is_read, seconds=settings.REQUEST_SECONDS * part):
            watching.SHED.labels("read" if is_read else "write").inc()
            return unavailable()
        watching.PLACES_TAKEN.inc()
        try:
            return self.get_response(request)
        finally:
            watching.PLACES_TAKEN.dec()
            if self.places.leave(is_read=is_read):
                # Whoever comes next works in another thread: there are no more connections than places for long.
                connection.close()
