"""`manage.py secure_tables`: SQL functions, involvement triggers, grants and row policies, all from declarations."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from backend.access import row_security
from backend.core.postgresql.changing_tables import patiently


class Command(BaseCommand):
    """Run as the owner after every migration; running it again changes nothing."""

    help = "Apply row-level security, grants and involvement triggers as the owner of the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply everything in one transaction on the owner's connection."""
        owner = connections["owner"]

        def secure() -> int:
            with transaction.atomic(using="owner"):
                return row_security.apply(owner)

        count = patiently(owner, secure, say=self.stderr.write)
        self.stdout.write(f"Row-level security applied ({count} statements).")
