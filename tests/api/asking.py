"""One request to one route, as the tables of routes ask it: whole, about a record that stays as it was."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse

from backend.workflow.views import TransitionView
from tests.actors import Browser
from tests.api.bodies import BODIES
from tests.api.places import ADDING, LISTS, WITHOUT_RECORD
from tests.edges import good_input
from tests.routes import SOMETHING, Route

# No record has this version: whoever may take the edge is told what changed, and nothing moves.
LONG_AGO = 2**31 - 1
_WITHOUT_VERSION = LISTS | ADDING


def body_of(route: Route, method: str) -> Any:
    """What a write to this route is sent: whole, and with a version that no record has."""
    view = route.view_class
    if issubclass(view, TransitionView):
        return {**good_input(view.machine.noun, view.edge), "version": LONG_AGO}
    if method == "PATCH":
        return {"answers": {}}
    is_new = route.name in _WITHOUT_VERSION or (route.name in WITHOUT_RECORD and str(SOMETHING) not in route.path)
    return {**BODIES.get(route.name, {}), **({} if is_new else {"version": LONG_AGO})}


def asked(browser: Browser, route: Route, method: str, path: str) -> HttpResponse:
    """The answer to one request that leaves nothing behind."""
    with transaction.atomic():
        body = None if method == "GET" else body_of(route, method)
        answer = browser.send(method, path, body, key="one-key-for-this-request")
        transaction.set_rollback(True)
    return answer
