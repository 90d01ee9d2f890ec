"""`manage.py refresh_figures`: what the worker does every minute, or everything from the beginning, or a comparison."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from backend.insights import refreshing
from backend.insights.checking import differences


class Command(BaseCommand):
    """Counts whoever changed; `--rebuild` everybody, after rows were copied in; `--verify` finds sums that are off."""

    help = "Count again the figures of whoever changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take at most one of two ways to do more."""
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--rebuild", action="store_true", help="forget all sums and count everybody")
        ways.add_argument("--verify", action="store_true", help="compare sums and some children with their records")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work as the owner where an operator runs it, and say how far it is."""
        # Where only the worker's login is known, that one may do it too.
        using = "owner" if "owner" in connections else "default"
        if options["verify"]:
            self._verify(using)
            return
        began = time.monotonic()
        count = refreshing.rebuild if options["rebuild"] else refreshing.refresh
        number = count(using=using, say=self._say)
        self.stdout.write(f"{number} children counted in {time.monotonic() - began:.1f} s.")

    def _say(self, done: int, left: int) -> None:
        if left:
            self.stdout.write(f"{done} counted, about {left} to go")

    def _verify(self, using: str) -> None:
        found = differences(using=using)
        if found:
            raise CommandError("\n".join([*found, "To count everything again: manage.py refresh_figures --rebuild"]))
        self.stdout.write("The figures that are kept are those of the records.")
