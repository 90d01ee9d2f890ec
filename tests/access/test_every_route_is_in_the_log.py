"""Of the routes that no record's table has: each request that could tell of a child leaves one row, the others none.

The others are counted where their answers are compared: tests/api/test_routes.py.
"""

import pytest
from django.db import transaction

from backend.access.relations import Relation
from backend.agencies.roles import Role
from tests.actors import browser_of
from tests.api.access_rows import access_rows
from tests.api.places import WITHOUT_RECORD
from tests.architecture.test_urls import OPEN, TOUCHES_NO_CHILD
from tests.routes import routes
from tests.spread import PART_AND_WHOLE, is_in_turn
from tests.world import World

pytestmark = pytest.mark.django_db
ASKING = [role for role in Role if role is not Role.SYSTEM]
ROUTES = [route for route in routes() if route.name in WITHOUT_RECORD - OPEN]


@PART_AND_WHOLE
@pytest.mark.parametrize("role", ASKING)
def test_a_request_leaves_as_many_rows_as_its_route_says(world: World, role: Role, whole: bool) -> None:
    relation = Relation.HOLDER if role in (Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.CASE_WORKER) else Relation.NONE
    browser, wrong = browser_of(world.who(relation, role)), []
    for route in (one for one in ROUTES if whole or is_in_turn(f"{role} {one.name}", one_of=3)):
        for method in [*route.methods, *(["HEAD"] if "GET" in route.methods else [])]:
            with transaction.atomic(), access_rows() as rows:
                answer = browser.send(
                    method, route.path, None if method in ("GET", "HEAD") else {}, key="a-key-for-this-request"
                )
                transaction.set_rollback(True)
            if len(rows) != (route.name not in TOUCHES_NO_CHILD):
                wrong.append((route.name, method, answer.status_code, len(rows)))
    assert wrong == []
