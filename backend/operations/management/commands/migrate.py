"""`manage.py migrate`: Django's own, quicker, and beside people at work."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

from backend.core.postgresql.changing_tables import IN_USE, TRIES, patiently
from backend.operations.migrating import drawing_only_what_changed


class Command(migrate.Command):
    """Make and change the tables."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Run the migrations, from the first that is not yet recorded whenever a table was in use."""
        run, asked = super().handle, connections[options["database"]]
        try:
            with drawing_only_what_changed():
                return patiently(asked, lambda: run(*args, **options), say=self.stderr.write, tries=TRIES)
        except OperationalError as error:
            if not isinstance(error.__cause__, IN_USE):
                raise
            raise CommandError(
                "A table was in use whenever it was asked for. The migrations before are applied, this one has "
                "changed nothing: see who works in it for so long, and run the command again."
            ) from error
