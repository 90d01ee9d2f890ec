"""`manage.py work`: the worker, until it is told to stop."""

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from backend.operations.tables import refuse_newer
from backend.operations.worker import Worker


class Command(BaseCommand):
    """Deliver what the outbox holds, send email and run periodic jobs; DATABASE_URL is the worker's login."""

    help = "Deliver messages and run periodic jobs until TERM."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal."""
        with suppress(OperationalError):  # The database may come later.
            refuse_newer(connection)
        Worker().run()
