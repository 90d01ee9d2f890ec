"""Who is answered what about which declared conflict, on the wire."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from backend.access.binding import acting
from backend.administration.commands import conflicts
from backend.administration.serializers.conflicts import CONFLICT_INPUTS
from backend.agencies.roles import Role
from backend.core.ids import uuid7
from tests import golden
from tests.actors import browser_of
from tests.administration.leading import worker
from tests.api.counting import said, statements
from tests.factories import every_role_in
from tests.routes import SOMETHING, routes

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
REVIEWED = Path(__file__).with_name("conflicts.csv")
LONG_AGO = 2**31 - 1
CHILD = {"given_name": "Nobody", "family_name": "Known", "date_of_birth": None, "kind": "family", "note": ""}


def _body(name: str) -> dict[str, Any]:
    if name == "conflicts":
        return {**CHILD, "date_of_birth": "2012-03-04"}
    reason = {"reason": "A namesake."} if name in ("conflict-refuse", "conflict-end") else {}
    return {"version": LONG_AGO, **reason}


def _declared() -> Any:
    who = worker()
    with acting(who):
        return conflicts.declare(who, uuid7(), CHILD)


def test_every_route_method_and_role_answers_as_reviewed() -> None:
    """Allowed ends at 200, 201 or, because the version is too old, at 409; another agency's is not there."""
    one = _declared()
    roles = [role for role in Role if role is not Role.SYSTEM]
    lines = ["route,method,agency," + ",".join(roles)]
    people = {slug: every_role_in(slug) for slug in ("city-early-help", "front-door")}
    ours = [route for route in routes() if route.path.startswith("/api/v1/conflicts/")]
    assert len(ours) == 3 + len(CONFLICT_INPUTS)
    for route in ours:
        name = route.name.removeprefix("api:")
        path = route.path.replace(str(SOMETHING), str(one.id))
        for method, slug in product(route.methods, people):
            found = {}
            for role in roles:
                with transaction.atomic():
                    body = None if method == "GET" else _body(name)
                    answer = browser_of(people[slug][role]).send(method, path, body, key="one-key-for-it")
                    transaction.set_rollback(True)
                assert answer.status_code < 400 or answer.json()["reasons"], (name, role)
                found[role] = answer.status_code
            lines.append(",".join([name, method, slug, *(str(found[role]) for role in roles)]))
    golden.compare(REVIEWED, "\n".join([*lines, ""]))


def test_reading_costs_the_same_however_many_there_are() -> None:
    browser = browser_of(worker())
    _declared()
    one = statements(lambda: browser.get("conflicts/"))
    for _ in range(5):
        _declared()
    more = statements(lambda: browser.get("conflicts/"))
    assert len(one) == len(more) <= 8, said(more)


def test_declaring_costs_the_same_whether_or_not_anybody_is_known() -> None:
    """Neither the answer nor what is done for it tells whether the child is known here."""
    browser = browser_of(worker())
    given = [{**CHILD, "given_name": name, "date_of_birth": "2012-03-04"} for name in ("Nobody", "Amara")]
    costs = [len(statements(lambda body=body: browser.post("conflicts/", body, key=uuid7().hex))) for body in given]
    assert costs[0] == costs[1] <= 25
