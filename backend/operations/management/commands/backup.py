"""`manage.py backup`: a whole backup of the embedded database and of what lies beside it, while people work."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.operations.backups.making import back_up
from backend.operations.postgres.binaries import CannotRun
from backend.operations.surroundings import backup_folder, beside_the_database, embedded_cluster


class Command(BaseCommand):
    """Run it each night; between two of them the server keeps every change itself."""

    help = "Make a backup of the embedded database, documents and signed roots in BACKUP_FOLDER."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How many to keep."""
        parser.add_argument("--keep", type=int, default=14, help="delete the oldest where there are more (14)")

    def handle(self, *args: Any, keep: int, **options: Any) -> None:
        """Make it, and say where it is."""
        folder = backup_folder()
        if not os.environ.get("EMBEDDED"):
            raise CommandError("DATABASE_URL names a server of your own: back it up as docs/how-to/back-up.md says.")
        if folder is None:
            raise CommandError("Say in BACKUP_FOLDER where backups are kept: on another disk than the database.")
        if keep < 1:
            raise CommandError("Keep at least one.")
        try:
            made = back_up(embedded_cluster(), folder, beside=beside_the_database(), keep=keep, say=self.stdout.write)
        except CannotRun as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"The backup is {made}. Keep secret_key and audit_key of var/ elsewhere, and as well as it.")
