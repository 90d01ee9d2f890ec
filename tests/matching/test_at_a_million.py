"""No search for a child reads a table from end to end: every way in is by an index, as one goes among a million."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.children.match_keys import Described, keys_of
from backend.children.models import Child
from backend.operations.postgres import roles
from backend.referrals.models import Referral
from tests import databases
from tests.cases.conftest import World
from tests.restoring import Fresh

# As many as there are agencies and people, however many children; conflicts and seals are rare and read as a whole.
SMALL = {
    "agencies_agency",
    "agencies_membership",
    "agencies_partnership",
    "agencies_team",
    "agencies_user",
    "access_conflict",
    "access_named",
    "access_scope",
}
# A whole partnership by its index is a whole table in disguise.
NO_CHOICE = ("(partnership_id = ", "(state = ", "(relation = ")
_BIND = """SELECT set_config('app.membership', %s, true), set_config('app.job', %s, true),
                  set_config('app.moment', clock_timestamp()::text, true)"""
# The planner multiplies the pages a table has by the rows it was told are on a page.
_MANY = """UPDATE pg_class SET relpages = 1, reltuples = CASE WHEN relname = ANY (%s) THEN 50 ELSE 1000000 END
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""
_EMPTY = "c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND pg_relation_size(c.oid) = 0"
_BARE = f"""SELECT format('ALTER TABLE %I DROP CONSTRAINT IF EXISTS %I CASCADE', c.relname, k.conname)
    FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('c', 'p') WHERE {_EMPTY}
    UNION ALL SELECT format('ALTER TABLE %I ALTER COLUMN %I DROP NOT NULL', c.relname, a.attname)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnotnull AND a.attidentity = '' AND a.attnum > 0
   WHERE {_EMPTY}"""
_ROW = f"SELECT format('INSERT INTO %I DEFAULT VALUES', c.relname) FROM pg_class c WHERE {_EMPTY}"
KNOWN: Mapping[str, Any] = {
    "given_name": "Amina",
    "family_name": "Example",
    "date_of_birth": date(2012, 5, 4),
    "nhs_number": "9990000123",
    "upn": "A123456789012",
    "postcode": "B99 1AA",
    "phones": ["+447700900123"],
    "household": ["fadumoexample"],
    "other_postcodes": ["B98 2ZZ"],
    "other_numbers": ["upn B123456789012", "youth_justice YJ1"],
}
KEYS = keys_of(Described(**KNOWN))
KINDS = sorted({key.split(" ")[0] for key in KEYS})


@dataclass(frozen=True)
class Known:
    """A child and the other records that may be the same."""

    child: Child
    others: list[UUID]


@dataclass
class Planner:
    """A session of the server's superuser that serves as the web role does, and is told every plan carried out."""

    session: psycopg.Connection[Any]
    plans: list[Mapping[str, Any]] = field(default_factory=list)

    def ask(self, who: Actor | None, call: str, *given: Any) -> list[tuple[Any, ...]]:
        """Ask as somebody, as the worker for nobody; return the rows and keep the plans."""
        job, membership = ("", str(who.membership_id)) if who else ("a test", "")
        # Its transaction is older than the records it asks about.
        self.session.execute(_BIND, [membership, job])
        self.plans.clear()
        return self.session.execute(f"SELECT * FROM app.{call}", given).fetchall()

    def told(self, notice: psycopg.errors.Diagnostic) -> None:
        """Keep the plan that a notice tells."""
        _took, found, plan = (notice.message_primary or "").partition("plan:\n")
        if found:
            self.plans.append(json.loads(plan)["Plan"])

    def indexes(self) -> set[str]:
        """The indexes by which the last question went."""
        return {node["Index Name"] for plan in self.plans for node in nodes(plan) if "Index Name" in node}

    def unbounded(self) -> list[str]:
        """What the last question read without a condition that an index serves."""
        return [said for plan in self.plans for node in nodes(plan) if (said := reads_all(node))]


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def reads_all(node: Mapping[str, Any]) -> str:
    """Say what a node of a plan reads as a whole; nothing where an index picks the rows."""
    kind, table, wanted = node["Node Type"], node.get("Relation Name"), node.get("Index Cond", "")
    if kind == "Seq Scan" and table not in SMALL:
        return f"{table} from end to end"
    if (
        "Index" in kind
        and table not in SMALL
        and (not wanted or (wanted.startswith(NO_CHOICE) and " AND " not in wanted))
    ):
        return f"{node['Index Name']} from end to end: {wanted or 'no condition'}"
    return ""


@pytest.fixture(autouse=True)
def _unused(own_database: Fresh) -> None:
    """Indexes as the template has them: what earlier tests wrote and was put back has made some of them longer."""
    own_database.anew()


