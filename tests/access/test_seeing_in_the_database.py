"""What the database keeps by itself: nobody bound sees anything, and no login writes past its policies."""

from itertools import product

import pytest
from django.db import DatabaseError, connection, connections, transaction

from backend.access.binding import bind
from backend.access.relations import Relation
from backend.access.row_security import our_models, predicate
from backend.agencies.roles import Role
from backend.children.models import Child
from backend.referrals.models import Referral
from backend.referrals.queries import seeing
from tests.access.standing import CASE, CHILD, REFERRAL, ROLES, STATEMENT, standing
from tests.actors import seen
from tests.world import CASED, MOVING, World

pytestmark = pytest.mark.django_db


def test_nobody_bound_sees_nothing_in_any_protected_table(world: World) -> None:
    bind(None)
    for model in our_models():
        if predicate(model):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
                assert cursor.fetchone()[0] == 0, model


@pytest.mark.parametrize("value", ["", "0198c0de-0000-7000-8000-000000000000"])
def test_somebody_who_is_no_member_sees_nothing(world: World, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.membership', %s, true), set_config('app.job', '', true)", [value])
    for table in (REFERRAL, CHILD, CASE, STATEMENT, "audit_event"):
        assert seen(table) == set()


def test_the_web_login_is_not_the_worker_whatever_it_says(world: World) -> None:
    """A job bound on the web login opens nothing: the worker's policies are for the worker's login."""
    bind(None, job="anything")
    for table in (REFERRAL, CHILD, CASE, STATEMENT, "audit_event", "drafts_draft"):
        assert seen(table) == set()


def test_a_command_that_forgot_visible_to_still_finds_nothing_of_others(world: World) -> None:
    """The Python side opened on purpose: `objects.all()` in place of `visible_to`."""
    closed = [world.records[f"{name}/{overlay}"] for name in ("moving", "cased") for overlay in ("conflict", "sealed")]
    for relation, role in product((*MOVING, *CASED), ROLES):
        who = world.who(relation, role)
        bind(who.membership_id)
        assert not Referral.objects.filter(pk__in=closed).exists(), (relation, role)
        if relation is Relation.NONE:
            assert not Referral.objects.exists()
            assert not Child.objects.exists()


def test_a_draft_is_its_authors_alone(world: World) -> None:
    pk = world.records["state:draft"]
    for relation, who in standing(world, MOVING):
        expected = relation is Relation.CREATOR and who.works_with_children
        assert seeing.visible_to(who).filter(pk=pk).exists() is expected, (relation, who.role)
        assert (pk in seen(REFERRAL)) is expected, (relation, who.role)


def test_every_state_is_seen_by_who_referred_and_who_holds(world: World) -> None:
    for state, pk in world.states().items():
        sent = state not in (Referral.DRAFT, Referral.WITHDRAWN)
        # After a death only named people see it, and whoever referred is not among them (ADR 38).
        rests = state == Referral.CLOSED
        for relation, role in ((Relation.CREATOR, Role.PRACTITIONER), (Relation.REFERRER, Role.MANAGER)):
            bind(world.who(relation, role).membership_id)
            assert (pk in seen(REFERRAL)) is (not rests and (sent or relation is Relation.CREATOR)), (state, relation)


# --- The projection --------------------------------------------------------------------------------------------------

# What the tables that own the truth say should hold now: (root, relation, agency, team, person).
REBUILT = """
WITH sent AS (SELECT * FROM referrals_referral WHERE submitted_at IS NOT NULL)
SELECT id, 'CREATOR', referrer_agency_id, NULL::uuid, created_by_id FROM referrals_referral
UNION ALL SELECT id, 'REFERRER', referrer_agency_id, NULL, NULL FROM sent
UNION ALL SELECT id, 'HOLDER', holder_id, NULL, NULL FROM sent
UNION ALL SELECT root_id, 'OFFERED', to_agency_id, NULL, NULL FROM referrals_offer WHERE state = 'open'
UNION ALL SELECT l.id, 'LINKED', t.holder_id, NULL, NULL FROM sent l JOIN sent t ON t.id = l.linked_to_id
           WHERE l.state = 'linked' AND (t.ended_at IS NULL OR t.case_id IS NOT NULL)
UNION ALL SELECT root_id, 'OFFERED_LEAD', to_agency_id, NULL, NULL FROM cases_transfer WHERE state = 'proposed'
UNION ALL SELECT root_id, 'ASKED', asked_agency_id, NULL, NULL FROM referrals_informationrequest
           WHERE access_until IS NULL OR access_until > now()
UNION ALL SELECT root_id, 'OWNER', owner_agency_id, NULL, owner_id FROM cases_task
UNION ALL SELECT root_id, 'TEAM', person_agency_id, NULL, person_id FROM cases_teammember
           WHERE is_partner AND state = 'on'
UNION ALL SELECT root_id, 'OWNER', owner_agency_id, NULL, owner_id FROM cases_action
UNION ALL SELECT id, 'HOLDER', agency_id, NULL, NULL FROM matching_casechoice
UNION ALL SELECT id, 'LEAD', first_lead_id, NULL, NULL FROM matching_casechoice
UNION ALL SELECT id, 'LEAD', second_lead_id, NULL, NULL FROM matching_casechoice WHERE second_lead_id <> first_lead_id
UNION ALL SELECT id, 'KEEPER', kept_by_id, NULL, NULL FROM directory_service
UNION ALL SELECT id, 'KEEPER', kept_by_id, NULL, NULL FROM configuration_version
UNION ALL SELECT id, 'LEAD', lead_agency_id, NULL, NULL FROM cases_case
UNION ALL SELECT id, 'UNIT', NULL, team_id, NULL FROM cases_case WHERE team_id IS NOT NULL
UNION ALL SELECT c.id, 'CREATOR', m.agency_id, NULL, m.user_id
            FROM cases_case c JOIN agencies_membership m ON m.id = c.opened_as_id
UNION ALL SELECT c.id, 'CREATOR', m.agency_id, NULL, m.user_id
            FROM children_child c JOIN agencies_membership m ON m.id = c.recorded_as_id
UNION ALL SELECT past.root_id, 'TRIAGING', r.holder_id, NULL, NULL FROM sent r CROSS JOIN LATERAL app.past_of(r.id) past
           WHERE r.state <> 'entered_in_error' AND (r.ended_at IS NULL OR app.after_working_days(r.ended_at, 5) > now())
UNION ALL SELECT id, 'PROVIDER', provider_agency_id, NULL, NULL FROM interventions_intervention
           WHERE offered_at IS NOT NULL
             AND (provider_until IS NULL OR (ended_at IS NOT NULL AND provider_until > ended_at))
UNION ALL SELECT id, 'DISAGREEING', raising_agency_id, NULL, NULL FROM disagreements_disagreement
UNION ALL SELECT id, 'ANSWERING', owner_agency_id, NULL, NULL FROM disagreements_disagreement
UNION ALL SELECT about_id, 'DISAGREEING', raising_agency_id, NULL, NULL FROM disagreements_disagreement
           WHERE ended_at IS NULL
UNION ALL SELECT about_id, 'ANSWERING', owner_agency_id, NULL, NULL FROM disagreements_disagreement
           WHERE ended_at IS NULL
UNION ALL SELECT id, 'KEEPER', chair_agency_id, NULL, NULL FROM panels_panel
UNION ALL SELECT id, 'KEEPER', agency_id, NULL, NULL FROM voices_saying
UNION ALL SELECT id, 'CREATOR', agency_id, NULL, recorded_by_id FROM voices_saying
UNION ALL SELECT id, 'KEEPER', agency_id, NULL, NULL FROM retention_hold
UNION ALL SELECT i.id, 'CHAIRING', i.chair_agency_id, NULL, NULL
            FROM panels_panelitem i JOIN panels_panel p ON p.id = i.panel_id
           WHERE i.taken_off_at IS NULL AND p.ended_at IS NULL AND i.open_until > now()
UNION ALL SELECT n.root_id, 'INVITED', n.agency_id, NULL, NULL FROM panels_invitation n
            JOIN panels_panelitem i ON i.id = n.root_id JOIN panels_panel p ON p.id = i.panel_id
           WHERE n.ended_at IS NULL AND i.taken_off_at IS NULL AND p.ended_at IS NULL AND n.open_until > now()
"""


def _rows(statement: str) -> list[str]:
    """What the owner reads, in an order of its own."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return sorted(map(str, cursor.fetchall()))


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_projection_is_what_the_tables_that_own_the_truth_say(world: World) -> None:
    assert _rows(REBUILT) == _rows(
        """SELECT root_id, relation, agency_id, team_id, user_id FROM access_involvement
           WHERE relation NOT IN ('FORMER', 'FORMER_WORKER', 'WORKER') AND (ends_at IS NULL OR ends_at > now())"""
    )


@pytest.mark.django_db(databases=["default", "owner"])
def test_workers_are_who_leads_a_case_and_colleagues_named_to_it(world: World) -> None:
    assert _rows(
        """SELECT root_id, user_id FROM access_involvement
           WHERE relation = 'WORKER' AND (ends_at IS NULL OR ends_at > now())"""
    ) == _rows(
        """SELECT id, lead_practitioner_id FROM cases_case WHERE lead_practitioner_id IS NOT NULL
           UNION ALL SELECT root_id, person_id FROM cases_teammember WHERE NOT is_partner AND state = 'on'"""
    )


@pytest.mark.django_db(databases=["default", "owner"])
def test_records_hang_on_the_cases_they_belong_to(world: World) -> None:
    assert _rows("SELECT root_id, parent_id FROM access_link") == _rows(
        """SELECT id, case_id FROM referrals_referral WHERE case_id IS NOT NULL
           UNION ALL SELECT id, case_id FROM interventions_intervention
           UNION ALL SELECT id, case_id FROM panels_panelitem
           UNION ALL SELECT id, joined_into_id FROM cases_case WHERE joined_into_id IS NOT NULL"""
    )


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_referral_names_another_lead_or_another_child_than_its_case_and_its_rows(world: World) -> None:
    led_otherwise = """SELECT r.id FROM referrals_referral r LEFT JOIN cases_case c ON c.id = r.case_id
                       WHERE r.lead_agency_id IS DISTINCT FROM c.lead_agency_id"""
    astray = """SELECT r.id FROM access_involvement i JOIN referrals_referral r ON r.id = i.root_id
                WHERE i.child_id IS DISTINCT FROM r.child_id"""
    assert (_rows(led_otherwise), _rows(astray)) == ([], [])


FORBIDDEN_WRITES = [
    """INSERT INTO access_involvement (root_id, relation, former_kind, agency_id, source_id, starts_at)
       SELECT id, 'HOLDER', '', holder_id, id, now() FROM referrals_referral""",
    "UPDATE access_involvement SET ends_at = now()",
    "DELETE FROM access_involvement",
    "UPDATE access_scope SET sees_root = true",
    "INSERT INTO access_link SELECT id, id FROM referrals_referral",
    "DELETE FROM access_conflict",
    "DELETE FROM access_named",
    "SELECT app.involve(gen_random_uuid(), gen_random_uuid(), NULL, 'HOLDER', gen_random_uuid(), NULL, NULL)",
    "SELECT app.uninvolve(gen_random_uuid(), 'HOLDER')",
    "UPDATE audit_event SET reason = ''",
    "DELETE FROM audit_event",
    "UPDATE audit_accesslog SET status = 200",
    "DELETE FROM audit_accesslog",
    "SELECT * FROM audit_accesslog",
    "UPDATE referrals_historicalreferral SET state = 'triage'",
    "DELETE FROM referrals_historicalreferral",
    "UPDATE referrals_statement SET text = ''",
    "DELETE FROM referrals_statement",
    "UPDATE referrals_decision SET rationale = ''",
    "UPDATE sharing_disclosure SET purpose = ''",
    "UPDATE agencies_membership SET role = 'manager'",
    "INSERT INTO agencies_membership SELECT * FROM agencies_membership",
    "SELECT * FROM notifications_outbox",
    "TRUNCATE referrals_referral CASCADE",
    "ALTER TABLE referrals_referral DISABLE ROW LEVEL SECURITY",
    "DROP POLICY see ON referrals_referral",
    "SET ROLE alongside_owner",
    "SET SESSION AUTHORIZATION alongside_owner",
    "CREATE FUNCTION public.evil() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "COPY referrals_referral TO PROGRAM 'cat'",
]


@pytest.mark.parametrize("statement", FORBIDDEN_WRITES)
def test_what_the_web_login_may_not_do_the_database_refuses(world: World, statement: str) -> None:
    bind(world.who(Relation.HOLDER, Role.MANAGER).membership_id)
    refused = "permission denied|must be owner|must be superuser"
    with pytest.raises(DatabaseError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_row_security_cannot_be_switched_off_in_the_session(world: World) -> None:
    """`SET row_security = off` makes PostgreSQL refuse rather than show."""
    bind(None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(DatabaseError, match="row-level security"):
            cursor.execute(f"SELECT * FROM {REFERRAL}")
        transaction.set_rollback(True)


def test_a_referral_cannot_be_written_for_another_agency_behind_the_commands(world: World) -> None:
    """A forged INSERT or UPDATE must pass the same policy as a read."""
    who = world.who(Relation.NONE, Role.MANAGER)
    bind(who.membership_id)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {REFERRAL} SET level_believed = 'complex'")
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM {REFERRAL}")
        assert cursor.rowcount == 0
    holder = world.who(Relation.HOLDER, Role.MANAGER)
    bind(holder.membership_id)
    forged = f"UPDATE {CHILD} SET recorded_as_id = gen_random_uuid(), id = gen_random_uuid()"
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)
