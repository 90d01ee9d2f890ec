"""A migration that waits for a table holds up everybody behind it: it asks briefly, again, and ends with a sentence."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate as djangos
from django.db import connections

from backend.core.postgresql import changing_tables
from backend.operations.management.commands import migrate

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def test_a_table_that_is_always_in_use_is_asked_for_again_and_then_it_says_that_nothing_was_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def changes_a_table(_command: djangos.Command, *args: Any, **options: Any) -> None:
        asked.append("once")
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE notifications_heartbeat ADD COLUMN made_up int")

    monkeypatch.setattr(djangos.Command, "handle", changes_a_table)
    monkeypatch.setattr(migrate, "TRIES", 2)
    monkeypatch.setattr(changing_tables, "PAUSE_SECONDS", 0)
    with connections["default"].cursor() as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT count(*) FROM notifications_heartbeat")
        with pytest.raises(CommandError, match="run the command again"):
            call_command("migrate", database="owner")
        somebody.execute("ROLLBACK")
    assert len(asked) == 2
