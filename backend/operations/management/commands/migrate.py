"""`manage.py migrate`: Django's own, quicker, and never in the way of whoever works for long."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

from backend.operations.migrating import drawing_only_what_changed

# Whoever changes a table waits for those who work in it, and all who come after wait for both.
LONGEST_WAIT_MS = 4_000


class Command(migrate.Command):
    """Make and change the tables."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Run the migrations; give up one that would keep people waiting."""
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LONGEST_WAIT_MS}ms"])
        try:
            with drawing_only_what_changed():
                return super().handle(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            raise CommandError(
                f"Somebody worked in a table for longer than {LONGEST_WAIT_MS // 1000} seconds. The migrations before "
                "are applied, this one has changed nothing: run the command again."
            ) from error
