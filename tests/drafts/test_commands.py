"""Drafts in the database: opened once, merged under a lock, seen by their author and the author's managers."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, connections, transaction

from backend.access.actors import SYSTEM, Actor
from backend.access.binding import acting
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import uuid7
from backend.drafts import commands, queries
from backend.drafts.models import Draft
from tests.notifications import staff

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def school() -> Agency:
    return staff.agency(staff.partnership())


@pytest.fixture
def teacher(school: Agency) -> Actor:
    return staff.member(school, Role.PRACTITIONER)


@pytest.fixture
def root_id() -> UUID:
    return uuid7()


def opened(actor: Actor, root_id: UUID) -> Draft:
    with acting(actor):
        return commands.open_draft(actor, root_id, "referral")


def saved(actor: Actor, root_id: UUID, **changes: tuple[object, int]) -> commands.Saved:
    with acting(actor):
        return commands.save(actor, root_id, changes)


def test_a_draft_is_opened_once(teacher: Actor, root_id: UUID) -> None:
    first = opened(teacher, root_id)
    saved(teacher, root_id, name=("Sam", 0))
    second = opened(teacher, root_id)

    assert second.pk == first.pk
    assert second.answers["name"]["value"] == "Sam"


def test_saving_by_the_drafts_own_id_or_by_its_record(teacher: Actor, root_id: UUID) -> None:
    draft = opened(teacher, root_id)

    by_root = saved(teacher, root_id, name=("Sam", 0))
    by_draft = saved(teacher, draft.pk, school=("Oak", 0))

    assert (by_root.rev, by_draft.rev) == (1, 2)
    assert by_draft.draft.answers.keys() == {"name", "school"}


def test_a_record_with_drafts_of_two_forms_is_saved_by_the_form(teacher: Actor, root_id: UUID) -> None:
    opened(teacher, root_id)
    with acting(teacher):
        commands.open_draft(teacher, root_id, "note")

    with pytest.raises(ValueError, match="say which"):
        saved(teacher, root_id, name=("Sam", 0))
    with acting(teacher):
        assert commands.save(teacher, root_id, {"name": ("Sam", 0)}, form="note").draft.form == "note"


def test_two_tabs_keep_each_others_answers(teacher: Actor, root_id: UUID) -> None:
    opened(teacher, root_id)
    saved(teacher, root_id, name=("Sam", 0))

    one_tab = saved(teacher, root_id, name=("Samira", 1), notes=("a", 0))
    other_tab = saved(teacher, root_id, name=("Samuel", 1), school=("Oak", 0))

    assert list(other_tab.applied) == ["school"]
    assert other_tab.conflicts == {"name": one_tab.applied["name"]}
    assert other_tab.conflicts["name"]["by"] == teacher.name
    values = {name: answer["value"] for name, answer in opened(teacher, root_id).answers.items()}
    assert values == {"name": "Samira", "notes": "a", "school": "Oak"}


def test_a_managers_change_is_a_conflict_with_the_authors_and_says_by_whom(
    school: Agency, teacher: Actor, root_id: UUID
) -> None:
    head = staff.member(school, Role.MANAGER, name="Mr H. Head")
    opened(teacher, root_id)
    saved(teacher, root_id, name=("Sam", 0))
    saved(head, root_id, name=("Samira", 1))

    assert saved(teacher, root_id, name=("Samuel", 1)).conflicts["name"]["by"] == "Mr H. Head"


def test_a_refused_save_keeps_what_was_there(teacher: Actor, root_id: UUID) -> None:
    opened(teacher, root_id)
    saved(teacher, root_id, name=("Sam", 0))

    with pytest.raises(Invalid):
        saved(teacher, root_id, name=("Samira", 1), story=("x" * 30_000, 0))

    assert opened(teacher, root_id).answers["name"]["value"] == "Sam"


def test_who_sees_a_draft(school: Agency, teacher: Actor, root_id: UUID) -> None:
    """By the query and by row-level security alike."""
    other_school = staff.agency(staff.partnership())
    actors = {
        "author": (teacher, True),
        "manager": (staff.member(school, Role.MANAGER), True),
        "colleague": (staff.member(school, Role.PRACTITIONER), False),
        "triage officer": (staff.member(school), False),
        "other manager": (staff.member(other_school, Role.MANAGER), False),
    }
    opened(teacher, root_id)

    for who, (actor, sees) in actors.items():
        with acting(actor):
            assert queries.visible_to(actor).exists() is sees, who
            assert Draft.objects.exists() is sees, who
            assert (queries.of_root(actor, root_id, form="referral") is not None) is sees, who
    with transaction.atomic():
        assert not Draft.objects.exists()


def test_somebody_elses_draft_does_not_exist(school: Agency, teacher: Actor, root_id: UUID) -> None:
    colleague = staff.member(school, Role.PRACTITIONER)
    draft = opened(teacher, root_id)

    for key in (root_id, draft.pk, uuid7()):
        with pytest.raises(NotFound):
            saved(colleague, key, name=("x", 0))
    with pytest.raises(NotFound):
        opened(colleague, root_id)


def test_an_author_who_now_works_elsewhere_leaves_the_draft_behind(
    school: Agency, teacher: Actor, root_id: UUID
) -> None:
    opened(teacher, root_id)
    elsewhere = staff.member(staff.agency(staff.partnership()), Role.PRACTITIONER)
    rows = staff.rows(
        "UPDATE agencies_membership SET user_id = %s WHERE id = %s RETURNING 1",
        teacher.user_id,
        elsewhere.membership_id,
    )
    assert rows

    with acting(elsewhere):
        assert not Draft.objects.exists()


def test_the_system_opens_no_draft(root_id: UUID) -> None:
    with pytest.raises(Forbidden):
        commands.open_draft(SYSTEM, root_id, "referral")


def test_a_draft_in_another_agencys_name_is_refused_by_the_table(teacher: Actor, root_id: UUID) -> None:
    forged = Draft(root_id=root_id, form="referral", author_id=teacher.user_id, agency_id=uuid7())

    with pytest.raises(DatabaseError, match="row-level security"), acting(teacher):
        forged.save(force_insert=True)


def test_sending_discards_the_draft(teacher: Actor, root_id: UUID) -> None:
    opened(teacher, root_id)

    with acting(teacher):
        assert commands.discard(root_id, "referral")
        assert not commands.discard(root_id, "referral")
        assert queries.of_root(teacher, root_id, form="referral") is None


def test_a_leavers_drafts_pass_to_somebody_else(school: Agency, teacher: Actor, root_id: UUID) -> None:
    head = staff.member(school, Role.MANAGER)
    opened(teacher, root_id)

    with acting(head):
        assert commands.pass_on(teacher.user_id, agency_id=school.pk, to_user_id=head.user_id) == 1

    assert opened(head, root_id).author_id == head.user_id


def race(count: int, work: Callable[[int], object]) -> None:
    together = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            together.wait(timeout=10)
            work(number)
        finally:
            connections.close_all()

    racers = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()


def test_many_tabs_at_once_lose_no_answer(teacher: Actor, root_id: UUID) -> None:
    opened(teacher, root_id)
    results: list[commands.Saved] = []

    def tab(number: int) -> None:
        results.append(saved(teacher, root_id, **{f"field_{number}": (number, 0), "shared": (number, 0)}))

    race(8, tab)

    answers = opened(teacher, root_id).answers
    assert {answers[f"field_{number}"]["value"] for number in range(8)} == set(range(8))
    assert sorted(result.rev for result in results) == list(range(1, 9))
    assert sum("shared" in result.applied for result in results) == 1
    assert sum("shared" in result.conflicts for result in results) == 7


def test_many_tabs_open_one_draft(teacher: Actor, root_id: UUID) -> None:
    found: list[UUID] = []

    race(8, lambda _number: found.append(opened(teacher, root_id).pk))

    assert len(found) == 8
    assert len(set(found)) == 1
