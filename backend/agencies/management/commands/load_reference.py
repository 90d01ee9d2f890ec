"""`manage.py load_reference`: partnership, boards, agencies and targets; in the demo its made-up people too."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from backend.agencies import reference


class Command(BaseCommand):
    """Run as the owner after secure_tables."""

    help = "Load or update the reference data from fixtures/reference as the owner of the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in one transaction."""
        with transaction.atomic(using="owner"):
            partnership = reference.load("owner")
        self.stdout.write(f"Reference data loaded: {partnership.name}.")
