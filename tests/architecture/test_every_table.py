"""Every table as PostgreSQL describes it: declared, protected as declared, and owned by nobody who serves."""

import re

import pytest
from django.db import models

from backend.access.relations import Relation
from backend.access.row_security import (
    DISPOSAL,
    LIBRARY_TABLES,
    WEB,
    WORKER,
    addition,
    predicate,
    reached_by,
    table_class,
)
from backend.core.models import TableClass, Versioned
from tests.architecture.catalogue import models_by_table, rows, tracked_models

pytestmark = pytest.mark.django_db

SERVING = [WEB, WORKER, DISPOSAL]
# Columns of tables that only grow by which a row says who acted.
_NAMES_AN_ACTOR = re.compile(r"^(actor_.+|history_user_id|user_id|membership_id|agency_name|(\w+_)?by_(id|name))$")
_OVERLAYS = ("access_conflict", "access_named", "access_samechild")
PROTECTED = (TableClass.ROOT, TableClass.PART, TableClass.OWN)
# Free text in a table without a row policy, each with the reason why it holds no word about a child.
PLAIN_TEXT = {
    "administration_ending.reason": "why an agency has to end at once, asked for as being about the agency",
    "agencies_agency.what_it_does": "an agency's own description of itself",
    "access_shared.value": "counts and marks of tries, under keys that are hashes",
    "access_session.session_data": "Django's signed session: ids only",
}


def _tables() -> set[str]:
    return {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def _ours() -> dict[str, type[models.Model]]:
    return models_by_table()


def test_every_table_is_declared_by_a_model_or_listed_as_a_librarys() -> None:
    declared = set(_ours()) | set(LIBRARY_TABLES)
    unknown = {table for table in _tables() - declared if not table.startswith("procrastinate_")}
    assert unknown == set()


def test_every_model_of_ours_says_its_class_and_has_its_table() -> None:
    for model in _ours().values():
        assert isinstance(table_class(model), TableClass), model
    assert set(_ours()) <= _tables()


def test_there_is_no_view_that_would_go_round_the_policies() -> None:
    kinds = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    assert rows(f"{kinds} WHERE n.nspname IN ('public', 'app') AND c.relkind IN ('v', 'm', 'f')") == []


def test_every_protected_table_has_row_security_and_its_policies() -> None:
    enabled = {
        name: (on, forced)
        for name, on, forced in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind = 'r'"
        )
    }
    found: dict[str, set[tuple[str, str, str, bool, bool]]] = {}
    for table, role, kind, command, using, checked in rows(
        """SELECT tablename, array_to_string(roles, ','), permissive, cmd, qual IS NOT NULL, with_check IS NOT NULL
           FROM pg_policies WHERE schemaname = 'public'"""
    ):
        found.setdefault(table, set()).add((role, kind, command, using, checked))
    worker = (WORKER, "PERMISSIVE", "ALL", True, False)
    for table, model in _ours().items():
        if predicate(model) is None:
            assert found.get(table) is None, table
            assert enabled[table][0] is False, table
            continue
        assert enabled[table] == (True, False), f"{table}: row security must be enabled, and not forced on its owner"
        disposal = {(DISPOSAL, "PERMISSIVE", "ALL", True, False)} if reached_by(model) else set()
        assert found[table] == {*_policies(model), worker, *disposal}, table


def _policies(model: type[models.Model]) -> set[tuple[str, str, str, bool, bool]]:
    if getattr(model, "append_only", False):
        # Somebody may add to a log they cannot read: an agency that was asked answers, and its answer is an event.
        return {(WEB, "PERMISSIVE", "SELECT", True, False), (WEB, "PERMISSIVE", "INSERT", False, True)}
    limits = {(WEB, "RESTRICTIVE", "INSERT", False, True)} if hasattr(model, "adds_only") else set()
    return {(WEB, "PERMISSIVE", "ALL", True, addition(model) is not None), *limits}


