"""A copy of the demo city is a city like it: every row whole, every key and reference its own."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from backend.core.ids import is_reference
from bench.city.copies import Source, fill
from tests import databases

COPIES = 3
# Each foreign key of the database: the table and column that point, and what they point at.
FOREIGN_KEYS = """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
 WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace"""
LOST = """SELECT count(*) FROM {points} p LEFT JOIN {at} t ON t.{key} = p.{column}
           WHERE p.{column} IS NOT NULL AND t.{key} IS NULL"""


@pytest.fixture
def city() -> Iterator[psycopg.Connection]:
    name, template = databases.own_name("copied"), databases.city_template()
    databases.drop(name)
    databases.clone(name, template=template)
    url = databases.server().url(database=name)
    try:
        fill(url, Source(url), copies=range(1, COPIES))
        with psycopg.connect(url, autocommit=True) as server:
            yield server
    finally:
        databases.drop(name)


def numbers(city: psycopg.Connection, query: str) -> list[int]:
    """The numbers of the one row that a query returns."""
    return list(city.execute(query.encode()).fetchone() or ())


def test_each_copy_is_whole_and_has_names_of_its_own(city: psycopg.Connection) -> None:
    asked = """SELECT count(*), count(DISTINCT reference), count(DISTINCT child_id) FROM referrals_referral
                WHERE reference <> ''"""
    referrals, references, children = numbers(city, asked)
    assert referrals == references
    assert referrals % COPIES == 0
    assert children % COPIES == 0
    found = city.execute("SELECT reference FROM referrals_referral WHERE reference <> ''").fetchall()
    assert all(is_reference(reference) for (reference,) in found)


def test_whatever_points_at_something_points_at_something_that_is_there(city: psycopg.Connection) -> None:
    for points, column, at, key in city.execute(FOREIGN_KEYS).fetchall():
        names = {
            name: sql.Identifier(value)
            for name, value in zip(("points", "column", "at", "key"), (points, column, at, key), strict=True)
        }
        lost = city.execute(sql.SQL(LOST).format(**names)).fetchone()
        assert lost == (0,), f"{points}.{column} → {at}"


def test_a_copy_is_about_other_children_and_the_same_agencies(city: psycopg.Connection) -> None:
    [cases, led_by] = numbers(city, "SELECT count(*), count(DISTINCT lead_agency_id) FROM cases_case")
    [agencies] = numbers(city, "SELECT count(*) FROM agencies_agency")
    assert cases % COPIES == 0
    assert led_by < agencies
    mixed = """SELECT count(*) FROM audit_event e JOIN referrals_referral r ON r.id = e.root_id
                WHERE e.verb = 'referral.submit' AND e.child_id <> r.child_id"""
    assert numbers(city, mixed) == [0]
