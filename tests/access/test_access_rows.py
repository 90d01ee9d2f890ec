"""Who looked: each request that touches a child leaves one row, refused ones too; without it nothing is shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connections

from backend.access import transaction as bound
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.edges import good_input
from tests.factories import officer
from tests.world import World

# Committed, because the web role may write the log but not read it. These tests add access rows and nothing else.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


Looked = Callable[[], list[tuple[Any, ...]]]


def _rows() -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT user_id, role, kind, label, status, root_ids, child_ids
               FROM audit_accesslog ORDER BY recorded_at, id"""
        )
        return list(cursor.fetchall())


@pytest.fixture
def looked(world: World) -> Looked:
    """What was written since the fixture began."""
    before = len(_rows())
    return lambda: _rows()[before:]


def test_reading_a_referral_leaves_one_row_with_who_what_and_which_child(world: World, looked: Looked) -> None:
    who = world.who(Relation.HOLDER, Role.TRIAGE_OFFICER)
    pk, child = world.records["moving"], world.records["moving child"]
    assert browser_of(who).get(f"referrals/{pk}/").status_code == 200
    assert looked() == [(who.user_id, "triage_officer", "consultation", "referral.read", 200, [pk], [child])]


@pytest.mark.parametrize("path", ["", "timeline/", "likely-children/", "answers/", "draft/"])
def test_a_read_of_what_is_not_ones_own_leaves_a_row_too(world: World, looked: Looked, path: str) -> None:
    who, pk = world.who(Relation.NONE, Role.MANAGER), world.records["moving"]
    assert browser_of(who).get(f"referrals/{pk}/{path}").status_code == 404
    [(user, _role, _kind, label, status, roots, children)] = looked()
    assert (user, status, roots, children) == (who.user_id, 404, [pk], [])
    assert label.startswith("referral.")


def test_a_list_names_every_record_it_showed(world: World, looked: Looked) -> None:
    browser = browser_of(officer())
    shown = {UUID(row["id"]) for row in browser.get("referrals/?view=held&page_size=100").json()["results"]}
    [(_user, _role, _kind, label, status, roots, children)] = looked()
    assert (label, status, set(roots)) == ("referral.list", 200, shown)
    assert len(shown) > 3
    assert children


def test_a_refused_edge_leaves_one_row_and_changes_nothing(world: World, looked: Looked) -> None:
    pk = world.states()[Referral.TRIAGE]
    cases = [
        (world.who(Relation.NONE, Role.MANAGER), 404),
        (world.who(Relation.REFERRER, Role.PRACTITIONER), 403),
        (officer(), 409),
    ]
    for who, status in cases:
        body = {**good_input("referral", "step_up"), "version": 9999}
        assert browser_of(who).post(f"referrals/{pk}/step-up/", body).status_code == status
    assert browser_of(officer()).post(f"referrals/{pk}/step-up/", {"version": "x"}).status_code == 400
    assert [(row[3], row[4], row[5]) for row in looked()] == [
        ("referral.step_up", status, [pk]) for status in (404, 403, 409, 400)
    ]


def test_what_touches_no_child_leaves_no_row(world: World, looked: Looked) -> None:
    browser = browser_of(officer())
    for path in ("session/", "agencies/", "vocabularies/", "messages/"):
        assert browser.get(path).status_code == 200
    assert looked() == []


def test_the_row_carries_no_words_of_anybody(world: World, looked: Looked) -> None:
    browser_of(officer()).get("referrals/?view=queue&rag=red")
    [row] = looked()
    assert "red" not in row[3]
    assert row[3] == "referral.list"


@pytest.fixture
def unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The access row cannot be written: the disk is full, or the grant was lost."""

    def fails(*_args: Any) -> None:
        raise DatabaseError("no space left on device")

    monkeypatch.setattr(bound, "_writers", [fails])


def test_nothing_is_shown_when_the_row_cannot_be_written(world: World, unwritable: None) -> None:
    pk = world.records["moving"]
    for who, path in (
        (officer(), f"referrals/{world.states()[Referral.TRIAGE]}/"),
        (officer(), "referrals/?view=held"),
        (world.who(Relation.NONE, Role.MANAGER), f"referrals/{pk}/"),
    ):
        answer = browser_of(who).get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        assert set(answer.json()) == {"code", "reasons", "fields"}


def test_nothing_is_done_when_the_row_cannot_be_written(world: World, unwritable: None) -> None:
    pk = world.states()[Referral.TRIAGE]
    browser = browser_of(officer())
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT version, state FROM referrals_referral WHERE id = %s", [pk])
        version, state = cursor.fetchone()
    body = {**good_input("referral", "step_up"), "version": version}
    assert browser.post(f"referrals/{pk}/step-up/", body).status_code == 503
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT version, state FROM referrals_referral WHERE id = %s", [pk])
        assert cursor.fetchone() == (version, state)


def test_a_lost_grant_fails_closed(world: World) -> None:
    """The same through the real writer: the owner takes the right to write the log away."""
    pk = world.states()[Referral.TRIAGE]
    browser = browser_of(officer())
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_accesslog FROM alongside_web")
    try:
        answer = browser.get(f"referrals/{pk}/")
        assert answer.status_code == 503
        assert b"child" not in answer.content
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("GRANT INSERT ON audit_accesslog TO alongside_web")
    assert browser.get(f"referrals/{pk}/").status_code == 200
