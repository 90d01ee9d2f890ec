"""A copy of the demo city is a city like it: every row whole, every key and reference its own, and its figures true."""

from collections.abc import Iterator
from dataclasses import fields

import psycopg
import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from backend.children.match_keys import Described, keys_of, keys_to_ask
from backend.children.names import name_key
from backend.core.ids import is_reference
from backend.insights import checking, refreshing
from bench.city.copies import Source
from bench.city.filling import fill
from bench.city.making import connected_to
from tests import databases

WHOLE, PAST = 2, 3
# Each foreign key of the database: the table and column that point, and what they point at.
FOREIGN_KEYS = """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
 WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace"""
LOST = """SELECT count(*) FROM {points} p LEFT JOIN {at} t ON t.{key} = p.{column}
           WHERE p.{column} IS NOT NULL AND t.{key} IS NULL"""
INDEXES = """SELECT indexrelid::regclass::text, indisunique, indisvalid, indpred IS NULL, indkey::text FROM pg_index
  JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace"""
CONSTRAINTS = """SELECT conrelid::regclass::text, conname, contype, condeferrable, conkey, confrelid::regclass::text
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace"""


@pytest.fixture(scope="module")
def city(django_db_blocker: DjangoDbBlocker) -> Iterator[psycopg.Connection]:
    name, template = databases.own_name("copied"), databases.city_template()
    databases.drop(name)
    databases.clone(name, template=template)
    url = databases.server().url(database=name)
    try:
        with django_db_blocker.unblock(), connected_to(name):
            refreshing.refresh(using="owner")
        fill(url, Source(url), whole=WHOLE, past=PAST)
        with psycopg.connect(url, autocommit=True) as server:
            yield server
    finally:
        databases.drop(name)


@pytest.fixture
def original() -> Iterator[psycopg.Connection]:
    with psycopg.connect(databases.server().url(database=databases.city_template())) as server:
        yield server


def numbers(city: psycopg.Connection, query: str) -> list[int]:
    """The numbers of the one row that a query returns."""
    return list(city.execute(query.encode()).fetchone() or ())


def test_each_copy_is_whole_and_has_names_of_its_own(city: psycopg.Connection) -> None:
    asked = """SELECT count(*), count(DISTINCT reference), count(DISTINCT child_id) FROM referrals_referral
                WHERE reference <> ''"""
    referrals, references, children = numbers(city, asked)
    assert referrals == references
    assert children
    found = city.execute("SELECT reference FROM referrals_referral WHERE reference <> ''").fetchall()
    assert all(is_reference(reference) for (reference,) in found)


def test_children_of_each_copy_have_names_of_their_own_and_are_found_by_them(city: psycopg.Connection) -> None:
    facts = [field.name for field in fields(Described)]
    asked = sql.SQL("SELECT name_key, match_keys, ask_keys, {} FROM children_child").format(
        sql.SQL(", ").join(map(sql.Identifier, facts))
    )
    found = city.execute(asked).fetchall()
    for key, match_keys, ask_keys, *said in found:
        child = Described(**dict(zip(facts, said, strict=True)))
        assert key == name_key(child.given_name, child.family_name)
        assert (set(match_keys), set(ask_keys)) == (set(keys_of(child)), set(keys_to_ask(child)))
    # With the names of one city in each copy there would be no more than the city has.
    assert len({key for key, *_others in found}) > len(found) / WHOLE / 2


def test_whatever_points_at_something_points_at_something_that_is_there(city: psycopg.Connection) -> None:
    for points, column, at, key in city.execute(FOREIGN_KEYS).fetchall():
        names = {
            name: sql.Identifier(value)
            for name, value in zip(("points", "column", "at", "key"), (points, column, at, key), strict=True)
        }
        lost = city.execute(sql.SQL(LOST).format(**names)).fetchone()
        assert lost == (0,), f"{points}.{column} → {at}"


@pytest.mark.parametrize(
    ("table", "is_open"),
    [
        ("referrals_referral", "state IN ('draft', 'submitted', 'triage', 'redirected')"),
        ("deadlines_deadline", "met_at IS NULL AND stopped_at IS NULL"),
    ],
)
def test_what_is_open_is_in_whole_copies_alone_and_what_is_past_in_all(
    city: psycopg.Connection, original: psycopg.Connection, table: str, is_open: str
) -> None:
    asked = f"SELECT count(*) FILTER (WHERE {is_open}), count(*) FILTER (WHERE NOT ({is_open})) FROM {table}"
    [opened, ended], [still_open, past] = numbers(original, asked), numbers(city, asked)
    assert opened * WHOLE == still_open
    copied, rest = divmod(past - ended * WHOLE, PAST)
    assert rest == 0
    assert 0 < copied <= ended


def test_a_copy_is_about_other_children_and_the_same_agencies(city: psycopg.Connection) -> None:
    [led_by] = numbers(city, "SELECT count(DISTINCT lead_agency_id) FROM cases_case")
    [agencies] = numbers(city, "SELECT count(*) FROM agencies_agency")
    assert led_by < agencies
    mixed = """SELECT count(*) FROM audit_event e JOIN referrals_referral r ON r.id = e.root_id
                WHERE e.verb = 'referral.submit' AND e.child_id <> r.child_id"""
    assert numbers(city, mixed) == [0]


def test_the_figures_of_a_city_are_what_its_children_add_and_children_add_what_their_records_say(
    city: psycopg.Connection, django_db_blocker: DjangoDbBlocker
) -> None:
    assert min(numbers(city, "SELECT (SELECT count(*) FROM insights_share), (SELECT sum(number) FROM insights_cell)"))
    with django_db_blocker.unblock(), connected_to(city.info.dbname):
        assert checking.differences(using="owner") == []
        city.execute("UPDATE insights_cell SET number = number + 1 WHERE ctid = (SELECT min(ctid) FROM insights_cell)")
        assert len(checking.differences(using="owner")) == 1


def test_a_city_that_was_copied_has_every_index_and_every_constraint(
    city: psycopg.Connection, original: psycopg.Connection
) -> None:
    for asked in (INDEXES, CONSTRAINTS):
        assert sorted(map(str, city.execute(asked))) == sorted(map(str, original.execute(asked)))