def test_every_table_that_only_grows_says_who_may_add_to_it_and_in_whose_name() -> None:
    """A column that says who acted can be forged by whoever serves, unless `add_policy` compares it with the actor."""
    for table, model in _ours().items():
        if not getattr(model, "append_only", False):
            continue
        adds = addition(model) or ""
        where = f"{table}: say in {model.__name__}.add_policy who may add a row"
        if table_class(model) is TableClass.PART:
            assert re.search(
                r"app\.((writes_at|reads_root|sees_root)\((root_id|id)\)|writes_marked\(root_id, mark\))", adds
            ), f"{where} at which root"
        # A history's other columns are those of the row it copies.
        own = (
            ["history_user_id"] if hasattr(model, "instance_type") else [f.attname for f in model._meta.concrete_fields]
        )
        for column in own:
            if _NAMES_AN_ACTOR.search(column):
                assert column in adds, f"{where} and that {column} is the actor's (app.actor_user(), …)"


def test_every_root_part_and_own_table_has_a_predicate() -> None:
    assert [table for table, model in _ours().items() if table_class(model) in PROTECTED and not predicate(model)] == []


def test_every_part_names_its_root() -> None:
    for table, model in _ours().items():
        if table_class(model) is not TableClass.PART:
            continue
        names = {field.name for field in model._meta.get_fields()}
        assert "root_id" in names or (hasattr(model, "instance_type") and "id" in names), f"{table} has no root_id"


@pytest.mark.parametrize("role", SERVING)
def test_grants_are_what_the_model_declares(role: str) -> None:
    found: dict[str, set[str]] = {}
    for table, privilege in rows(
        """SELECT c.relname, a.privilege_type FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
           LATERAL aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
           WHERE n.nspname = 'public' AND c.relkind = 'r' AND r.rolname = %s
           UNION SELECT c.relname, a.privilege_type || ' (' || t.attname || ')' FROM pg_attribute t
           JOIN pg_class c ON c.oid = t.attrelid, LATERAL aclexplode(t.attacl) a JOIN pg_roles r ON r.oid = a.grantee
           WHERE r.rolname = %s""",
        role,
        role,
    ):
        found.setdefault(table, set()).add(privilege)
    for table, model in _ours().items():
        assert found.get(table, set()) == _declared(model, role), f"{role} on {table}"


def _declared(model: type[models.Model], role: str) -> set[str]:
    everything = "SELECT, INSERT, UPDATE, DELETE"
    if role == DISPOSAL:
        # Deletes what a confirmed order names (its policy), and reads by which key that is, nothing else.
        columns = reached_by(model)
        return {*(f"SELECT ({column})" for column in columns), *(["DELETE"] if columns else [])}
    if getattr(model, "append_only", False):
        granted = getattr(model, "web_grants" if role == WEB else "worker_grants", "SELECT, INSERT")
    elif table_class(model) is TableClass.REFERENCE:
        granted = getattr(model, "web_grants", "SELECT") if role == WEB else "SELECT"
    else:
        granted = getattr(model, "web_grants" if role == WEB else "worker_grants", everything)
    return {re.sub(r"\s+", " ", one.strip()) for one in granted.split(",")}


def test_append_only_tables_cannot_be_changed_or_emptied_by_who_serves() -> None:
    append_only = [table for table, model in _ours().items() if getattr(model, "append_only", False)]
    assert {"audit_event", "audit_accesslog"} <= set(append_only)
    for table in append_only:
        for role in SERVING:
            # A child's events and histories go with it, by the login that can do nothing else (retention).
            goes = role == DISPOSAL and bool(reached_by(_ours()[table]))
            for privilege in ("UPDATE", "TRUNCATE", *([] if goes else ["DELETE"])):
                assert rows("SELECT has_table_privilege(%s, %s, %s)", role, table, privilege) == [(False,)], (
                    table,
                    role,
                )
            assert rows("SELECT has_any_column_privilege(%s, %s, 'UPDATE')", role, table) == [(False,)], (table, role)


