"""`manage.py import_services FILE|FOLDER`: brings the directory up to date from an Open Referral UK feed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.access.actors import Actor, actor_of
from backend.access.binding import acting
from backend.access.policy import Permission, holds
from backend.agencies.models import Membership
from backend.core.errors import Refusal
from backend.interop.commands import check_services, import_services
from backend.interop.files import LARGEST_FILE, SourceFile
from backend.interop.planning import Plan
from backend.interop.report import lines

_ENDINGS = (".csv", ".json")


class Command(BaseCommand):
    """Run as the web role does: in the name of a manager or an administrator, whose agency keeps the entries."""

    help = "Read services in the format of Open Referral UK: JSON of the API, or a folder of CSV tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it is, whose it is, and whether to write."""
        parser.add_argument("path", type=Path, help="a file, or a folder with the tables")
        parser.add_argument("--as", dest="email", required=True, help="email of the person who does it")
        parser.add_argument("--source", required=True, help="the name of the feed; the same name again updates it")
        parser.add_argument("--licence", default="", help="on what licence it may be used, such as OGL-UK-3.0")
        parser.add_argument("--write", action="store_true", help="write it; without this, only say what would be done")

    def handle(
        self, *args: Any, path: Path, email: str, source: str, licence: str, write: bool, **options: Any
    ) -> None:
        """Say what was new, changed, gone and wrong."""
        files = list(_files(path))
        actor = _actor(email)
        try:
            with acting(actor):
                if write:
                    plan = import_services(actor, files, source=source, licence=licence)
                else:
                    plan = check_services(actor, files, source=source)
        except Refusal as refusal:
            raise CommandError("Nothing was written.\n" + "\n".join(refusal.reasons)) from refusal
        self._say(plan, written=write)

    def _say(self, plan: Plan, *, written: bool) -> None:
        for line in lines(plan):
            self.stdout.write(line)
        if plan.report.stops:
            raise CommandError("It cannot be read: nothing was written.")
        self.stdout.write("Written." if written else "Nothing was written. To write it, add --write.")


def _files(path: Path) -> list[SourceFile]:
    if not path.exists():
        raise CommandError(f"There is no {path}.")
    paths = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS) if path.is_dir() else [path]
    for one in paths:
        if one.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{one.name} is larger than {LARGEST_FILE // 1_000_000} MB.")
    if not paths:
        raise CommandError(f"There is no CSV or JSON file in {path}.")
    return [SourceFile(one.name, one.read_bytes()) for one in paths]


def _actor(email: str) -> Actor:
    memberships = Membership.objects.filter(user__email=email.lower(), ended_at=None, user__is_active=True)
    actors = [
        actor_of(row) for row in memberships.select_related("user", "agency", "team").order_by("started_at", "id")
    ]
    found = next((actor for actor in actors if holds(actor, Permission.SERVICE_IMPORT)), None)
    if found is None:
        raise CommandError(f"{email} is no manager or system administrator here.")
    return found
