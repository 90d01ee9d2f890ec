"""Who reads and who sets which label: the table of access.marks, the database, and the reviewed list say the same."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from backend.access import policy, queries
from backend.access.actors import SYSTEM, Actor
from backend.access.binding import bind
from backend.access.marks import (
    HEALTH,
    HIDDEN,
    READS,
    SETS,
    STATUTORY,
    Mark,
    marks_read,
    may_change,
    relations_reading,
    set_by,
)
from backend.access.marks import _kinds as kinds_of
from backend.access.models import Link
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core import vocabulary
from backend.referrals.models import Statement
from tests import golden
from tests.access.standing import somebody
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
        who = somebody(role, kind)
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
    return marks_read(somebody(role, kind), {relation})


def test_whoever_reads_a_label_at_a_relation_is_whose_role_and_kind_of_agency_read_it_there() -> None:
    """What narrows a queryset, and what judges one record, are one table asked from two sides."""
    for mark, role, relation, kind in product(MARKS, Role, Relation, KINDS):
        if role is not Role.SYSTEM:
            at = relations_reading(role, kind, mark)
            assert (relation in at) is (mark in _read(role, relation, kind)), (mark, role, relation, kind)


def test_the_worker_reads_every_label() -> None:
    assert marks_read(SYSTEM, ()) == set(Mark)
    every = Statement.objects.using("owner").count()
    assert Statement.objects.using("owner").filter(queries.marked(SYSTEM)).count() == every


def test_what_narrows_a_queryset_is_what_each_label_opens(world: World) -> None:
    """Asked past row security, so that nothing else takes a row away; of records that nobody reaches through a case."""
    alone = Statement.objects.using("owner").exclude(root_id__in=Link.objects.using("owner").values("root_id"))
    _plant_every_label(alone.filter(root_id=world.records["moving"])[0])
    said = list(alone.values_list("id", "root_id", "mark"))
    labels = 0
    for who in standing(world):
        found = queries.relations(who, {root for _id, root, _mark in said})
        expected = {pk for pk, root, mark in said if Mark(mark) in marks_read(who, found[root])}
        read = alone.filter(queries.marked(who)).values_list("id", flat=True)
        assert set(read) == expected, (who.agency_name, who.role)
        labels += any(pk in expected for pk, _root, mark in said if mark)
    assert labels > 5, "somebody reads some label"


def _plant_every_label(said: Statement) -> None:
    for mark in MARKS:
        said.id, said.mark = uuid4(), mark
        said.save(using="owner", force_insert=True)


def test_an_agency_changes_labels_of_its_own_and_of_others_only_those_that_everybody_may_set() -> None:
    police = somebody(Role.MANAGER, "police")
    own, others = police.agency_id, uuid4()
    changes = {
        (own, "", "police"): True,
        (own, "police", ""): True,
        (own, "health", ""): False,
        (own, "", "health"): False,
        (others, "", "police"): False,
        (others, "police", ""): False,
        (others, "police", "third_party"): False,
        (others, "third_party", "not_for_family"): True,
        (others, "third_party", "police"): False,
    }
    for (agency, before, after), may in changes.items():
        assert may_change(police, before, agency, to=after) is may, (agency == own, before, after)
    assert may_change(police, "police", own)
    assert not may_change(police, "police", others)


def test_the_kinds_of_agency_that_a_label_names_are_those_of_the_vocabulary() -> None:
    terms = vocabulary.get("agency_kinds").terms
    health = {code for code, term in terms.items() if term.more["sector"] == "health"}
    assert kinds_of(sector="health") == HEALTH == health
    assert set() < health < set(terms)
    assert kinds_of(duty="specified") == STATUTORY != HEALTH
