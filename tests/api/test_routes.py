"""Every route × method × actor: what a request earns, as one reviewed table, and as the permission table says."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.binding import bind
from backend.access.relations import Relation
from backend.administration.serializers.agencies import AGENCY_INPUTS
from backend.administration.serializers.conflicts import CONFLICT_INPUTS
from backend.agencies.roles import Role
from backend.workflow.views import TransitionView
from tests import golden
from tests.actors import Browser, browser_of
from tests.api.bodies import BODIES
from tests.factories import INPUTS, good_input
from tests.routes import SOMETHING, Route, routes
from tests.world import CASED, CHALLENGED, MOVING, PROVIDING, TEAMED, World

pytestmark = pytest.mark.django_db

REVIEWED = Path(__file__).with_name("routes")
# A case worker may do here what a practitioner may (policy.csv says so cell by cell).
ROLES = (Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.MANAGER)
# Which record of the world stands in the place of the key, and who has something to do with it.
PLACES: Mapping[str, tuple[str, tuple[Relation, ...]]] = {
    "/api/v1/referrals/": ("moving", MOVING),
    "/api/v1/information-requests/": ("question", MOVING),
    "/api/v1/confirmations/": ("confirmation", MOVING),
    "/api/v1/disagreements/": ("disagreement", (*CHALLENGED, Relation.NONE)),
    "/api/v1/cases/": ("case", (*CASED, *TEAMED, *PROVIDING, Relation.NONE)),
    "/api/v1/transfers/": ("transfer", (*CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/assessments/": ("assessment", (*CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/goals/": ("goal", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/notes/": ("note", (*CASED, *TEAMED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    # Who made the referral is whom the action was given to.
    "/api/v1/actions/": ("action", (*CASED, *PROVIDING, Relation.CREATOR, Relation.REFERRER, Relation.NONE)),
    "/api/v1/team-members/": ("member", (*TEAMED, *CASED, *PROVIDING, Relation.NONE)),
    "/api/v1/tasks/": ("task", (*CASED, *PROVIDING, Relation.HOLDER, Relation.NONE)),
    "/api/v1/documents/": ("document", (*CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/find/": ("task", (*CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/work/": ("task", (*CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/interventions/": ("intervention", (*PROVIDING, *CASED, Relation.HOLDER, Relation.NONE)),
    "/api/v1/sessions/": ("session", (*PROVIDING, *CASED, Relation.NONE)),
    "/api/v1/group-sessions/": ("group", (*PROVIDING, *CASED, Relation.NONE)),
}
# Their answers do not depend on a record's relations; other tests look at them.
WITHOUT_RECORD = {
    "api:health-live",
    "api:health-ready",
    "api:schema",
    "api:docs",
    "api:session",
    "api:session-membership",
    "api:demo-people",
    "api:demo-sign-in",
    "api:vocabularies",
    "api:agencies",
    # tests/administration/test_settings.py has theirs: one's own, in every role.
    "api:settings-messages",
    "api:messages",
    "api:message-read",
    # tests/referrals/test_status_link.py: for whoever holds a link, and nobody by their role.
    "api:status",
    "api:critical-moments",
    "api:critical-moment-form",
    "api:document-form",
    # tests/directory/test_api.py has their table: the directory is about no child.
    "api:services",
    "api:service",
    "api:service-form",
    "api:services-import",
    "api:services-import-check",
    "api:service-filters",
    "api:service-changes",
    *(f"api:service-{edge.replace('_', '-')}" for edge in INPUTS["service"]),
    # tests/configuration/test_routes.py has their table: configuration is about no child.
    "api:configurations",
    "api:configuration-kinds",
    "api:configuration",
    "api:configuration-copy",
    *(f"api:configuration-{edge.replace('_', '-')}" for edge in INPUTS["configuration"]),
    "api:exceptions",
    "api:exceptions-list",
    # tests/administration/test_conflicts_api.py has theirs: a declaration is its person's own.
    "api:conflicts",
    "api:conflict-form",
    "api:conflict",
    *(f"api:conflict-{act}" for act in CONFLICT_INPUTS),
    # tests/matching/test_two_cases.py has theirs: it names no child, and only those who lead two cases stand at it.
    "api:case-choice",
    *(f"api:case_choice-{edge}" for edge in INPUTS["case_choice"]),
    # tests/administration/test_agencies_api.py has theirs: an agency is no record about a child.
    "api:agencies-overview",
    "api:agency",
    "api:agency-work",
    "api:agency-hand-over-preview",
    *(f"api:agency-{act.replace('_', '-')}" for act in AGENCY_INPUTS),
    "api:people",
    "api:person",
    "api:person-change",
    "api:person-end",
    "api:person-caseload",
}
LISTS = {
    "api:referrals",
    "api:referrals-counts",
    "api:information-requests",
    "api:confirmations",
    "api:cases",
    "api:transfers",
    "api:tasks",
    "api:work",
    "api:find",
    "api:actions",
    "api:team-members",
    "api:disagreements",
    "api:interventions",
    "api:sessions",
    "api:group-sessions",
}
# Nothing that is there changes when one more is added, so no version is asked for.
ADDING = {
    "api:referral-declare-conflict",
    "api:case-declare-conflict",
    "api:case-documents",
    "api:document-withdraw",
    "api:case-notes",
    "api:case-assessments",
    "api:case-goals",
    "api:case-actions",
    "api:case-team",
    "api:team-member-notes",
    "api:case-scores",
    "api:case-meetings",
    "api:case-record-significant-event",
    "api:case-add-alert",
    "api:case-review-alert",
    "api:case-interventions",
    "api:intervention-sessions",
    "api:intervention-plan",
    "api:group-sessions",
    "api:group-session-register",
}
# No record has this version: whoever may take the edge is told what changed, and nothing moves.
LONG_AGO = 2**31 - 1
ROUTES = [route for route in routes() if route.name not in WITHOUT_RECORD]


def _place(route: Route) -> tuple[str, tuple[Relation, ...]]:
    return next(place for prefix, place in PLACES.items() if route.path.startswith(prefix))


def _body(route: Route, method: str) -> Any:
    view = route.view_class
    if issubclass(view, TransitionView):
        return {**good_input(view.machine.noun, view.edge), "version": LONG_AGO}
    if method == "PATCH":
        return {"answers": {}}
    return {**BODIES.get(route.name, {}), **({} if route.name in LISTS | ADDING else {"version": LONG_AGO})}


def _status(browser: Browser, route: Route, method: str, path: str) -> int:
    """One request that leaves nothing behind."""
    with transaction.atomic():
        body = None if method == "GET" else _body(route, method)
        answer = browser.send(method, path, body, key="one-key-for-this-request")
        transaction.set_rollback(True)
    return answer.status_code


def test_every_route_is_in_the_table_or_needs_no_record() -> None:
    for route in ROUTES:
        assert any(route.path.startswith(prefix) for prefix in PLACES), f"{route.name}: say which record it is about"
    assert {route.name for route in routes()} >= WITHOUT_RECORD


@pytest.mark.parametrize("prefix", PLACES)
def test_every_route_method_and_actor_answers_as_reviewed(world: World, prefix: str) -> None:
    """One table for each kind of record; allowed or not is compared with the permission table on the way."""
    record, relations = PLACES[prefix]
    browsers = {who: browser_of(world.who(*who)) for who in product(relations, ROLES)}
    lines = ["route,method,relation," + ",".join(ROLES)]
    for route in (route for route in ROUTES if route.path.startswith(prefix)):
        path = route.path.replace(str(SOMETHING), str(world.records[record]))
        for method, relation in product(route.methods, relations):
            found = {role: _status(browsers[relation, role], route, method, path) for role in ROLES}
            assert all(status < 500 and status != 401 for status in found.values()), (route.name, found)
            lines.append(",".join([route.name.removeprefix("api:"), method, relation, *map(str, found.values())]))
            if issubclass(route.view_class, TransitionView):
                expected = {
                    role: _expected(world, route.view_class, record, world.who(relation, role)) for role in ROLES
                }
                assert found == expected, (route.name, relation)
    golden.compare(REVIEWED / f"{prefix.split('/')[3]}.csv", "\n".join([*lines, ""]))


def _expected(world: World, view: type[TransitionView], record: str, who: Actor) -> int:
    """Allowed ends at 409 (the version is too old); seen but not allowed is 403; not seen is 404."""
    bind(who.membership_id)
    if not view.machine.visible_to(who).filter(pk=world.records[record]).exists():
        return 404
    stands = queries.relations_to(who, _root(world, record))
    return 409 if policy.allows(who, view.machine.edges[view.edge].permission, stands) else 403


def _root(world: World, record: str) -> UUID:
    return world.records[
        {
            "question": "moving",
            "confirmation": "moving",
            "transfer": "case",
            "task": "case",
            "document": "case",
            "assessment": "case",
            "goal": "case",
            "note": "case",
            "action": "case",
            "member": "case",
            "session": "intervention",
        }.get(record, record)
    ]


@pytest.mark.parametrize("role", [Role.PARTNERSHIP_ANALYST, Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR])
def test_a_role_without_children_is_refused_by_every_route(world: World, role: Role) -> None:
    """Even a person who made the referral, once they act as an administrator."""
    for route in ROUTES:
        record, relations = _place(route)
        browser = browser_of(world.who(relations[0], role))
        path = route.path.replace(str(SOMETHING), str(world.records[record]))
        for method in route.methods:
            status = _status(browser, route, method, path)
            # The list of questions to a second person is everybody's; it is empty for who decides nothing.
            assert status in (403, 404) or route.name == "api:confirmations", (route.name, method, status)


@pytest.mark.parametrize("overlay", ["", "conflict", "sealed"])
def test_not_yours_and_not_there_are_the_same_bytes(world: World, overlay: str) -> None:
    """Without any relation, or with one that a conflict or a seal takes away, nothing is learned from an answer."""
    for route in ROUTES:
        if route.name in LISTS:
            continue
        record, relations = _place(route)
        relation, role = (relations[1], Role.MANAGER) if overlay else (Relation.NONE, Role.MANAGER)
        name = f"{record}{'/' if overlay else ''}{overlay}"
        browser = browser_of(world.who(relation, role))
        for method in route.methods:
            answers = []
            for key in (world.records[name], SOMETHING):
                path = route.path.replace(str(SOMETHING), str(key))
                with transaction.atomic():
                    body = None if method == "GET" else _body(route, method)
                    answer = browser.send(method, path, body, key="one-key-for-this-request")
                    transaction.set_rollback(True)
                headers = {key: value for key, value in answer.headers.items() if key != "Content-Length"}
                answers.append((answer.status_code, answer.content, headers))
            assert answers[0] == answers[1], (route.name, method)
            assert answers[0][0] == 404, (route.name, method, answers[0])


def test_lists_leave_out_what_a_conflict_or_a_seal_takes_away(world: World) -> None:
    hidden = [str(pk) for name, pk in world.records.items() if "/" in name]
    for relation in (*MOVING, *CASED, *TEAMED, *PROVIDING, *CHALLENGED):
        browser = browser_of(world.who(relation, Role.MANAGER))
        for path in (*_LISTED, "work/"):
            answer = browser.get(path)
            assert answer.status_code == 200
            assert not any(key in answer.content.decode() for key in hidden), (path, relation)


_LISTED = (
    *(f"referrals/?page_size=100&view={view}" for view in ("mine", "queue", "held", "redirected", "drafts")),
    "information-requests/",
    "confirmations/",
    "cases/",
    "transfers/",
    "tasks/",
    "actions/",
    "team-members/",
    *(f"interventions/?view={view}" for view in ("offered", "to-come", "under-way", "ended")),
    "sessions/",
    *(f"disagreements/?view={view}" for view in ("raised", "to-answer", "about-us")),
)


def test_list_ids_are_ids_whose_detail_answers(world: World) -> None:
    for relation, role in product(
        (*MOVING, *CASED, *TEAMED, *PROVIDING, *CHALLENGED), (Role.PRACTITIONER, Role.MANAGER)
    ):
        browser = browser_of(world.who(relation, role))
        for path in _LISTED:
            answer = browser.get(path)
            assert answer.status_code == 200, (path, relation, role)
            detail = path.partition("?")[0]
            for row in answer.json()["results"][:2]:
                assert browser.get(f"{detail}{row['id']}/").status_code == 200, (path, relation, role)


def test_input_makers_know_every_edge() -> None:
    for noun, edges in INPUTS.items():
        for edge, input_class in edges.items():
            made = input_class(data={**good_input(noun, edge), "version": 1})
            assert made.is_valid(), (noun, edge, made.errors)
