"""`manage.py secure_tables`: SQL functions, involvement triggers, grants and row policies, all from declarations."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from backend.access import row_security


class Command(BaseCommand):
    """Run as the owner after every migration; running it again changes nothing."""

    help = "Apply row-level security, grants and involvement triggers as the owner of the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply everything in one transaction on the owner's connection."""
        with transaction.atomic(using="owner"):
            count = row_security.apply(connections["owner"])
        self.stdout.write(f"Row-level security applied ({count} statements).")
