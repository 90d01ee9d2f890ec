"""`manage.py reference FOLDER`: the documents that are generated from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backend.operations import reference


class Command(BaseCommand):
    """Used by `make schema` and, into a scratch folder, by `make check`."""

    help = "Write the schema, the states and the permissions into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write each document and say so."""
        for path in reference.write(folder):
            self.stdout.write(str(path))
