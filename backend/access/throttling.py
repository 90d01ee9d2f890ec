"""Limits on how often somebody may ask: for what is guessed or flooded counted by all processes together (ADR 66)."""

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from backend.access.shared import SharedCache


class _Together(SimpleRateThrottle):
    """One statement counts and judges; a refusal that rolls the request back leaves the count."""

    num_requests: int
    duration: int
    _left = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Say whether one more may come in the window that is open."""
        shared = caches["default"]
        assert isinstance(shared, SharedCache)
        key = self.get_cache_key(request, view)
        if key is None:
            return True
        count, self._left = shared.count(key, self.duration)
        return bool(count <= self.num_requests)

    def wait(self) -> float:
        """Return for how many seconds the window is open still."""
        return max(self._left, 1.0)


class ByAddress(_Together, AnonRateThrottle):
    """So many an hour come from no one family or office."""


class ByPerson(_Together, UserRateThrottle):
    """So many an hour are no longer one person's."""


class AnybodyHere(AnonRateThrottle):
    """What nobody who is signed in asks of one process, which protects that process."""

    cache = caches["process"]


class PersonHere(UserRateThrottle):
    """What one person asks of one process."""

    cache = caches["process"]
