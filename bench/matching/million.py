"""Measures how long it takes to find a child among a million made ones, as an officer's page does.

A throwaway database on the tests' own server: children by COPY, and for each one asked about a second record with the
usual mistakes and a holding agency. What is timed is the product's own query, as the web role, row security and all.
"""

import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from random import Random
from statistics import median, quantiles
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, connections

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.children.match_keys import Described, keys_of, keys_to_ask
from backend.children.names import name_key
from backend.core import clock
from backend.matching.queries import likely_children
from bench.matching.made import people, recorded_again
from tests import databases
from tests.actors import actor

_FACTS = tuple(Described.__dataclass_fields__)
_COPY = f"""COPY children_child (id, version, partnership_id, recorded_as_id, recorded_by_agency_id, recorded_at,
    name_key, match_keys, ask_keys, {", ".join(_FACTS)}, ethnicity, ethnicity_said_by, language, school) FROM STDIN"""
_HOLD = """INSERT INTO access_involvement (source_id, root_id, child_id, relation, former_kind, agency_id, starts_at)
    SELECT id, id, id, 'HOLDER', '', %s, now() - interval '1 day' FROM unnest(%s::uuid[]) AS asked (id)"""
_SEED, _BATCH = 7, 10_000


@dataclass(frozen=True)
class Timed:
    """What finding took, in milliseconds, and how often the right child was offered, first or at all."""

    count: int
    p50: float
    p95: float
    database_p95: float
    offered: float
    first: float
    rows: float
    plan: str


def measure(*, count: int, asked: int) -> Timed:
    """Make the children, ask about some of them, and throw the database away."""
    name = databases.own_name("bench")
    databases.drop(name)
    databases.clone(name, template=databases.plain_template())
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        officer = actor("front-door", Role.TRIAGE_OFFICER)
        pairs = _fill(databases.server().url(database=name), officer, count=count, asked=asked)
        return _ask(officer, pairs, count)
    finally:
        connections.close_all()
        databases.drop(name)


def _fill(url: str, officer: Actor, *, count: int, asked: int) -> list[tuple[UUID, UUID]]:
    random = Random(_SEED)
    chosen = set(random.sample(range(count), asked))
    pairs: list[tuple[UUID, UUID]] = []
    with psycopg.connect(url, autocommit=True) as server:
        # Triggers and foreign keys are not what is measured; the index is made when the rows are there.
        server.execute("SET session_replication_role = replica")
        server.execute("SET maintenance_work_mem = '512MB'")
        (index,) = server.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'child_match_keys'"
        ).fetchone() or ("",)
        server.execute("DROP INDEX child_match_keys")
        with server.cursor() as cursor, cursor.copy(_COPY) as copy:
            for place, child in enumerate(_children(random, count)):
                copy.write_row(_row(UUID(int=place + 1), child, officer, is_asked=False))
                if place in chosen:
                    pairs.append((UUID(int=count + place + 1), UUID(int=place + 1)))
                    copy.write_row(_row(pairs[-1][0], recorded_again(random, child), officer, is_asked=True))
        server.execute(index)
        server.execute(_HOLD, [officer.agency_id, [asked_id for asked_id, _known in pairs]])
        server.execute("VACUUM ANALYZE children_child")
        server.execute("VACUUM ANALYZE access_involvement")
    return pairs


def _children(random: Random, count: int) -> Iterator[Described]:
    for start in range(0, count, _BATCH):
        yield from people(random, min(_BATCH, count - start))


def _row(pk: UUID, child: Described, officer: Actor, *, is_asked: bool) -> list[Any]:
    key = name_key(child.given_name, child.family_name)
    ask = keys_to_ask(child) if is_asked else []
    ids = [pk, 1, officer.partnership_id, officer.membership_id, officer.agency_id, clock.now(), key]
    # COPY takes a list as an array and a tuple as a row.
    facts = (list(fact) if isinstance(fact, tuple) else fact for fact in astuple(child))
    return [*ids, keys_of(child), ask, *facts, "", "", "", ""]


def _ask(officer: Actor, pairs: list[tuple[UUID, UUID]], count: int) -> Timed:
    took, in_database, rows, places = [], [], [], []
    for asked_id, known_id in pairs:
        with acting(officer):
            began = time.perf_counter()
            # Hidden ones too: the bench asks for the right one, not whether it may be named.
            found = [child.id for child in likely_children(asked_id)]
            took.append((time.perf_counter() - began) * 1000)
        places.append(found.index(known_id) if known_id in found else None)
        with acting(officer), connection.cursor() as cursor:
            began = time.perf_counter()
            cursor.execute("SELECT * FROM app.match_candidates(%s)", [asked_id])
            rows.append(len(cursor.fetchall()))
            in_database.append((time.perf_counter() - began) * 1000)
    slowest = pairs[took.index(max(took))][0]
    with acting(officer), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM app.match_candidates(%s)", [slowest])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    offered = sum(place is not None for place in places) / len(places)
    first = sum(place == 0 for place in places) / len(places)
    p95s = (quantiles(took, n=20)[-1], quantiles(in_database, n=20)[-1])
    return Timed(count, median(took), *p95s, offered, first, median(rows), plan)
