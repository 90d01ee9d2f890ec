"""`manage.py health`: what Alongside stands on, one line each, for whoever runs the machine."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from backend.operations.watching.dependencies import findings


class Command(BaseCommand):
    """Ends with 1 where something is not well, so that whatever runs it can tell somebody."""

    help = "Say of the database, the worker, the outbox, documents, disks, archive and backup whether each is well."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each, and say how it stands."""
        # The owner when an operator runs it; where only the worker's login is known, that one may ask too.
        found = list(findings(using="owner" if "owner" in connections else "default"))
        for one in found:
            self.stdout.write(f"{one.name:<11} {'ok' if one.is_well else one.reason}")
        if not all(one.is_well for one in found):
            raise SystemExit(1)
