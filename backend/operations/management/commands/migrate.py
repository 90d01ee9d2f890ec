"""`manage.py migrate`: Django's own, quicker."""

from typing import Any

from django.core.management.commands import migrate

from backend.operations.migrating import drawing_only_what_changed


class Command(migrate.Command):
    """Make and change the tables."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Run the migrations."""
        with drawing_only_what_changed():
            return super().handle(*args, **options)
