"""`manage.py retry_outbox`: what could not be delivered, and another try for it."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from backend.notifications.commands import try_again
from backend.notifications.models import Email, Outbox
from backend.notifications.queries import dead_letters


class Command(BaseCommand):
    """Lists dead letters by id, kind and error code; with ids or --all gives them all their attempts again."""

    help = "List what could not be delivered, or try it again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ids, or --all."""
        parser.add_argument("ids", nargs="*", type=UUID, help="dead letters to try again")
        parser.add_argument("--all", action="store_true", help="try every dead letter again")

    def handle(self, *args: Any, ids: list[UUID], **options: Any) -> None:
        """List, or retry and say how many."""
        # The owner when an operator runs it; where only the worker's login is known, that one may do it too.
        letters = dead_letters(using="owner" if "owner" in connections else "default")
        if not ids and not options["all"]:
            self._list(letters)
            return
        chosen = [letter for letter in letters if options["all"] or letter.pk in ids]
        unknown = set(ids) - {letter.pk for letter in chosen}
        if unknown:
            raise CommandError(f"Not a dead letter: {', '.join(sorted(map(str, unknown)))}")
        for letter in chosen:
            try_again(letter)
        self.stdout.write(f"{len(chosen)} will be tried again.")

    def _list(self, letters: list[Outbox | Email]) -> None:
        for letter in letters:
            kind = letter.message if isinstance(letter, Outbox) else "email"
            self.stdout.write(f"{letter.pk}  {kind}  {letter.last_error}  {letter.attempts} attempts")
        self.stdout.write(f"{len(letters)} dead letters.")
