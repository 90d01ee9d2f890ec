"""How requests go, counted in the process that answers them: by route, never by address, and by nobody's name.

Each process writes what it counts into files of its own in METRICS_FOLDER, and one process serves them all together
(serving.py): the web server's own port has nothing to show.
"""

import time
from collections.abc import Callable
from http import HTTPMethod

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Gauge, Histogram

Answer = Callable[[HttpRequest], HttpResponseBase]
# A request has seven seconds; people notice a second, and a tenth hardly.
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 7)
# Anybody may invent a method: each would be a row for good.
METHODS = frozenset(HTTPMethod)
NO_ROUTE, OTHER_METHOD = "none", "OTHER"

REQUESTS = Counter("alongside_requests", "Requests answered.", ["route", "method", "status"])
DURATION = Histogram("alongside_request_seconds", "Seconds until the answer.", ["route", "method"], buckets=SECONDS)
IN_FLIGHT = Gauge("alongside_requests_in_flight", "Requests not answered yet.", multiprocess_mode="livesum")
PLACES = Gauge("alongside_places", "Requests that may be worked on at once.", multiprocess_mode="livesum")
PLACES_TAKEN = Gauge("alongside_places_taken", "Requests worked on just now.", multiprocess_mode="livesum")
SHED = Counter("alongside_requests_shed", "Requests told to come again: there was no place.", ["kind"])


class RequestMetrics:
    """Counts each request under its route's pattern, with how it went and how long it took; no statement is added."""

    def __init__(self, get_response: Answer) -> None:
        if not settings.METRICS_PORT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, and count it."""
        started = time.perf_counter()
        with IN_FLIGHT.track_inprogress():
            response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else NO_ROUTE
        method = str(request.method) if request.method in METHODS else OTHER_METHOD
        REQUESTS.labels(route, method, f"{response.status_code // 100}xx").inc()
        DURATION.labels(route, method).observe(time.perf_counter() - started)
        return response
