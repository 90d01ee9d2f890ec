"""Every address of the product: closed to nobody in particular, strict about what it is sent, and on the record."""

import ast
import inspect
import re
import textwrap
from itertools import product

import pytest
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from backend.access.authentication import SignedIn
from backend.access.security_views import Known
from backend.agencies.roles import Role
from backend.oversight.words import KINDS
from tests.actors import Browser, browser_of, membership
from tests.routes import METHODS, SOMETHING, Route, routes
from tests.spread import is_in_turn

# Open to somebody who is not signed in. This list may only shrink.
OPEN = {
    "api:health-live",
    "api:health-ready",
    "api:schema",
    "api:docs",
    "api:session",
    "api:demo-city",
    "api:demo-people",
    "api:demo-sign-in",
    # For whoever holds a link (docs/adr/0023): it says what it touches, in the name of the link.
    "api:status",
    # For whoever cannot sign in yet, or not now (docs/adr/0066 and 0067): the same.
    "api:session-password",
    "api:session-forgotten",
    "api:session-directory",
    "api:session-directory-finish",
    # The names of agencies that have a sign-in of their own, as the page where one signs in shows them.
    "api:session-directories",
}
# For somebody who is signed in, and sets up their second factor before they may act.
FOR_WHOEVER_MAY_NOT_ACT_YET = {"api:session-security", "api:session-new-app", "api:session-others-end"}
# Answers nothing about a child, so it leaves no access row. Every other route says what it touches.
TOUCHES_NO_CHILD = OPEN | {
    "api:session-membership",
    "api:session-fresh",
    "api:session-security",
    "api:session-new-app",
    "api:session-others-end",
    "api:demo-confirm",
    "api:vocabularies",
    "api:agencies",
    "api:messages",
    "api:settings-messages",
    "api:saved-lists",
    "api:saved-list-change",
    "api:saved-list-remove",
    "api:saved-list-restore",
    "api:message-read",
    # Who else has a record open: it answers of colleagues, never of the child.
    "api:presence",
    # What a list is narrowed by.
    "api:cases-closed-filters",
    "api:cases-filters",
    "api:critical-moment-form",
    # What is asked of whoever wants a list as a file, and which lists are made again by themselves.
    "api:looks-form",
    "api:shares-form",
    "api:break-glass-form",
    "api:export-form",
    # What is asked of whoever records a request for a copy, and for which reasons something is taken out.
    "api:subject-request-form",
    "api:subject-request-reasons",
    # How long records are kept, whoever's they are, and what is asked of whoever keeps one for longer.
    "api:retention-schedule",
    "api:hold-form",
    "api:export-offers",
    "api:export-repeats",
    "api:export-repeat-stop",
    "api:panel-form",
    "api:configurations",
    "api:configuration-kinds",
    "api:configuration",
    "api:services",
    "api:service",
    "api:service-form",
    "api:services-import",
    "api:services-import-check",
    "api:service-filters",
    "api:service-changes",
    "api:person",
    "api:agencies-overview",
    "api:conflict-form",
    "api:agency",
    "api:agency-hand-over-preview",
}
# A noun and what is done with it, as oversight/words.py puts them into a sentence.
LABEL = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
ROUTES = routes()
API = [route for route in ROUTES if route.name not in OPEN]


def _named(route: Route) -> str:
    return route.name


def test_there_are_routes_and_each_has_a_name_of_its_own() -> None:
    names = [route.name for route in ROUTES]
    assert len(names) > 10
    assert sorted(set(names)) == sorted(names)
    assert not [name for name in names if name.endswith("None")]


@pytest.mark.django_db
def test_nobody_in_particular_is_refused() -> None:
    nobody = Browser()
    for route, method in product(API, METHODS):
        is_there = method in route.methods
        # Of the methods that are not there, one for each route, and another one for the next.
        if not (is_there or is_in_turn(route.name, one_of=len(METHODS), turn=METHODS.index(method))):
            continue
        answer = nobody.send(method, route.path, {}, key="a-key-for-this-test")
        refused = (401, 404) if is_there else (401, 404, 405)
        assert answer.status_code in refused, f"{method} {route.path} answered {answer.status_code}"


