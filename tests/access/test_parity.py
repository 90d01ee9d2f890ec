"""Row security and the product's own reads show the same rows: every protected table, every member, every row."""

from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.db.models import Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import actor_of
from backend.access.binding import bind
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.access.row_security import our_models, predicate
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases import queries as cases
from backend.children import queries as children
from backend.core.models import Versioned
from backend.drafts.models import Draft
from tests.access.comparing import Same, Standing
from tests.access.declared import DECLARED, NOT_IN_THE_WORLD
from tests.planned import asked
from tests.spread import PART_AND_WHOLE
from tests.world import CASED, CHALLENGED, HEARING, MOVING, PROVIDING, TEAMED, World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def _protected() -> set[str]:
    """Tables with a row policy, without histories: those are compared with the rows they are the past of."""
    return {model._meta.db_table for model in our_models() if predicate(model) and not hasattr(model, "instance_type")}


def test_every_protected_table_says_how_its_rows_are_compared() -> None:
    missing, gone = _protected() - set(DECLARED), set(DECLARED) - _protected()
    assert not missing, (
        f"{sorted(missing)}: add a line to DECLARED in tests/access/declared.py: TEXT or STATUS for parts that a "
        "record's page shows, listed(queryset) for what has a list, or Because(why row security shows something else)"
    )
    assert not gone, f"{sorted(gone)}: no such table is protected any more"


def _everybody(world: World) -> Iterator[Standing]:
    """One member of each role, in each place of the world and in each other agency that made it."""
    roots, met = _roots(), set()
    for row in Membership.objects.filter(ended_at=None).select_related("user", "agency", "team").order_by("id"):
        who = actor_of(row)
        stands = frozenset(relation for found in queries.relations(who, roots).values() for relation in found)
        if (who.role, who.agency_id, stands) not in met and (stands or who.role not in {role for role, *_ in met}):
            met.add((who.role, who.agency_id, stands))
            bind(who.membership_id)
            yield Standing(who, roots)


_DECIDING = (Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.MANAGER)


def _deciding(world: World) -> Iterator[Standing]:
    """The same without roles that come near no child: for tables in which each row is judged on its own."""
    roots = _roots()
    for relation, role in product((*MOVING, *CASED, *TEAMED, *PROVIDING, *HEARING, *CHALLENGED), _DECIDING):
        who = world.who(relation, role)
        bind(who.membership_id)
        yield Standing(who, roots)


def _roots() -> dict[UUID, tuple[str, UUID | None]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT id, 'referral', child_id FROM referrals_referral
               UNION ALL SELECT id, 'case', child_id FROM cases_case
               UNION ALL SELECT id, 'intervention', child_id FROM interventions_intervention
               UNION ALL SELECT id, 'disagreement', child_id FROM disagreements_disagreement
               UNION ALL SELECT id, 'panel', NULL FROM panels_panel
               UNION ALL SELECT id, 'panel item', child_id FROM panels_panelitem"""
        )
        return {root: (kind, child) for root, kind, child in cursor.fetchall()}


def _keys(statement: str, *values: Any, using: str = "default") -> set[UUID]:
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return {key for (key,) in cursor.fetchall()}


def _expected(table: str, rows: "QuerySet[Any] | dict[str, set[UUID]]") -> set[UUID]:
    if isinstance(rows, QuerySet):
        return set(rows.values_list("id", flat=True))
    ((column, roots),) = rows.items()
    return _keys(f"SELECT id FROM {table} WHERE {column} = ANY (%s)", list(roots), using="owner")


def _seen(tables: list[str]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {table: set() for table in tables}
    for table, key in asked(" UNION ALL ".join(f"SELECT '{table}', id FROM {table}" for table in tables)):
        found[table].add(key)
    return found


@PART_AND_WHOLE
def test_every_member_sees_the_same_rows_by_row_security_and_by_the_products_own_reads(
    world: World, whole: bool
) -> None:
    compared = {table: same for table, same in DECLARED.items() if isinstance(same, Same)}
    looked = dict.fromkeys(compared, 0)
    for place, standing in enumerate(_everybody(world)):
        # A third of them every time, and everybody by `make test-deep`.
        if place % 3 and not whole:
            continue
        seen = _seen(list(compared))
        for table, same in compared.items():
            expected = _expected(table, same.rows(standing))
            assert seen[table] == expected, (table, standing.who.agency_name, standing.who.role)
            looked[table] += bool(expected)
    # A world without such a row proves nothing about it.
    empty = {table for table, times in looked.items() if not times}
    assert empty <= NOT_IN_THE_WORLD or not whole


def test_a_case_is_wider_than_its_list_by_what_the_officer_opened(world: World) -> None:
    for standing in _everybody(world):
        listed = set(cases.visible_to(standing.who).using("owner").values_list("id", flat=True))
        opened = _keys("SELECT id FROM cases_case WHERE opened_as_id = %s", standing.who.membership_id)
        waiting = cases.waiting_for(standing.who).using("owner") if standing.who.role is Role.MANAGER else None
        opened |= set(waiting.values_list("case_id", flat=True)) if waiting is not None else set()
        assert _keys("SELECT id FROM cases_case") == listed | opened, (standing.who.agency_name, standing.who.role)


def test_an_event_is_read_with_the_record_it_is_about(world: World) -> None:
    for standing in _deciding(world):
        about = standing.opened(policy.SEES_ROOT)
        known = set(children.visible_to(standing.who).using("owner").values_list("id", flat=True))
        expected = _keys("SELECT id FROM audit_event WHERE root_id = ANY (%s)", list(about | known), using="owner")
        assert _keys("SELECT id FROM audit_event") == expected, (standing.who.agency_name, standing.who.role)


def test_a_draft_is_its_authors_and_their_managers(world: World) -> None:
    managing = {Relation.REFERRER}
    for standing in _everybody(world):
        who = standing.who
        mine = Draft.objects.using("owner").filter(agency_id=who.agency_id)
        if not policy.allows(who, Permission.REFERRAL_ASK_TO_WITHDRAW, managing):
            mine = mine.filter(author_id=who.user_id)
        mine = mine.exclude(~Q(author_id=who.user_id), is_own=True)
        assert _keys("SELECT id FROM drafts_draft") == set(mine.values_list("id", flat=True)), (who.role, who.name)


def test_the_past_of_a_record_is_open_to_those_who_see_the_record_and_to_nobody_else(world: World) -> None:
    """History holds the same words: whoever does not see the row does not see what it was."""
    models = [model for model in our_models() if issubclass(model, Versioned)]
    ahead = " UNION ALL ".join(
        f"""SELECT '{model.__name__}' WHERE EXISTS (SELECT 1 FROM {model.history.model._meta.db_table} past
            WHERE NOT EXISTS (SELECT 1 FROM {model._meta.db_table} live WHERE live.id = past.id))"""
        for model in models
    )
    for standing in _deciding(world):
        found = [name for (name,) in asked(ahead)]
        assert found == [], (standing.who.agency_name, standing.who.role)
