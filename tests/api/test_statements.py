"""How many statements a request costs, counted; and that no list has to read a table from end to end."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access.binding import bind
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases import queries as cases
from backend.notifications.queries import messages_of
from backend.referrals.models import Referral
from backend.referrals.queries import lists
from tests.actors import Browser, browser_of
from tests.factories import agency_id, good_input, manager, officer, questions
from tests.world import World

pytestmark = pytest.mark.django_db

LIST, DETAIL, EDGE, EDGE_THAT_MOVES_A_CASE = 8, 15, 25, 36
# Edges that cost more than their bar, and what they cost: these numbers may only fall.
OVER_THE_BAR = {
    "start_triage": 26,
    "signpost": 33,
    "decline": 33,
    "step_up": 34,
    "recall": 27,
    "resume_triage": 28,
    "reopen": 32,
    "record_told": 27,
    "mark_entered_in_error": 31,
    "redirect": 34,
    "submit": 44,
    "accept": 44,
    "request_information": 42,
}
_NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")
BIG = {"referrals_referral", "access_involvement", "audit_event", "deadlines_deadline", "children_child", "cases_case"}


def _statements(act: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(_NOT_COUNTED)]


def _said(statements: list[str]) -> str:
    return "\n".join(f"{number}. {sql[:160]}" for number, sql in enumerate(statements, start=1))


@pytest.mark.parametrize(
    "path",
    [
        *(f"referrals/?view={view}" for view in ("mine", "queue", "held", "redirected", "drafts")),
        "information-requests/",
        "confirmations/",
        "cases/",
        "cases/?view=mine",
        "transfers/",
        "tasks/",
        "messages/",
        "agencies/",
        "services/",
        "services/?view=kept",
        "services/?q=mentoring&age=14&has_space=true",
    ],
)
def test_a_list_costs_at_most_eight_statements(world: World, path: str) -> None:
    for who in (manager(), world.who(Relation.WORKER, Role.MANAGER), world.who(Relation.HOLDER, Role.MANAGER)):
        browser = browser_of(who)
        statements = _statements(lambda browser=browser: browser.get(path))
        assert len(statements) <= LIST, _said(statements)


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ("moving", "referrals/{}/"),
        ("moving", "referrals/{}/timeline/"),
        ("moving", "referrals/{}/likely-children/"),
        ("moving", "referrals/{}/matching/"),
        ("cased", "referrals/{}/"),
        ("question", "information-requests/{}/"),
        ("confirmation", "confirmations/{}/"),
        ("case", "cases/{}/"),
        ("transfer", "transfers/{}/"),
        ("task", "tasks/{}/"),
    ],
)
def test_one_record_costs_at_most_fifteen_statements(world: World, record: str, path: str) -> None:
    relation = Relation.LEAD if record in ("cased", "case", "transfer", "task") else Relation.HOLDER
    browser = browser_of(world.who(relation, Role.MANAGER))
    statements = _statements(lambda: browser.get(path.format(world.records[record])))
    assert len(statements) <= DETAIL, _said(statements)


def test_a_draft_costs_at_most_fifteen_statements(world: World) -> None:
    browser = browser_of(world.who(Relation.CREATOR, Role.PRACTITIONER))
    path = f"referrals/{world.records['state:draft']}/"
    for act in (
        lambda: browser.get(path),
        lambda: browser.get(f"{path}draft/"),
        lambda: browser.get(f"{path}known-children/"),
        lambda: browser.patch(f"{path}draft/", {"answers": {"tried_before": {"value": "x", "base_rev": 9}}}),
    ):
        statements = _statements(act)
        assert len(statements) <= DETAIL, _said(statements)


EDGES: list[tuple[str, str, int, dict[str, Any]]] = [
    ("start_triage", Referral.SUBMITTED, EDGE, {}),
    ("signpost", Referral.TRIAGE, EDGE, {}),
    ("decline", Referral.TRIAGE, EDGE, {"reason_code": "threshold_not_met"}),
    ("step_up", Referral.TRIAGE, EDGE, {}),
    ("handover_refused", Referral.STEPPED_UP, EDGE, {}),
    ("recall", Referral.REDIRECTED, EDGE, {}),
    ("resume_triage", Referral.INFORMATION_REQUESTED, EDGE, {}),
    ("reopen", Referral.DECLINED, EDGE, {}),
    ("record_told", Referral.DECLINED, EDGE, {"who": "referrer", "method": "phone"}),
    ("mark_entered_in_error", Referral.TRIAGE, EDGE, {}),
    ("submit", Referral.DRAFT, EDGE_THAT_MOVES_A_CASE, {}),
    ("accept", Referral.TRIAGE, EDGE_THAT_MOVES_A_CASE, {}),
]


@pytest.mark.parametrize(("edge", "state", "bar", "given"), EDGES, ids=[edge for edge, *_ in EDGES])
def test_an_edge_costs_what_it_may(world: World, edge: str, state: str, bar: int, given: dict[str, Any]) -> None:
    who = world.who(Relation.CREATOR, Role.PRACTITIONER) if edge == "submit" else manager()
    browser, pk = browser_of(who), world.states()[state]
    if edge == "accept":
        given = {"lead_agency": agency_id("front-door")}
    if edge == "record_told":
        given = {**given, "told_at": "2026-01-05T10:00:00Z"}
    _costs(browser, str(pk), edge, bar, given)


def test_asking_costs_what_it_may(world: World) -> None:
    browser, pk = browser_of(officer()), str(world.states()[Referral.TRIAGE])
    _costs(browser, pk, "request_information", EDGE_THAT_MOVES_A_CASE, dict(questions("school-nursing", "brightwater")))


def test_offering_costs_what_it_may(world: World) -> None:
    browser, pk = browser_of(officer()), str(world.states()[Referral.TRIAGE])
    _costs(browser, pk, "redirect", EDGE, {"to_agency": agency_id("youth-justice")})


def _costs(browser: Browser, pk: str, edge: str, bar: int, given: dict[str, Any]) -> None:
    version = browser.get(f"referrals/{pk}/").json()["version"]
    body = {**good_input("referral", edge, **given), "version": version}
    answers: list[Any] = []
    statements = _statements(lambda: answers.append(browser.post(f"referrals/{pk}/{edge.replace('_', '-')}/", body)))
    assert answers[0].status_code == 200, answers[0].content
    assert len(statements) <= OVER_THE_BAR.get(edge, bar), _said(statements)


# --- Plans -----------------------------------------------------------------------------------------------------------


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)


def _plan(queryset: Any) -> list[dict[str, Any]]:
    try:
        sql, values = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        found = cursor.fetchone()[0]
    return list(_nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.MANAGER])
@pytest.mark.parametrize("view", sorted(lists.VIEWS))
def test_no_list_of_referrals_needs_to_read_a_table_from_end_to_end(world: World, view: str, role: Role) -> None:
    """With sequential scans made dear, one that is left has no index that could serve it."""
    who = world.who(Relation.HOLDER, role)
    bind(who.membership_id)
    scans = [node["Relation Name"] for node in _plan(lists.VIEWS[view](who)[:51]) if node["Node Type"] == "Seq Scan"]
    assert set(scans) & BIG == set()


@pytest.mark.parametrize("name", ["led", "worked", "transfers", "messages"])
def test_no_list_of_cases_or_messages_needs_to_read_a_table_from_end_to_end(world: World, name: str) -> None:
    who = world.who(Relation.WORKER, Role.MANAGER)
    bind(who.membership_id)
    querysets = {
        "led": cases.led(who),
        "worked": cases.worked(who),
        "transfers": cases.waiting_for(who),
        "messages": messages_of(who),
    }
    scans = [node["Relation Name"] for node in _plan(querysets[name][:51]) if node["Node Type"] == "Seq Scan"]
    assert set(scans) & (BIG | {"notifications_message", "cases_transfer"}) == set()


def test_a_timeline_needs_no_whole_table(world: World) -> None:
    bind(world.who(Relation.HOLDER, Role.MANAGER).membership_id)
    newest = Event.objects.filter(root_id=world.records["moving"]).order_by("-at", "-id")[:51]
    assert not [node for node in _plan(newest) if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG]
