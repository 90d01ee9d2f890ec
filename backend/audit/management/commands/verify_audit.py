"""`manage.py verify_audit`: whether the access log is what it was when it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from backend.audit.verifying import verify

_SHOWN = 50


class Command(BaseCommand):
    """Says what was changed, deleted, put in, moved or cut off; exits with 1 where anything was."""

    help = "Check the access log against its signed roots."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything, by the owner's login."""
        if "owner" not in connections:
            raise CommandError("Set OWNER_DATABASE_URL: who serves may not read the access log.")
        connection = connections["owner"]
        with transaction.atomic(using="owner"), connection.cursor() as cursor:
            # One moment for all of it, while the worker goes on.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            report = verify(connection.connection, self._told)
        for sentence in [*report.notices, *report.findings[:_SHOWN]]:
            self.stdout.write(sentence)
        if len(report.findings) > _SHOWN:
            self.stdout.write(f"… and {len(report.findings) - _SHOWN} more.")
        self.stdout.write(
            f"{report.rows} rows in {report.checkpoints} checkpoints were checked; {report.uncovered} are so new that "
            "no checkpoint covers them yet."
        )
        if report.findings:
            raise CommandError("The access log is not what it was.")
        self.stdout.write("The access log is whole.")

    def _told(self, rows: int, of: int) -> None:
        self.stderr.write(f"{rows:,} of {of:,} rows")
