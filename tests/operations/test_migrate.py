"""A migration that waits for a table holds up everybody behind it: it gives up soon, with a sentence."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from backend.operations.management.commands.migrate import LONGEST_WAIT_MS

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def test_it_waits_for_a_table_for_seconds_and_then_says_that_nothing_was_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def changes_a_table(_command: migrate.Command, *args: Any, **options: Any) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', (%s / 20)::text, false)", [_waits(cursor)])
            cursor.execute("ALTER TABLE notifications_heartbeat ADD COLUMN made_up int")

    monkeypatch.setattr(migrate.Command, "handle", changes_a_table)
    with connections["default"].cursor() as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT count(*) FROM notifications_heartbeat")
        with pytest.raises(CommandError, match="run the command again"):
            call_command("migrate", database="owner")
        somebody.execute("ROLLBACK")


def _waits(cursor: Any) -> int:
    """How long it would wait, in milliseconds; a test waits a twentieth of that."""
    cursor.execute("SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout'")
    (milliseconds,) = cursor.fetchone()
    assert milliseconds == LONGEST_WAIT_MS
    return int(milliseconds)
