"""Who sees what: policy, queryset and row-level security say the same for every role, relation and overlay."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection

from backend.access import policy, queries
from backend.access.binding import bind
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.access.row_security import our_models, predicate
from backend.agencies.roles import Role
from backend.cases import queries as cases
from backend.core.models import TableClass
from backend.disagreements import queries as disagreements
from backend.referrals.queries import seeing
from tests.access.standing import CASE, CHILD, REFERRAL, ROLES, can, opens_text_of, standing
from tests.actors import seen
from tests.world import CASED, CHALLENGED, MOVING, OVERLAYS, World

pytestmark = pytest.mark.django_db

# --- Role × relation × overlay ---------------------------------------------------------------------------------------


def test_the_world_gives_everybody_the_relation_they_stand_in(world: World) -> None:
    for relation, who in standing(world, MOVING):
        expected = set() if relation is Relation.NONE else {relation}
        if relation is Relation.CREATOR:
            expected = {Relation.CREATOR, Relation.REFERRER}
        found = queries.relations_to(who, world.records["moving"])
        # The agency that took it was offered it before.
        assert expected <= found <= expected | {Relation.FORMER}, (relation, who.role)
    for relation, who in standing(world, CASED):
        found = queries.relations_to(who, world.records["case"])
        assert relation in found, (relation, who.role)
        assert queries.relations_to(who, world.records["cased"]) >= {relation}, "a case's people reach its referral"


def test_a_referrals_status_is_seen_where_the_policy_says(world: World) -> None:
    pk = world.records["moving"]
    for relation, who in standing(world, MOVING):
        expected = can(who, (Permission.REFERRAL_SEE_STATUS,), relation) or (
            relation is Relation.CREATOR and can(who, (Permission.REFERRAL_SEE_STATUS,), Relation.REFERRER)
        )
        assert seeing.visible_to(who).filter(pk=pk).exists() is expected, ("queryset", relation, who.role)
        assert (pk in seen(REFERRAL)) is expected, ("row security", relation, who.role)


def test_a_referrals_text_is_read_where_the_policy_says(world: World) -> None:
    pk = world.records["moving"]
    for relation, who in standing(world, MOVING):
        read = (Permission.REFERRAL_READ_TEXT,)
        expected = can(who, read, relation) or (relation is Relation.CREATOR and can(who, read, Relation.REFERRER))
        assert opens_text_of(pk) is expected, (relation, who.role)


def test_the_child_is_seen_where_the_policy_says(world: World) -> None:
    pk = world.records["moving child"]
    for relation, who in standing(world, MOVING):
        expected = can(who, policy.SEES_CHILD, relation) or (
            relation is Relation.CREATOR and can(who, policy.SEES_CHILD, Relation.REFERRER)
        )
        assert (pk in seen(CHILD)) is expected, (relation, who.role)


def test_a_question_is_seen_by_who_was_asked_and_who_decides(world: World) -> None:
    pk = world.records["question"]
    for relation, who in standing(world, MOVING):
        expected = can(who, (Permission.INFORMATION_REQUEST_SEE,), relation)
        assert seeing.questions_visible_to(who).filter(pk=pk).exists() is expected, ("queryset", relation, who.role)
        # An answer is disclosed to the agency that asked: not to who referred, whatever else they read.
        assert (pk in seen("referrals_informationrequest")) is expected, ("row", relation, who.role)


def test_a_disagreement_is_seen_by_its_two_sides_and_who_reads_what_it_is_about(world: World) -> None:
    pk, about = world.records["disagreement"], world.records["challenged"]
    for relation, who in standing(world, (Relation.DISAGREEING, Relation.ANSWERING)):
        expected = can(who, (Permission.DISAGREEMENT_SEE,), relation)
        assert relation in queries.relations_to(who, pk), (relation, who.role)
        assert disagreements.visible_to(who).filter(pk=pk).exists() is expected, ("queryset", relation, who.role)
        assert (pk in seen("disagreements_disagreement")) is expected, ("row security", relation, who.role)
        assert seeing.visible_to(who).filter(pk=about).exists() is expected, ("its referral", relation, who.role)
        if relation is Relation.ANSWERING:
            assert not opens_text_of(about), "who answers at a later stage reads the disagreement, not the referral"
    for _relation, who in standing(world, (Relation.OFFERED, Relation.ASKED, Relation.NONE)):
        assert not disagreements.visible_to(who).filter(pk=pk).exists()
        assert pk not in seen("disagreements_disagreement")


def test_a_case_is_seen_where_the_policy_says(world: World) -> None:
    pk = world.records["case"]
    for relation, who in standing(world, CASED):
        found = queries.relations_to(who, pk)
        expected = policy.allows(who, Permission.CASE_SEE, found)
        assert cases.visible_to(who).filter(pk=pk).exists() is expected, ("queryset", relation, who.role)
        assert (pk in seen(CASE)) is expected, ("row security", relation, who.role)


def test_who_is_asked_to_lead_reads_the_handover_and_nothing_of_the_case(world: World) -> None:
    """The youth justice service is asked to lead: its managers know the child, answer, and read nothing written."""
    pk = world.records["case"]
    for role in ROLES:
        who = world.who(Relation.HOLDER, role)
        bind(who.membership_id)
        asked = role is Role.MANAGER
        assert queries.relations_to(who, pk) == {Relation.OFFERED_LEAD}
        assert not cases.visible_to(who).filter(pk=pk).exists(), ("queryset", role)
        assert cases.transfers_visible_to(who).filter(case_id=pk).exists() is asked, ("transfer", role)
        # The row is what their answer changes; no part of the case is open with it, nor what it was before.
        assert (pk in seen(CASE)) is asked, ("row security", role)
        assert pk not in seen("cases_historicalcase"), ("the past", role)
        assert _parts_of(pk) == [], ("parts", role)


def _parts_of(root_id: UUID) -> list[str]:
    """The tables of whatever a bare SELECT shows of a case, but its transfers and what a visitor must know."""
    shown = {"cases_transfer", "cases_historicaltransfer", "children_safetyalert", "children_historicalsafetyalert"}
    parts = [
        model._meta.db_table
        for model in our_models()
        if predicate(model) and "root_id" in {field.name for field in model._meta.fields}
    ]
    with connection.cursor() as cursor:
        found = []
        for table in parts:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE root_id = %s)", [root_id])
            found += [table] if cursor.fetchone()[0] and table not in shown else []
    return found


def test_a_case_says_nothing_to_those_who_stand_nowhere(world: World) -> None:
    for role in ROLES:
        who = world.who(Relation.NONE, role)
        bind(who.membership_id)
        assert _rows_about(set(world.records.values())) == [], role


@pytest.mark.parametrize("overlay", [overlay for overlay in OVERLAYS if overlay])
def test_a_conflict_or_a_seal_makes_everything_invisible_whatever_the_relation(world: World, overlay: str) -> None:
    roots = {pk for name, pk in world.records.items() if name.endswith(f"/{overlay}")}
    assert roots
    for _relation, who in standing(world, (*MOVING, *CASED, *CHALLENGED)):
        assert not seeing.visible_to(who).filter(pk__in=roots).exists()
        assert not disagreements.visible_to(who).filter(pk__in=roots).exists()
        assert not seeing.questions_visible_to(who).filter(pk__in=roots).exists()
        assert not cases.visible_to(who).filter(pk__in=roots).exists()
        assert not cases.transfers_visible_to(who).filter(pk__in=roots).exists()
        if who.works_with_children:
            assert _rows_about(roots) == [], (who.role, who.agency_name)


def _rows_about(roots: set[UUID]) -> list[str]:
    """The protected tables in which the running transaction sees a row of these roots, in one statement."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table} WHERE {of} = ANY (%(roots)s))"
        for table, of in _by_root()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, {"roots": list(roots)})
        return [table for (table,) in cursor.fetchall()]


# That a meeting takes place says nothing about any child: everybody of the partnership reads it (docs/adr/0043).
ABOUT_NO_CHILD = {"panels_panel", "panels_historicalpanel"}


def _by_root() -> Iterator[tuple[str, str]]:
    for model in our_models():
        if model._meta.db_table in ABOUT_NO_CHILD:
            continue
        if predicate(model) and model.table_class in (TableClass.ROOT, TableClass.PART):  # type: ignore[attr-defined]
            names = {field.name for field in model._meta.get_fields()}
            yield model._meta.db_table, "root_id" if "root_id" in names else "id"


def test_the_person_named_on_a_seal_sees_what_their_relation_opens(world: World) -> None:
    """A seal takes nothing from those it names."""
    pk = world.records["moving/sealed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id FROM access_named WHERE child_id = %s", [world.records["moving child/sealed"]])
        assert len(cursor.fetchall()) == 1
    for relation in (Relation.HOLDER, Relation.OFFERED):
        who = world.who(relation, Role.MANAGER)
        bind(who.membership_id)
        assert pk not in seen(REFERRAL)
