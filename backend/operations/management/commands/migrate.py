"""`manage.py migrate`: Django's own, quicker, and beside people at work."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from backend.core.postgresql.changing_tables import patiently
from backend.operations.migrating import drawing_only_what_changed


class Command(migrate.Command):
    """Make and change the tables."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Run the migrations, from the first that is not yet recorded whenever a table was in use."""
        run = super().handle
        with drawing_only_what_changed():
            return patiently(connections[options["database"]], lambda: run(*args, **options), say=self.stderr.write)
