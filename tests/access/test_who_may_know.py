"""Who may know of a child and who is named, asked of rows that are over, not yet begun, or of another record of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import models

from backend.access import queries
from backend.access.actors import actor_of
from backend.access.models import Conflict, Involvement, Link, Named, SameChild
from backend.access.relations import Relation
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from tests.world import World

pytestmark = pytest.mark.django_db

# Made up where no record of the world is: one child in two records, and another child.
CHILD, JOINED, OTHER = (UUID(int=number) for number in (101, 102, 103))
ROOT, CASE, OTHER_CASE = (UUID(int=number) for number in (201, 202, 203))
# And one whose three records are joined: two are sealed, each to somebody else, and one is not.
SEALED, BESIDE, SEALED_TOO = (UUID(int=number) for number in (105, 106, 107))


@pytest.fixture(scope="module")
def people(world: World, django_db_blocker: Any) -> Iterator[dict[str, Membership]]:
    """Somebody for each way to be left out or let in; the rows about them are committed, and taken away again."""
    with django_db_blocker.unblock():
        pks = [world.cast[f"{Relation.HOLDER}:{role}"] for role in (Role.MANAGER, Role.TRIAGE_OFFICER)]
        pks += [world.cast[f"{Relation.LEAD}:{role}"] for role in (Role.MANAGER, Role.CASE_WORKER)]
        names = ("in conflict", "no longer in conflict", "named", "no longer named")
        found = dict(
            zip(names, (Membership.objects.select_related("user", "agency").get(pk=pk) for pk in pks), strict=True)
        )
        rows = [*_overlays(found), *_records(found)]
        for row in rows:
            row.save(using="owner", force_insert=True)
    yield found
    with django_db_blocker.unblock():
        for row in rows:
            row.delete(using="owner")


def _overlays(people: dict[str, Membership]) -> Iterator[models.Model]:
    over = clock.now() - timedelta(days=1)
    yield Conflict(id=uuid7(), user_id=people["in conflict"].user_id, child_id=JOINED)
    yield Conflict(id=uuid7(), user_id=people["no longer in conflict"].user_id, child_id=JOINED, ended_at=over)
    yield Named(id=uuid7(), user_id=people["named"].user_id, child_id=OTHER)
    yield Named(id=uuid7(), user_id=people["no longer named"].user_id, child_id=OTHER, ended_at=over)
    yield Named(id=uuid7(), user_id=people["named"].user_id, child_id=SEALED)
    yield Named(id=uuid7(), user_id=people["no longer named"].user_id, child_id=SEALED_TOO)
    # Whose seal is over is not sealed.
    yield Named(id=uuid7(), user_id=people["no longer named"].user_id, child_id=JOINED, ended_at=over)


def _records(people: dict[str, Membership]) -> Iterator[models.Model]:
    yield from (SameChild(record_id=record, stands_for_id=CHILD) for record in (CHILD, JOINED))
    yield from (SameChild(record_id=record, stands_for_id=SEALED) for record in (SEALED, BESIDE, SEALED_TOO))
    yield Link(root_id=ROOT, parent_id=CASE)
    yield Link(root_id=OTHER, parent_id=OTHER_CASE)
    who = {name: person.user_id for name, person in people.items()}
    agency = people["named"].agency_id
    for child in (CHILD, SEALED, BESIDE, SEALED_TOO):
        yield _involved(child, child, Relation.ASKED, agency_id=agency, begins=-1)
    for relation, root in ((Relation.LEAD, CASE), (Relation.PROVIDER, CASE), (Relation.PROVIDER, OTHER_CASE)):
        yield _involved(root, JOINED, relation, agency_id=agency, begins=-1)
    for user_id, relation, root, begins, ends in (
        (who["named"], Relation.CREATOR, ROOT, -2, None),
        (None, Relation.CREATOR, ROOT, -2, None),
        (who["in conflict"], Relation.WORKER, ROOT, -2, None),
        (who["in conflict"], Relation.CREATOR, OTHER, -2, None),
        (who["no longer named"], Relation.OWNER, ROOT, -2, -1),
        (who["no longer in conflict"], Relation.OWNER, ROOT, 1, None),
        (who["named"], Relation.OWNER, ROOT, -2, 1),
        (who["named"], Relation.TEAM, ROOT, 1, None),
    ):
        child = OTHER if root == OTHER else JOINED
        yield _involved(root, child, relation, agency_id=agency, user_id=user_id, begins=begins, ends=ends)


def _involved(
    root: UUID,
    child: UUID,
    relation: Relation,
    *,
    agency_id: UUID,
    user_id: UUID | None = None,
    begins: int,
    ends: int | None = None,
) -> Involvement:
    """A relation from one day to another, counted from today."""
    now = clock.now()
    return Involvement(
        root_id=root,
        child_id=child,
        relation=relation,
        agency_id=agency_id,
        user_id=user_id,
        source_id=root,
        starts_at=now + timedelta(days=begins),
        ends_at=now + timedelta(days=ends) if ends is not None else None,
    )


def _may_know(people: dict[str, Membership], child: UUID) -> set[str]:
    known = set(Membership.objects.filter(queries.may_know(child)).values_list("pk", flat=True))
    return {name for name, person in people.items() if person.pk in known}


def test_a_conflict_with_any_record_of_a_child_keeps_somebody_from_knowing_until_it_is_over(
    people: dict[str, Membership],
) -> None:
    everybody = set(people)
    assert _may_know(people, CHILD) == _may_know(people, JOINED) == everybody - {"in conflict"}


def test_of_a_sealed_child_those_may_know_who_are_named_now(people: dict[str, Membership]) -> None:
    assert _may_know(people, OTHER) == {"named"}
    assert [row.user_id for row in queries.named_on(OTHER)] == [people["named"].user_id]
    assert not queries.named_on(CHILD).exists()


def test_those_behind_a_case_are_who_made_its_referrals(people: dict[str, Membership]) -> None:
    assert queries.people_behind(CASE) == [(ROOT, people["named"].user_id)]


def test_those_involved_with_a_child_are_so_now_in_that_way_and_by_any_of_its_records(
    people: dict[str, Membership],
) -> None:
    owners = queries.involved_with(CHILD, {Relation.OWNER})
    assert [row.user_id for row in owners] == [people["named"].user_id]
    both = queries.involved_with(JOINED, {Relation.OWNER, Relation.WORKER})
    assert [row.user_id for row in both] == [people["named"].user_id, people["in conflict"].user_id]
    assert not queries.involved_with(UUID(int=104), set(Relation)).exists()


def test_the_records_of_a_child_are_those_that_stand_for_it(people: dict[str, Membership]) -> None:
    about = Involvement.objects.filter(queries.about_child(CHILD))
    assert set(about.values_list("child_id", flat=True)) == {CHILD, JOINED}
    assert set(Involvement.objects.filter(queries.about_child(OTHER)).values_list("root_id", flat=True)) == {OTHER}


def test_what_somebody_stands_at_is_what_has_begun_is_not_over_and_reaches_from_a_case_to_its_referrals_alone(
    people: dict[str, Membership],
) -> None:
    """Another case that the same agency gives a service in opens none of its referrals."""
    led, given = {Relation.LEAD, Relation.PROVIDER}, {Relation.PROVIDER}
    at = {CASE: led, OTHER_CASE: given, ROOT: {Relation.LEAD}}
    expected = {
        "named": {**at, ROOT: {Relation.LEAD, Relation.CREATOR, Relation.OWNER}},
        "no longer named": at,
        "in conflict": {},
        "no longer in conflict": {},
    }
    for name, stands in expected.items():
        assert queries.relations(actor_of(people[name]), [ROOT, OTHER]) == stands, name
    assert queries.relations(actor_of(people["named"]), [OTHER]) == {OTHER_CASE: given}
    assert queries.relations(actor_of(people["named"]), []) == {}


def test_only_who_leads_works_on_or_covers_a_case_reaches_the_referrals_that_belong_to_it(
    people: dict[str, Membership],
) -> None:
    """Who gives a service in a case, and who was never at it, reaches none."""
    for name, roots in {"named": {ROOT}, "no longer named": {ROOT}, "no longer in conflict": set()}.items():
        reached = queries.reached_by_link(actor_of(people[name]), set(Relation), by="root_id")
        found = Involvement.objects.filter(reached, root_id__in=[ROOT, OTHER, CASE, OTHER_CASE])
        assert set(found.values_list("root_id", flat=True)) == roots, name


def test_whoever_is_barred_from_a_record_is_from_those_joined_with_it_but_for_what_a_seal_of_its_own_says(
    people: dict[str, Membership],
) -> None:
    sealed = {SEALED, BESIDE, SEALED_TOO}
    expected = {
        "in conflict": {CHILD, JOINED, OTHER} | sealed,
        "no longer in conflict": {OTHER} | sealed,
        "named": {SEALED_TOO},
        "no longer named": {OTHER, SEALED},
    }
    made_up = Involvement.objects.filter(child_id__in=[CHILD, JOINED, OTHER, *sealed])
    for name, children in expected.items():
        found = made_up.filter(queries.barred(actor_of(people[name]))).values_list("child_id", flat=True)
        assert set(found) == children, name
