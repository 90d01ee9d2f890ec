"""Who reads and who sets which label: the table of access.marks, the database, and the reviewed list say the same."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.binding import bind
from backend.access.marks import HIDDEN, READS, SETS, Mark, marks_read, set_by
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core import vocabulary
from tests import golden
from tests.world import CASED, CHALLENGED, MOVING, PROVIDING, World

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

MARKS = [mark for mark in Mark if mark is not Mark.NONE]
ROOTS = ("moving", "cased", "case", "linked", "joined", "challenged", "moving/conflict", "cased/sealed")
KINDS = vocabulary.get("agency_kinds").codes
READERS = Path(__file__).with_name("labels.csv")


def standing(world: World) -> Iterator[Actor]:
    for relation, role in product((*MOVING, *CASED, *PROVIDING, *CHALLENGED), Role):
        if role is not Role.SYSTEM:
            who = world.who(relation, role)
            bind(who.membership_id)
            yield who


def open_in_the_database(roots: list[str], *, setting: bool) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT root::text, mark FROM unnest(%s::uuid[]) AS r (root), unnest(%s::text[]) AS m (mark)
                WHERE app.mark_open(root, mark, %s)""",
            [roots, [mark.value for mark in MARKS], setting],
        )
        return set(cursor.fetchall())


def test_the_database_opens_each_label_to_exactly_those_of_the_table(world: World) -> None:
    roots = {str(world.records[name]): name for name in ROOTS}
    opened = 0
    for who in standing(world):
        found = queries.relations(who, [world.records[name] for name in ROOTS])
        expected = {
            (root, mark.value)
            for root, name in roots.items()
            for mark in marks_read(who, found[world.records[name]]) - {Mark.NONE}
            if "/" not in name
        }
        assert open_in_the_database(list(roots), setting=False) == expected, (who.agency_name, who.role)
        opened += len(expected)
    assert opened > 50


def test_the_database_lets_only_the_origin_set_a_label_and_only_its_kinds(world: World) -> None:
    """access.md, Labels: set by the origin agency only."""
    roots = {str(world.records[name]): name for name in ROOTS}
    for who in standing(world):
        found = queries.relations(who, [world.records[name] for name in ROOTS])
        expected = {
            (root, mark.value)
            for root, name in roots.items()
            for mark in set_by(who.agency_kind)
            if "/" not in name and _is_origin(who, found[world.records[name]])
        }
        assert open_in_the_database(list(roots), setting=True) == expected, (who.agency_name, who.role)


def _is_origin(who: Actor, relations: frozenset[Relation]) -> bool:
    created = who.works_with_children and Relation.CREATOR in relations
    return created or (who.role is Role.MANAGER and Relation.REFERRER in relations)


def test_who_reads_each_label_is_what_was_reviewed() -> None:
    """access.md: the keys that each (role, relation, label) gets are a committed snapshot."""
    lines = ["label,role,relation,kinds of agency"]
    for mark, role, relation in product(MARKS, AGENCY_ROLES, Relation):
        kinds = [kind for kind in KINDS if mark in _read(role, relation, kind)]
        if kinds:
            lines.append(f"{mark},{role},{relation},{'every' if kinds == KINDS else ' '.join(kinds)}")
    golden.compare(READERS, "\n".join(lines) + "\n")


def test_nobody_reads_a_label_who_does_not_read_the_text() -> None:
    for role, relation, kind in product(AGENCY_ROLES, Relation, KINDS):
        who = _actor(role, kind)
        if _read(role, relation, kind) > {Mark.NONE}:
            assert policy.allows(who, Permission.REFERRAL_READ_TEXT, {relation}), (role, relation)


def test_intelligence_never_reaches_the_voluntary_sector() -> None:
    """access.md, POLICE: never voluntary-sector agencies, even by break-glass; the origin apart, which is none."""
    assert {Mark.POLICE} == HIDDEN
    for role, relation in product(AGENCY_ROLES, set(Relation) - {Relation.CREATOR, Relation.REFERRER}):
        for kind in ("voluntary", "school", "college", "education_service", "housing"):
            assert Mark.POLICE not in _read(role, relation, kind), (role, relation, kind)
    assert SETS[Mark.POLICE] == {"police"}


def test_a_share_of_a_linked_referral_carries_no_label_at_all() -> None:
    """access.md, Labels: labelled text never travels."""
    for role, kind in product(AGENCY_ROLES, KINDS):
        assert _read(role, Relation.LINKED, kind) == {Mark.NONE}


def test_every_label_has_words_and_a_line_in_each_table() -> None:
    assert set(vocabulary.get("labels").codes) == {mark.value for mark in MARKS} == {mark.value for mark in READS}
    assert set(SETS) == set(MARKS)
    assert all(term.hint for term in vocabulary.get("labels"))


def _read(role: Role, relation: Relation, kind: str) -> frozenset[Mark]:
    return marks_read(_actor(role, kind), {relation})


def _actor(role: Role, kind: str) -> Actor:
    nobody = UUID(int=1)
    return Actor(nobody, nobody, role, nobody, None, nobody, "Made Up", "An agency", kind)
