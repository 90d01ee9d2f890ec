"""How many statements a request costs, counted; and that no list has to read a table from end to end."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection

from backend.access.binding import bind
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.cases import queries as cases
from backend.notifications.queries import messages_of
from backend.referrals.queries import lists
from tests.actors import browser_of
from tests.api.counting import said
from tests.api.counting import statements as statements_of
from tests.factories import manager
from tests.world import World

pytestmark = pytest.mark.django_db

LIST, DETAIL = 8, 15
BIG = {"referrals_referral", "access_involvement", "audit_event", "deadlines_deadline", "children_child", "cases_case"}


@pytest.mark.parametrize(
    "path",
    [
        *(f"referrals/?view={view}" for view in ("mine", "queue", "held", "redirected", "drafts")),
        "information-requests/",
        "confirmations/",
        "cases/",
        "cases/?view=mine",
        "cases/closed/",
        "transfers/",
        "tasks/",
        "actions/",
        "team-members/",
        "people/",
        "break-glass/?view=to_look",
        "unusual/?view=all",
        "interventions/?view=offered",
        "interventions/?view=to-come",
        "interventions/?view=under-way",
        "interventions/?view=ended",
        "panels/?view=ahead",
        "panels/?view=over",
        "voices/?view=to-read",
        "holds/",
        "disposals/",
        "certificates/",
        "retention/due/",
        "retention/records/",
        "sessions/",
        "disagreements/",
        "disagreements/?view=to-answer",
        "disagreements/?view=about-us",
        "messages/",
        "exports/",
        "figures/quality/",
        "figures/quality/list/?part=referral&question=gp",
        "figures/flow/",
        "figures/flow/list/?period=year&kind=decide&outcome=in_time",
        "figures/flow/cut/?period=year&kind=decide&by=team",
        "agencies/",
        "configurations/?kind=threshold_text",
        "services/",
        "services/?view=kept",
        "services/?q=mentoring&age=14&has_space=true",
    ],
)
def test_a_list_costs_at_most_eight_statements(world: World, path: str) -> None:
    for who in (
        manager(),
        world.who(Relation.WORKER, Role.MANAGER),
        world.who(Relation.HOLDER, Role.MANAGER),
        world.who(Relation.ANSWERING, Role.MANAGER),
        world.who(Relation.PROVIDER, Role.MANAGER),
    ):
        browser = browser_of(who)
        found = statements_of(lambda browser=browser: browser.get(path))
        assert len(found) <= LIST, said(found)


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ("moving", "referrals/{}/"),
        ("moving", "referrals/{}/timeline/"),
        ("moving", "referral-seals/{}/"),
        ("moving", "referrals/{}/answers/"),
        ("moving", "referrals/{}/likely-children/"),
        ("moving", "referrals/{}/matching/"),
        ("cased", "referrals/{}/"),
        ("question", "information-requests/{}/"),
        ("confirmation", "confirmations/{}/"),
        ("disagreement", "disagreements/{}/"),
        ("case", "cases/{}/"),
        ("case", "cases/{}/notes/draft/"),
        ("case", "cases/{}/note-readers/?is_shared=true"),
        ("case", "cases/{}/letters/draft/"),
        ("case", "cases/{}/identity/"),
        ("case", "seals/{}/"),
        ("case", "cases/{}/practitioners/"),
        ("case", "cases/{}/standing/?since=2020-01-01"),
        ("case", "cases/{}/people/"),
        ("case", "cases/{}/child/"),
        ("case", "cases/{}/protected/"),
        ("case", "cases/{}/overview/"),
        ("case", "cases/{}/agreements/"),
        ("case", "cases/{}/timeline/"),
        ("transfer", "transfers/{}/"),
        ("task", "tasks/{}/"),
        ("case", "cases/{}/assessments/"),
        ("assessment", "assessments/{}/"),
        ("case", "cases/{}/plan/"),
        ("case", "cases/{}/goals/"),
        ("case", "cases/{}/outcomes/"),
        ("case", "cases/{}/meetings/"),
        ("meeting", "meetings/{}/"),
        ("case", "cases/{}/family-page/"),
        ("goal", "goals/{}/"),
        ("action", "actions/{}/"),
        ("case", "cases/{}/team/"),
        ("member", "team-members/{}/"),
        ("relationship", "relationships/{}/"),
        ("lead request", "lead-requests/{}/"),
        ("case", "cases/{}/concerns/"),
        ("concern", "concerns/{}/"),
        ("note", "notes/{}/"),
        ("document", "documents/{}/"),
        ("intervention", "interventions/{}/"),
        ("intervention", "interventions/{}/sessions/"),
        ("session", "sessions/{}/"),
        ("group", "group-sessions/{}/"),
        ("case", "cases/{}/interventions/"),
        ("case", "cases/{}/services/"),
        ("case", "cases/{}/panel-items/"),
        ("panel", "panels/{}/"),
        ("panel item", "panel-items/{}/"),
    ],
)
def test_one_record_costs_at_most_fifteen_statements(world: World, record: str, path: str) -> None:
    places = {
        "cased": Relation.LEAD,
        "case": Relation.LEAD,
        "transfer": Relation.LEAD,
        "task": Relation.LEAD,
        "assessment": Relation.LEAD,
        "goal": Relation.LEAD,
        "action": Relation.LEAD,
        "relationship": Relation.LEAD,
        "concern": Relation.LEAD,
        "member": Relation.LEAD,
        "lead request": Relation.LEAD,
        "note": Relation.LEAD,
        "document": Relation.LEAD,
        "disagreement": Relation.ANSWERING,
        "intervention": Relation.PROVIDER,
        "panel": Relation.CHAIRING,
        "panel item": Relation.LEAD,
        "session": Relation.PROVIDER,
        "group": Relation.PROVIDER,
    }
    relation = places.get(record, Relation.HOLDER)
    browser = browser_of(world.who(relation, Role.MANAGER))
    found = statements_of(lambda: browser.get(path.format(world.records[record])))
    assert len(found) <= DETAIL, said(found)


def test_a_draft_costs_at_most_fifteen_statements(world: World) -> None:
    browser = browser_of(world.who(Relation.CREATOR, Role.PRACTITIONER))
    path = f"referrals/{world.records['state:draft']}/"
    for act in (
        lambda: browser.get(path),
        lambda: browser.get(f"{path}draft/"),
        lambda: browser.get(f"{path}known-children/"),
        lambda: browser.patch(f"{path}draft/", {"answers": {"tried_before": {"value": "x", "base_rev": 9}}}),
    ):
        found = statements_of(act)
        assert len(found) <= DETAIL, said(found)


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