def test_the_list_of_open_routes_only_shrinks() -> None:
    allowed = {
        route.name
        for route in ROUTES
        if route.view_class is None or AllowAny in getattr(route.view_class, "permission_classes", [])
    }
    # Says 401 itself: somebody who is signed in but has no role left may still switch to one.
    assert allowed - {"api:session-membership"} == OPEN


@pytest.mark.parametrize("route", API, ids=_named)
def test_a_view_asks_for_somebody_signed_in_by_the_default(route: Route) -> None:
    assert issubclass(route.view_class, APIView)
    if route.name in FOR_WHOEVER_MAY_NOT_ACT_YET:
        assert route.view_class.permission_classes == [Known], route.name
    elif route.name != "api:session-membership":
        assert route.view_class.permission_classes == [SignedIn], route.name


@pytest.mark.django_db
def test_a_view_about_children_says_what_it_touches_before_anything_else() -> None:
    """Even when there is nothing: who looked for what is on the record."""
    browser = browser_of(membership("front-door", Role.MANAGER))
    for route, method in ((one, method) for one in API for method in one.methods):
        answer = browser.send(method, route.path, {}, key="a-key-for-this-test")
        touched = getattr(answer.wsgi_request, "touched", None)
        assert (touched is None) is (route.name in TOUCHES_NO_CHILD), f"{method} {route.path}"
        if touched is not None:
            assert LABEL.fullmatch(touched.label), f"{method} {route.path} says {touched.label!r} in the log"
            assert touched.kind in KINDS, f"{method} {route.path}"
        if touched is not None and str(SOMETHING) in route.path:
            assert SOMETHING in touched.root_ids, f"{method} {route.path} does not say which record was asked for"


@pytest.mark.django_db
def test_a_query_parameter_that_nobody_declared_is_refused() -> None:
    browser = browser_of(membership("front-door", Role.MANAGER))
    for route in (route for route in API if "GET" in route.methods):
        answer = browser.get(f"{route.path}?no_such_parameter=1")
        assert answer.status_code == 400, f"{route.path} ignored it: {answer.status_code}"
        assert "no_such_parameter" in answer.json()["fields"], route.path


@pytest.mark.django_db
def test_a_method_that_is_not_there_is_405_with_a_sentence() -> None:
    browser = browser_of(membership("front-door", Role.MANAGER))
    for at, route in enumerate(API):
        missing = sorted(set(METHODS) - set(route.methods))
        # One of them for each route, and another one for the next.
        method = missing[at % len(missing)]
        answer = browser.send(method, route.path, {}, key="a-key-for-this-test")
        assert answer.status_code == 405, f"{method} {route.path}"
        assert answer.json()["code"] == "method_not_allowed"
        assert answer.json()["reasons"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v2/referrals/", "/api/v1/referral/", "/static/x", "/assets/y"]
)
def test_an_address_that_is_not_there_is_the_same_404(path: str) -> None:
    answer = Browser().get(path)
    assert answer.status_code == 404
    assert answer.json() == {
        "code": "not_found",
        "reasons": ["We could not find that, or you do not have access to it."],
        "fields": {},
    }


@pytest.mark.parametrize("route", API, ids=_named)
def test_no_view_answers_with_a_refusal_instead_of_raising_it(route: Route) -> None:
    """A returned 400 would commit what was written before it."""
    for of in (of for of in route.view_class.__mro__ if of.__module__.startswith("backend.")):
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(of)))
        except OSError:
            continue  # made from a machine: it has no source of its own
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for keyword in call.keywords:
                if keyword.arg == "status" and isinstance(keyword.value, ast.Constant):
                    assert keyword.value.value < 400, f"{of.__name__} returns {keyword.value.value}"


@pytest.mark.django_db
def test_no_answer_is_kept_by_a_browser() -> None:
    nobody = Browser()
    for route in ROUTES:
        headers = nobody.get(route.path).headers
        assert headers["Cache-Control"] == "no-store" or headers["Cache-Control"].startswith("max-age=0"), route.name
        assert headers["X-Content-Type-Options"] == "nosniff", route.name
