"""By raw SQL on the web login, too: an analyst adds a report of the partnership in their own name, nobody else any."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from backend.access.actors import Actor
from backend.access.binding import bind
from backend.agencies.roles import Role
from backend.core.ids import uuid7
from tests.actors import actor
from tests.reports.making import analyst

pytestmark = pytest.mark.django_db
ADD = """INSERT INTO reports_report
    (id, partnership_id, kind, first_month, last_month, edition, reason, by_id, by_name, at, content, sha256)
  VALUES (%(id)s, %(partnership_id)s, 'needs_assessment', '2026-07-01', '2026-09-01', 1, '', %(by_id)s, %(by_name)s,
    now(), '{}', '')"""


def honest(who: Actor) -> dict[str, Any]:
    """What an analyst may say of who made it."""
    return {"id": uuid7(), "partnership_id": who.partnership_id, "by_id": who.user_id, "by_name": who.name}


def add(membership_id: UUID | None, row: Mapping[str, Any]) -> None:
    """Add a row as somebody, or as nobody."""
    bind(membership_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ADD, row)


def test_an_analyst_adds_one_in_their_own_name_and_no_lie_about_who_made_it() -> None:
    who, another = analyst(), actor("front-door", Role.MANAGER)
    add(who.membership_id, honest(who))
    for name, lie in {"by_id": another.user_id, "by_name": another.name, "partnership_id": uuid7()}.items():
        with pytest.raises(DatabaseError, match="row-level security"):
            add(who.membership_id, {**honest(who), name: lie})


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TRIAGE_OFFICER])
def test_nobody_else_adds_any(role: Role) -> None:
    who = actor("front-door", role)
    with pytest.raises(DatabaseError, match="row-level security"):
        add(who.membership_id, honest(who))
    with pytest.raises(DatabaseError, match="row-level security"):
        add(None, honest(who))


def test_what_was_added_is_changed_and_taken_away_by_nobody() -> None:
    who = analyst()
    add(who.membership_id, honest(who))
    for statement in ("UPDATE reports_report SET reason = 'x'", "DELETE FROM reports_report"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
