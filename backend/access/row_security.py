"""Generates and applies grants and row policies from what each model declares; run by the owner after migrations."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.apps import apps
from django.db import models

from backend.access import marks, policy
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.core.models import TableClass
from backend.core.postgresql.changing_tables import statements_of

WEB, WORKER, DISPOSAL = "alongside_web", "alongside_worker", "alongside_disposal"
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_AT_ROOT = "app.writes_at({root})"
# What the disposal login calls, and nobody else (backend/retention/sql).
_DISPOSES = ("app.begin_disposal", "app.end_disposal", "app.files_gone")
# What only triggers and functions of the owner's may call.
_OWNERS = (
    "app.involve",
    "app.uninvolve",
    "app.nobody_names",
    "app.name_after_death",
    "app.keep_same_child",
    "app.open_passage",
    "app.work_of",
    "app.said_otherwise",
    "app.bars",
    "app.roots_about",
    "app.references_of",
    "app.everything_about",
    *_DISPOSES,
    "app.records_shared",
    "app.sealed_at",
    "app.named_readers",
    "app.agreed_as_said",
)
# A new function is everybody's; at the end of the step that makes it, it is whose it is to be.
_FUNCTIONS = f"""DO $$ DECLARE f regprocedure; BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'app'::regnamespace AND proacl IS NULL LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        IF split_part(f::text, '(', 1) <> ALL ('{{{",".join(_OWNERS)}}}') THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {WEB}, {WORKER}', f);
        END IF;
    END LOOP; END $$"""  # noqa: S608 - our own names
# By which columns a row names what it is about, where it is one that goes when a child's records are deleted.
_LEADS_TO_A_CHILD = ("root_id", "child_id", "canonical_id", "other_id", "into_id", "one_case_id", "other_case_id")

# Tables of libraries, declared here because their models are not ours to mark.
LIBRARY_TABLES: Mapping[str, str] = {
    "django_content_type": "SELECT",
    "auth_permission": "SELECT",
    "auth_group": "SELECT",
    "auth_group_permissions": "SELECT",
    "account_emailaddress": _ALL,
    "account_emailconfirmation": _ALL,
    "mfa_authenticator": _ALL,
    "django_migrations": "SELECT",
    "django_site": "SELECT",
}


def our_models() -> Iterator[type[models.Model]]:
    """Yield every concrete model of ours, history tables included, in the order of the ladder (installed apps)."""
    for config in apps.get_app_configs():
        if config.name.startswith("backend."):
            for model in config.get_models(include_auto_created=True):
                if model._meta.managed and not model._meta.proxy:
                    yield model


def table_class(model: type[models.Model]) -> TableClass:
    """Return how a table is protected; raise TypeError for a model that does not say."""
    declared = getattr(model, "table_class", None)
    if declared is None:
        raise TypeError(f"{model.__name__} does not declare its table_class")
    return TableClass(declared)


def predicate(model: type[models.Model]) -> str | None:
    """Return the row policy of a table as SQL, or None where it has none."""
    own = getattr(model, "policy", None)
    if own:
        return str(own)
    if table_class(model) is TableClass.PART:
        return "app.sees_root(root_id)"
    if table_class(model) in (TableClass.ROOT, TableClass.OWN):
        raise TypeError(f"{model.__name__} is {table_class(model)} and must say its policy")
    return None


def addition(model: type[models.Model]) -> str | None:
    """Return who may add a row, as SQL, where that is not who sees it; None where seeing decides.

    `add_policy` on the model says it: for an append-only table on its own, for others beside the row policy. An
    append-only table that says nothing takes what somebody writes who stands at the root; `{root}` is its column.
    What `adds_only` says must be true of every row that is added besides.
    """
    declared = getattr(model, "add_policy", None)
    if getattr(model, "append_only", False):
        return str(declared or _AT_ROOT).replace("{root}", root_column(model))
    return f"({predicate(model)}) OR ({declared})" if declared else None


def root_column(model: type[models.Model]) -> str:
    """Return the column by which a row names its root: its own key where it is a root, or the history of one."""
    return "root_id" if "root_id" in {field.name for field in model._meta.get_fields()} else "id"


def reached_by(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns by which a row is found when all that is about a child is deleted (retention); none: never.

    Only tables with a row policy: in any other one the disposal login could not be held to the child of its order.
    """
    if predicate(model) is None:
        return ()
    columns = [field.column for field in model._meta.concrete_fields]
    found = [column for column in _LEADS_TO_A_CHILD if column in columns]
    record = getattr(model, "instance_type", model)
    is_of_root = table_class(record) is TableClass.ROOT or (record is not model and "root_id" not in columns)
    return (*found, "id") if found and is_of_root else tuple(found)


