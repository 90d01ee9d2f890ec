"""`manage.py load_configuration`: what the product came with becomes the first version of each partnership."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from backend.configuration import reference


class Command(BaseCommand):
    """Run as the owner after load_reference; a partnership that has a version of a kind keeps its own."""

    help = "Write the first version of each kind of configuration where a partnership has none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write everything in one transaction."""
        with transaction.atomic(using="owner"):
            written = reference.load("owner")
        self.stdout.write(f"Configuration loaded: {written} first versions.")