@pytest.fixture
def planner(transactional_db: None) -> Iterator[Planner]:
    """The planner of a city of a million: every table but the few small ones is said to have as many rows."""
    url = databases.server().url(database=connection.settings_dict["NAME"])
    with psycopg.connect(url) as session:
        give_a_page_each(session)
    with psycopg.connect(url) as session:
        found = Planner(session)
        session.add_notice_handler(found.told)
        session.execute(_MANY, [list(SMALL)])
        session.execute("LOAD 'auto_explain'")
        told = {"log_min_duration": "0", "log_nested_statements": "on", "log_format": "json", "log_level": "notice"}
        for name, value in told.items():
            session.execute(f"SET auto_explain.{name} = {value}")
        session.execute(f"SET ROLE {roles.WEB}")
        yield found
        session.rollback()


def give_a_page_each(session: psycopg.Connection[Any]) -> None:
    """Let every empty table have one page, which a row leaves that never was: no page is no rows."""
    session.execute("SET LOCAL session_replication_role = replica")  # no trigger takes it for a record
    for statement in _BARE, _ROW:
        for (one,) in session.execute(statement).fetchall():
            session.execute(one)
    session.rollback()


@pytest.fixture
def known(world: World) -> Known:
    """A child with every kind of key, whom the front door knows twice, and youth justice once more."""
    elsewhere = world.referred(world.agency("youth-justice"), **{**KNOWN, "family_name": "Exampel"})
    again = world.referred(**{**KNOWN, "phones": []})
    return Known(world.referred(**KNOWN), [elsewhere.id, again.id])


def test_every_kind_of_key_is_asked_for_by_its_index(world: World, planner: Planner, known: Known) -> None:
    assert KINDS == ["bf", "bg", "dn", "mi", "nhs", "pb", "pf", "pg", "tel", "upn", "yn", "youth_justice"]
    for key in KEYS:
        found = planner.ask(world.teacher, "own_candidates(%s)", [key])
        assert known.child.id in {row[0] for row in found}, key
        assert sorted(set(planner.unbounded())) == [], key
        assert "child_match_keys" in planner.indexes(), key


def questions(world: World, known: Known) -> dict[str, tuple[Actor | None, str, tuple[Any, ...]]]:
    """Every question that looks for a child, in the form, on the triage page and by the worker: who, call, given."""
    child, others, born = known.child, known.others, KNOWN["date_of_birth"]
    with acting(world.officer):
        referral = Referral.objects.get(child=child)
    return {
        "match_candidates": (world.officer, "match_candidates(%s)", (child.id,)),
        "own_candidates": (world.teacher, "own_candidates(%s)", (child.ask_keys,)),
        "job_candidates": (None, "job_candidates(%s, %s)", (child.ask_keys, child.partnership_id)),
        "children_to_weigh": (world.officer, "children_to_weigh(%s, %s)", (child.id, others)),
        "agencies_to_ask": (world.officer, "agencies_to_ask(%s, %s)", (child.id, others)),
        "work_with": (world.officer, "work_with(%s, %s)", (child.id, others[0])),
        "find_children": (world.officer, "find_children(%s, NULL)", ("amina exampel",)),
        "find_children of a day": (world.officer, "find_children(%s, %s)", ("amina", born)),
        "sent_before": (world.teacher, "sent_before(%s, %s, NULL, %s)", (child.name_key, born, list(Referral.OPEN))),
        "contacts_lately": (world.officer, "contacts_lately(%s, %s)", (child.id, referral.id)),
    }


BY = {
    "match_candidates": "child_match_keys",
    "own_candidates": "child_match_keys",
    "job_candidates": "child_match_keys",
    "find_children": "child_name_alike",
    "sent_before": "child_name_and_birth",
    "contacts_lately": "child_name_and_birth",
}


def test_no_branch_of_a_search_reads_a_whole_table(world: World, planner: Planner, known: Known) -> None:
    for name, (who, call, given) in questions(world, known).items():
        found = planner.ask(who, call, *given)
        assert found, f"{name} finds something, so that every branch was carried out"
        assert sorted(set(planner.unbounded())) == [], name
        assert BY.get(name, "") in {*planner.indexes(), ""}, name


def test_the_planner_tells_of_a_table_that_is_read_from_end_to_end(
    world: World, planner: Planner, known: Child
) -> None:
    planner.ask(world.officer, "match_candidates(%s)", known.child.id)
    planner.plans.clear()
    planner.session.execute("RESET ROLE")
    planner.session.execute("SELECT id FROM children_child WHERE school = 'x'")
    assert planner.unbounded() == ["children_child from end to end"]