def steps() -> Iterator[list[str]]:
    """Yield the whole security of the database as idempotent SQL, in the order it must run.

    Each step is to be one transaction: it takes the locks of few tables, and leaves each of them as it was or as it is
    to be. What is new is nobody's until its step.
    """
    for config in apps.get_app_configs():
        if config.name.startswith("backend."):
            for path in sorted(Path(config.path).glob("sql/*.sql")):
                yield [*statements_of(path.read_text(encoding="utf-8")), _FUNCTIONS]
    yield [*_writes_at(), _FUNCTIONS]
    yield [
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO {WEB}, {WORKER}",
        f"REVOKE EXECUTE ON FUNCTION {', '.join(_OWNERS)} FROM {WEB}, {WORKER}",
        # What is asked of whoever deletes.
        f"GRANT EXECUTE ON FUNCTION app.is_disposal, app.is_owner_of_demo TO {DISPOSAL}",
        f"GRANT EXECUTE ON FUNCTION app.disposing, {', '.join(_DISPOSES)} TO {DISPOSAL}",
    ]
    yield [*_scope()]
    for model in our_models():
        yield [*_table(model), *_disposal(model)]
    yield [*_library_tables(), f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {WEB}, {WORKER}"]


def _writes_at() -> Iterator[str]:
    """Yield the functions that say who keeps a root, and who may add events and history at it.

    A root that nobody stands in a relation to, such as a service of the directory, is kept by whom the model's
    `adds_at` names, a condition on the row itself; whoever stands in a relation to a root writes at it too. So does
    whoever answers for work at it: `answered_by` is a condition on a part of the root, among those the actor sees.
    """
    kept = [
        f"EXISTS (SELECT 1 FROM {model._meta.db_table} WHERE id = $1 AND ({model.adds_at}))"  # noqa: S608 - our own words
        for model in our_models()
        if hasattr(model, "adds_at")
    ]
    answered = [
        f"EXISTS (SELECT 1 FROM {model._meta.db_table} WHERE root_id = $1 AND ({model.answered_by}))"  # noqa: S608 - our own words
        for model in our_models()
        if hasattr(model, "answered_by")
    ]
    for name, words in (("keeps", kept), ("writes_at", ["app.stands_at($1)", *kept, *answered])):
        yield f"""CREATE OR REPLACE FUNCTION app.{name}(root uuid) RETURNS boolean LANGUAGE sql STABLE
                  SET search_path = public, pg_temp AS $$ SELECT {" OR ".join(words)} $$"""


def _table(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    web, worker = _grants(model)
    yield f"REVOKE ALL ON {table} FROM {WEB}, {WORKER}, {DISPOSAL}"
    yield f"GRANT {web} ON {table} TO {WEB}"
    yield f"GRANT {worker} ON {table} TO {WORKER}"
    if getattr(model, "append_only", False):
        yield from _only_grows(model)
    rule = predicate(model)
    if rule is None:
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        return
    job = getattr(model, "job_policy", "app.job() IS NOT NULL")
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS see ON {table}"
    yield f"DROP POLICY IF EXISTS add ON {table}"
    adds = addition(model)
    if getattr(model, "append_only", False):
        # Somebody may add to a log they cannot read: an agency that was asked answers, and its answer is an event.
        yield f"CREATE POLICY see ON {table} FOR SELECT TO {WEB} USING ({rule})"
        yield f"CREATE POLICY add ON {table} FOR INSERT TO {WEB} WITH CHECK ({adds})"
    else:
        yield f"CREATE POLICY see ON {table} TO {WEB} USING ({rule})" + (f" WITH CHECK ({adds})" if adds else "")
    yield f"DROP POLICY IF EXISTS adds_only ON {table}"
    limit = getattr(model, "adds_only", None)
    if limit:
        # Beside whatever else lets a row be added, and in no way of it.
        yield f"CREATE POLICY adds_only ON {table} AS RESTRICTIVE FOR INSERT TO {WEB} WITH CHECK ({limit})"
    yield f"DROP POLICY IF EXISTS work ON {table}"
    # In somebody's name the worker sees what they see: what it makes for them holds nothing that is not theirs.
    work = f"CASE WHEN (SELECT app.membership()) IS NULL THEN {job} ELSE {rule} END"
    yield f"CREATE POLICY work ON {table} TO {WORKER} USING ({work})"


def _only_grows(model: type[models.Model]) -> Iterator[str]:
    """Yield the triggers that keep a table from its owner too; what is about a child goes when it is disposed of."""
    table, columns = model._meta.db_table, reached_by(model)
    # What follows the record it speaks of is changed by that record's trigger, and by nothing else.
    follows = getattr(model, "follows", ())
    stands = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in follows)
    yield f"""CREATE OR REPLACE TRIGGER only_grows BEFORE UPDATE OF {stands} OR DELETE OR TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION app.only_grows('{"disposable" if columns else "kept"}')"""
    if follows:
        yield f"""CREATE OR REPLACE TRIGGER only_follows BEFORE UPDATE OF {", ".join(follows)} ON {table}
                  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION app.only_grows('kept')"""
    if columns:
        named = ", ".join(f"'{column}'" for column in columns)
        yield f"""CREATE OR REPLACE TRIGGER is_disposed_of BEFORE DELETE ON {table}
                  FOR EACH ROW EXECUTE FUNCTION app.is_disposed_of({named})"""


def _disposal(model: type[models.Model]) -> Iterator[str]:
    """Yield what lets the disposal login delete a child's rows inside a confirmed order, and read nothing of them."""
    table, columns = model._meta.db_table, reached_by(model)
    yield f"DROP POLICY IF EXISTS dispose ON {table}"
    if columns:
        yield f"GRANT SELECT ({', '.join(columns)}), DELETE ON {table} TO {DISPOSAL}"
        reached = " OR ".join(f"app.disposing({column})" for column in columns)
        yield f"CREATE POLICY dispose ON {table} TO {DISPOSAL} USING ({reached})"


def _grants(model: type[models.Model]) -> tuple[str, str]:
    if getattr(model, "append_only", False):
        return getattr(model, "web_grants", "SELECT, INSERT"), getattr(model, "worker_grants", "SELECT, INSERT")
    if table_class(model) is TableClass.REFERENCE:
        return getattr(model, "web_grants", "SELECT"), "SELECT"
    return getattr(model, "web_grants", _ALL), getattr(model, "worker_grants", _ALL)


def _library_tables() -> Iterator[str]:
    for table, granted in LIBRARY_TABLES.items():
        for role in (WEB, WORKER):
            yield f"""DO $$ BEGIN IF to_regclass('public.{table}') IS NOT NULL THEN
                      EXECUTE 'GRANT {granted} ON {table} TO {role}'; END IF; END $$"""
    yield f"""DO $$ DECLARE t record; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'procrastinate\\_%' LOOP
            EXECUTE format('GRANT {_ALL} ON %I TO {WORKER}', t.tablename);
            EXECUTE format('GRANT SELECT, INSERT ON %I TO {WEB}', t.tablename);
        END LOOP; END $$"""  # noqa: S608 - our own names


# What a pair of role and relation opens: the columns of access_scope, each with the permissions it stands for.
SCOPES: Mapping[str, tuple[policy.Permission, ...]] = {
    "sees_root": policy.SEES_ROOT,
    "reads_text": policy.READS_TEXT,
    "reads_plan": policy.READS_PLAN,
    "reads_concerns": policy.READS_CONCERNS,
    "sees_child": policy.SEES_CHILD,
    "sees_transfer": policy.SEES_TRANSFER,
    "reads_summary": policy.READS_SUMMARY,
    "does_something": policy.DOES_SOMETHING,
    "hears_item": policy.HEARS_ITEM,
}


def scope_rows() -> list[tuple[str, str, tuple[bool, ...]]]:
    """Return (role, relation, what it opens in the order of SCOPES) for every pair that opens anything."""
    rows = []
    for role in Role:
        opened = [policy.relations_that(permissions, role) for permissions in SCOPES.values()]
        rows += [
            (role.value, relation.value, tuple(relation in relations for relations in opened))
            for relation in Relation
            if any(relation in relations for relations in opened)
        ]
    return rows


def _scope() -> Iterator[str]:
    yield "DELETE FROM access_scope"
    values = ", ".join(
        f"('{role}', '{relation}', {', '.join(map(str, opens))})" for role, relation, opens in scope_rows()
    )
    columns = ", ".join(("role", "relation", *SCOPES))
    yield f"INSERT INTO access_scope ({columns}) VALUES {values}"  # noqa: S608 - values are our own enums
    yield "DELETE FROM access_markscope"
    marked = ", ".join(
        f"('{mark}', '{role}', '{relation}', '{{{','.join(kinds)}}}', {sets})"
        for mark, role, relation, kinds, sets in marks.scope_rows()
    )
    yield f"INSERT INTO access_markscope (mark, role, relation, kinds, sets) VALUES {marked}"  # noqa: S608 - our own enums
