"""Requests made up from the schema, and what a hostile client makes of them: none breaks the server or the schema.

Every run asks a quarter of the operations, and `make test-deep ARGS="tests/api/test_fuzz.py"` sends fifty thousand
(quality.md, Input), signed in as people of every role and as nobody. `FUZZ_SEED=7` makes up others.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from backend.access.relations import Relation
from backend.access.row_security import our_models
from backend.agencies.roles import Role
from backend.core.models import Versioned
from tests.actors import Browser, browser_of
from tests.api.hostile import HOSTILE, JSON, Sent
from tests.api.places import PLACES
from tests.api.schema import RAW
from tests.api.shapes import FUZZED, is_refusal
from tests.routes import SOMETHING
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

OPERATIONS = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok()
    for found in schemathesis.openapi.from_dict(RAW).get_all_operations()
}
# How many requests are made up for each operation, and what is made of each beside: by every run, and by the deep one.
QUICK, DEEP = (3, 1), (12, 8)
_DEEP_REQUESTS = 50_000
SEED = int(os.environ.get("FUZZ_SEED", "1"))
Place = tuple[Relation, Role]
Recorded = Callable[[str, object], None]
# Answers that are no JSON of ours: the schema itself, and the page about it.
NOT_OUR_SHAPE = {"/api/v1/schema/", "/api/v1/docs/"}
_SIGNED_IN = (
    (Relation.HOLDER, Role.MANAGER),
    (Relation.CREATOR, Role.PRACTITIONER),
    (Relation.LEAD, Role.MANAGER),
    (Relation.OFFERED, Role.TRIAGE_OFFICER),
    (Relation.WORKER, Role.CASE_WORKER),
    (Relation.PROVIDER, Role.PRACTITIONER),
    (Relation.CHAIRING, Role.MANAGER),
    (Relation.NONE, Role.SYSTEM_ADMINISTRATOR),
    (Relation.NONE, Role.PARTNERSHIP_ANALYST),
    (Relation.NONE, Role.INFORMATION_GOVERNANCE),
)


@pytest.fixture(scope="module")
def versions(world: World, django_db_blocker: Any) -> Mapping[str, int]:
    """Of each record: whoever knows what it is now goes deeper than whoever guesses."""
    models = [model for model in our_models() if issubclass(model, Versioned)]
    keys = list(world.records.values())
    with django_db_blocker.unblock():
        found = [
            model._default_manager.using("owner").filter(pk__in=keys).values_list("pk", "version") for model in models
        ]
        return {str(pk): version for rows in found for pk, version in rows}


def _keys(world: World, path: str) -> "st.SearchStrategy[str]":
    """The key of what the operation is about, half the time, or of anything else that is there: none is made up."""
    own = [str(world.records[record]) for prefix, (record, _who) in PLACES.items() if path.startswith(prefix)]
    return st.sampled_from(own or [str(SOMETHING)]) | st.sampled_from(sorted(map(str, world.records.values())))


def _fuzz(operation: Any, world: World, versions: Mapping[str, int], effort: tuple[int, int]) -> "Counter[str]":
    """Send them, and count the answers by their kind: 2xx, 4xx."""
    made_up, beside = effort
    answered: Counter[str] = Counter()
    browsers = cache(lambda place: browser_of(world.who(*place)) if place else Browser())
    made = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )
    changes = st.lists(st.sampled_from(sorted(HOSTILE)), min_size=beside, max_size=beside, unique=True)

    def send(browser: Browser, case: Any, path: str, what: str, sent: Sent) -> None:
        answer = _ask(browser, case, path, sent)
        answered[f"{answer.status_code // 100}xx"] += 1
        _judge(case, path, what, answer)

    @seed(SEED)
    @settings(
        max_examples=made_up,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
    )
    @given(case=made, who=st.sampled_from((None, *_SIGNED_IN)), key=_keys(world, operation.path), changes=changes)
    def never_breaks(case: Any, who: Place | None, key: str, changes: list[str]) -> None:
        browser = browsers(who)
        path = _path(case, key)
        query = "&".join(f"{name}={value}" for name, value in (case.query or {}).items())
        send(browser, case, path, "made up", _as_made(query, case.body))
        body = case.body if isinstance(case.body, dict) else {}
        if "version" in body:
            body = {**body, "version": versions.get(key, 0)}
            send(browser, case, path, "of this version", _as_made(query, body))
        for change in changes:
            send(browser, case, path, change, HOSTILE[change](query, body))

    never_breaks()
    return answered


def _path(case: Any, key: str) -> str:
    path: str = case.operation.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", key if name == "id" or name.endswith("_id") else str(value))
    return path


def _as_made(query: str, body: Any) -> Sent:
    is_json = isinstance(body, dict | list | str | int | float | bool | None)
    return Sent(query, json.dumps(body, default=str).encode("utf-8", "surrogatepass") if is_json else b"")


def _ask(browser: Browser, case: Any, path: str, sent: Sent) -> HttpResponse:
    address = _sendable(f"{path}?{sent.query}" if sent.query else path)
    headers = {} if sent.content_type == JSON else {"Content-Type": sent.content_type}
    with transaction.atomic():
        answer = browser.send(case.method.upper(), address, sent.body, key="a-key-of-this-request", **headers)
        transaction.set_rollback(True)
    return answer


def _sendable(path: str) -> str:
    return path.encode("utf-8", "replace").decode("ascii", "replace").replace("\ufffd", "%EF%BF%BD")


def _judge(case: Any, path: str, what: str, answer: HttpResponse) -> None:
    """No fault of ours, and nothing that the schema does not say."""
    said = (case.method, path, what, case.query, str(case.body)[:500], answer.status_code, answer.content[:300])
    assert answer.status_code < 500, said
    if case.operation.path in NOT_OUR_SHAPE or 300 <= answer.status_code < 400:
        return
    if answer.status_code >= 400:
        assert is_refusal(answer.content), said
        return
    assert case.operation.responses.find_by_status_code(answer.status_code) is not None, said
    if answer.headers.get("Content-Type") == JSON:
        wrong = next(_validator(case.operation.label, answer.status_code).iter_errors(answer.json()), None)
        assert wrong is None, (*said[:2], str(wrong))


@cache
def _validator(label: str, status: int) -> jsonschema_rs.Validator:
    response = OPERATIONS[label].responses.find_by_status_code(status)
    return jsonschema_rs.validator_for(response.get_schema().schema)


def test_the_deep_run_sends_fifty_thousand() -> None:
    made_up, beside = DEEP
    assert len(OPERATIONS) * made_up * (1 + beside) >= _DEEP_REQUESTS


@pytest.mark.spread(4)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_made_up_requests_never_break_the_server(world: World, versions: Mapping[str, int], operation: str) -> None:
    _fuzz(OPERATIONS[operation], world, versions, QUICK)


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_fifty_thousand_requests_never_break_the_server(
    world: World, versions: Mapping[str, int], operation: str, record_property: Recorded
) -> None:
    record_property(FUZZED, dict(_fuzz(OPERATIONS[operation], world, versions, DEEP)))