def test_nobody_who_serves_may_truncate_or_reference_or_trigger_anything() -> None:
    for table in _tables():
        for role in SERVING:
            for privilege in ("TRUNCATE", "REFERENCES", "TRIGGER"):
                assert rows("SELECT has_table_privilege(%s, %s, %s)", role, table, privilege) == [(False,)], (
                    table,
                    role,
                )


def test_the_projection_is_only_read_by_the_web_role() -> None:
    for table in ("access_involvement", "access_link", "access_scope", *_OVERLAYS):
        assert rows("SELECT has_table_privilege(%s, %s, 'INSERT, UPDATE, DELETE')", WEB, table) == [(False,)], table
    for name in ("app.involve", "app.uninvolve", "app.keep_same_child"):
        for role in SERVING:
            allowed = rows(
                "SELECT has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc WHERE oid = %s::regproc", role, name
            )
            assert allowed == [(False,)], (name, role)


def test_public_has_no_right_on_any_table_function_or_schema_of_ours() -> None:
    acl = (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL aclexplode(c.relacl) a"
    )
    assert rows(f"{acl} WHERE n.nspname IN ('public', 'app') AND a.grantee = 0") == []
    functions = rows(
        """SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'app' AND has_function_privilege('public', p.oid, 'EXECUTE')"""
    )
    assert functions == []
    for role in ("public", *SERVING):
        for schema in ("public", "app"):
            assert rows("SELECT has_schema_privilege(%s, %s, 'CREATE')", role, schema) == [(False,)], (role, schema)


def test_functions_that_act_as_their_owner_fix_their_search_path() -> None:
    loose = rows(
        """SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname IN ('app', 'public') AND p.prosecdef
             AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%%pg_temp')"""
    )
    assert loose == []


def test_who_serves_owns_nothing_and_stands_below_row_security() -> None:
    for role in SERVING:
        found = rows(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = %s",
            role,
        )
        assert found == [(False, False, False, False, False)], role
        owned = rows(
            "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = %s)", role
        )
        assert owned == [], role
        member = rows(
            "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
            " JOIN pg_roles u ON u.oid = m.member"
            " WHERE u.rolname = %s",
            role,
        )
        assert member == [], f"{role} may become {member}"


def test_every_tracked_record_has_a_history_that_can_only_grow() -> None:
    ours = _ours()
    assert tracked_models()
    for model in tracked_models():
        assert hasattr(model, "history"), f"{model.__name__} has versions but no history"
        history = model.history.model
        assert ours[history._meta.db_table] is history
        assert history.append_only, model
        assert table_class(history) is TableClass.PART
        assert predicate(history), model
        assert "event_id" in {field.name for field in history._meta.get_fields()}


def test_only_tracked_records_have_a_history() -> None:
    for model in _ours().values():
        if hasattr(model, "history"):
            assert issubclass(model, Versioned), f"{model.__name__} keeps history but nobody counts its versions"


def test_every_stored_state_is_closed_by_a_check_constraint() -> None:
    for model in tracked_models():
        labels = getattr(model, "LABELS", None)
        if labels is None:
            continue
        text = " ".join(
            check
            for (check,) in rows(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
                model._meta.db_table,
            )
        )
        assert [state for state in labels if f"'{state}'" not in text] == [], model.__name__


def test_a_table_without_a_policy_holds_no_free_text() -> None:
    found = set()
    for table, model in _ours().items():
        if predicate(model) is None:
            found |= {
                f"{table}.{field.name}" for field in model._meta.get_fields() if isinstance(field, models.TextField)
            }
    assert found == set(PLAIN_TEXT), "give it a row policy, or say here why its words are about no child"


def test_every_relation_that_opens_anything_is_written_by_some_trigger() -> None:
    bodies = " ".join(
        body
        for (body,) in rows(
            """SELECT p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"""
        )
    )
    scoped = {relation for (relation,) in rows("SELECT DISTINCT relation FROM access_scope")}
    written = {relation for relation in Relation if f"'{relation.value}'" in bodies}
    assert "app.involve(" in bodies
    # These are written by app.uninvolve when another relation ends.
    assert scoped - {relation.value for relation in written} <= {Relation.FORMER.value, Relation.FORMER_WORKER.value}
