"""`manage.py restore`: a backup brought to life on a machine that has no database yet."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from backend.operations.backups import places
from backend.operations.backups.restoring import restore
from backend.operations.postgres.binaries import CannotRun
from backend.operations.surroundings import beside_the_database, embedded_cluster


class Command(BaseCommand):
    """Nothing is overwritten: what is there is moved away by whoever decides that."""

    help = "Make the embedded database, documents and signed roots anew from a backup."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and up to which moment."""
        parser.add_argument("backup", type=Path, help="a backup, or the folder of them: then the last that fits")
        parser.add_argument(
            "--until", help="a moment with its time zone, 2026-11-27T21:30+00:00; all there is if not said"
        )

    def handle(self, *args: Any, backup: Path, until: str | None, **options: Any) -> None:
        """Restore it, and say what is still to be done by hand."""
        moment = _moment(until) if until else None
        cluster = embedded_cluster()
        try:
            chosen = _chosen(backup, moment)
            self.stdout.write(f"From {chosen}.")
            restore(cluster, chosen, beside=beside_the_database(), until=moment, say=self.stdout.write)
        except CannotRun as reason:
            raise CommandError(str(reason)) from reason
        finally:
            cluster.leave()
        self.stdout.write(
            "It is restored. Put secret_key and audit_key of the old machine into var/, then start it: make run."
        )
        self.stdout.write("manage.py verify_audit says whether the access log is what it was.")


def _moment(said: str) -> datetime:
    moment = parse_datetime(said)
    if moment is None or moment.tzinfo is None:
        raise CommandError("Give --until as a moment with its time zone, 2026-11-27T21:30+00:00.")
    return moment


def _chosen(given: Path, until: datetime | None) -> Path:
    """Return the backup itself, or the last of a folder that is not later than the moment."""
    if (given / places.ABOUT).exists():
        return given
    fitting = [one for one in places.whole(given) if until is None or places.about(one).moment <= until]
    if not fitting:
        raise CannotRun(f"No finished backup in {given} is old enough.")
    return fitting[-1]
