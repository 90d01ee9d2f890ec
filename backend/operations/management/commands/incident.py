"""`manage.py incident`: what the incident runbook asks of whoever runs the machine."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.dateparse import parse_date, parse_datetime

from backend.agencies.models import User
from backend.deadlines.calendar import at_local
from backend.operations import incident


def moment(given: str) -> datetime:
    """Return a day, or a moment with its time zone; raise CommandError."""
    found = parse_datetime(given) if "T" in given else None
    day = parse_date(given) if "T" not in given else None
    if day is not None:
        return at_local(day, datetime.min.time())
    if found is None or found.tzinfo is None:
        raise CommandError("Give --since as a day, 2026-11-27, or as a moment, 2026-11-27T21:30+00:00.")
    return found


class Command(BaseCommand):
    """One step of the runbook at a time; each says what it did."""

    help = "Suspend an account, end sessions, say what somebody read, keep the log as evidence, tell who is concerned."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the step, and whom or what it is about."""
        steps = parser.add_subparsers(dest="step", required=True)
        for name in ("suspend", "restore", "looks", "tell"):
            step = steps.add_parser(name)
            step.add_argument("email", help="the address with which they sign in")
            if name in ("looks", "tell"):
                step.add_argument("--since", required=True, help="a day, or a moment with its time zone")
        steps.add_parser("end-sessions")
        kept = steps.add_parser("evidence")
        kept.add_argument("folder", type=Path, help="outside this machine if you can")
        kept.add_argument("--since", required=True, help="a day, or a moment with its time zone")
        kept.add_argument("--person", default="", help="only what this address did")

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        """Do the step, by the owner's login."""
        if incident.OWNER not in connections:
            raise CommandError("Set OWNER_DATABASE_URL: who serves may not read the access log.")
        steps: Mapping[str, Callable[[dict[str, Any]], str]] = {
            "suspend": self._suspend,
            "restore": self._restore,
            "end-sessions": lambda _options: f"{incident.end_sessions()} sessions were ended.",
            "looks": self._looks,
            "evidence": self._evidence,
            "tell": self._tell,
        }
        self.stdout.write(steps[step](options))

    def _suspend(self, options: dict[str, Any]) -> str:
        one = self._person(options["email"])
        ended = incident.set_active(one, is_active=False)
        return (
            f"{one.name} can do nothing from now on; {ended} sessions were ended. Their manager gives their work to "
            "others under People."
        )

    def _restore(self, options: dict[str, Any]) -> str:
        one = self._person(options["email"])
        incident.set_active(one, is_active=True)
        return f"{one.name} may sign in again."

    def _looks(self, options: dict[str, Any]) -> str:
        count = 0
        for line in incident.looks(self._person(options["email"]), moment(options["since"])):
            self.stdout.write(line)
            count += 1
        return f"{count} looks since {options['since']}."

    def _evidence(self, options: dict[str, Any]) -> str:
        one = self._person(options["person"]) if options["person"] else None
        kept = incident.evidence(options["folder"], moment(options["since"]), one)
        return "\n".join(f"{file.path}: {file.lines} lines, SHA-256 {file.sha256}" for file in kept)

    def _tell(self, options: dict[str, Any]) -> str:
        told = incident.tell(self._person(options["email"]), moment(options["since"]))
        return f"The managers who answer for {told} records are told."

    def _person(self, email: str) -> User:
        one = incident.person(email)
        if one is None:
            raise CommandError("Nobody signs in with this address.")
        return one
