"""`manage.py secure_tables`: SQL functions, involvement triggers, grants and row policies, all from declarations."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, transaction

from backend.access import row_security
from backend.core.postgresql.changing_tables import patiently


class Command(BaseCommand):
    """Run as the owner after every migration, while people work; running it again changes nothing."""

    help = "Apply row-level security, grants and involvement triggers as the owner of the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply it table by table: all at once would hold every table's lock, and never get them while people work."""
        count = 0
        for step in row_security.steps():
            patiently(connections["owner"], partial(_apply, step), say=self.stderr.write)
            count += len(step)
        self.stdout.write(f"Row-level security applied ({count} statements).")


def _apply(step: list[str]) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in step:
            cursor.execute(statement)
