"""The schema is true: requests made up from it are answered in its shapes, and never by an error of ours."""

import json
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from backend.access.relations import Relation
from backend.agencies.roles import Role
from tests.actors import Browser, browser_of
from tests.routes import SOMETHING, routes
from tests.world import World

pytestmark = pytest.mark.django_db

RAW: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
OPERATIONS = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok()
    for found in schemathesis.openapi.from_dict(RAW).get_all_operations()
}
_HEALTH = list(HealthCheck)
QUICK = settings(max_examples=6, deadline=None, suppress_health_check=_HEALTH, phases=[Phase.generate], database=None)
DEEP = settings(max_examples=1_000, deadline=None, suppress_health_check=_HEALTH, phases=[Phase.generate])
NOT_OUR_SHAPE = {"/api/v1/schema/", "/api/v1/docs/"}


def _fuzz(world: World, operation: Any, effort: settings) -> None:
    keys = sorted(world.records.values())
    browsers = [
        browser_of(world.who(relation, role))
        for relation, role in (
            (Relation.HOLDER, Role.MANAGER),
            (Relation.CREATOR, Role.PRACTITIONER),
            (Relation.LEAD, Role.MANAGER),
            (Relation.OFFERED, Role.TRIAGE_OFFICER),
        )
    ]
    made = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @effort
    @given(case=made, browser=st.sampled_from(browsers), key=st.sampled_from(keys))
    def never_breaks(case: Any, browser: Browser, key: Any) -> None:
        path = case.operation.path
        for name, value in (case.path_parameters or {}).items():
            # A key that exists goes deeper than one made up.
            path = path.replace(f"{{{name}}}", str(key if name in ("id", "pk") else value))
        query = "&".join(f"{name}={value}" for name, value in (case.query or {}).items())
        _ask(browser, case, f"{path}?{query}" if query else path)

    never_breaks()


def _ask(browser: Browser, case: Any, path: str) -> None:
    body = b"" if not isinstance(case.body, dict | list | str | int | float | bool | None) else _json(case.body)
    with transaction.atomic():
        answer = browser.send(case.method.upper(), _sendable(path), body, key="a-key-of-this-request")
        transaction.set_rollback(True)
    assert answer.status_code < 500, (case.method, path, body, answer.content[:300])
    if answer.status_code >= 400 and case.operation.path not in NOT_OUR_SHAPE:
        assert set(answer.json()) >= {"code", "reasons", "fields"}, (case.method, path, answer.content[:300])


def _json(body: Any) -> bytes:
    return json.dumps(body, default=str).encode("utf-8", "surrogatepass")


def _sendable(path: str) -> str:
    return path.encode("utf-8", "replace").decode("ascii", "replace").replace("\ufffd", "%EF%BF%BD")


def test_every_route_is_in_the_schema() -> None:
    described = {path.replace("{id}", str(SOMETHING)) for path in RAW["paths"]}
    described = {_with_something(path) for path in RAW["paths"]}
    left_out = {"/api/v1/schema/", "/api/v1/docs/", "/api/v1/health/live", "/api/v1/health/ready"}
    assert {route.path for route in routes()} - described <= left_out


def _with_something(path: str) -> str:
    parts = [str(SOMETHING) if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def test_every_write_but_autosave_asks_for_a_key() -> None:
    """POST creations and edges; the session's own writes have no record behind them, and trying leaves nothing."""
    tried = ("/preview/", "/import/check/", "/find/", "/letters/fill/")
    without = {"/api/v1/session/membership/", "/api/v1/demo/sign-in/", "/api/v1/messages/{message_id}/read/"}
    without |= {"/api/v1/demo/confirm/", "/api/v1/session/others/end/"}
    # The token of a link works once: nobody can have its effect twice.
    without |= {"/api/v1/status/", "/api/v1/session/password/"}
    # One answer of a directory is looked at once.
    without |= {"/api/v1/session/directory/", "/api/v1/session/directory/finish/"}
    # However often somebody asks, one email goes in five minutes.
    without |= {"/api/v1/session/forgotten/"}
    # Said anew every twenty seconds: being there twice is being there.
    without |= {"/api/v1/presence/{root_id}/"}
    for path, operations in RAW["paths"].items():
        headers = {one["name"] for one in operations.get("post", {}).get("parameters", []) if one["in"] == "header"}
        if "post" in operations and path not in without and not path.endswith(tried):
            assert "Idempotency-Key" in headers, path


def test_no_request_of_the_schema_takes_a_state() -> None:
    shapes = RAW["components"]["schemas"]
    for name, shape in shapes.items():
        if name.endswith(("Input", "InputRequest")):
            assert "state" not in shape.get("properties", {}), name


@pytest.mark.spread(4)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_made_up_requests_never_break_the_server(world: World, operation: str) -> None:
    _fuzz(world, OPERATIONS[operation], QUICK)


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_a_thousand_made_up_requests_of_each_kind_never_break_the_server(world: World, operation: str) -> None:
    _fuzz(world, OPERATIONS[operation], DEEP)
