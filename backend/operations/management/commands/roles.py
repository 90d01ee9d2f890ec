"""`manage.py roles`: makes the four roles and the database on a PostgreSQL server of one's own."""

import secrets
from argparse import ArgumentParser
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from backend.operations.postgres import roles
from backend.operations.postgres.binaries import CannotRun

VARIABLES = {
    roles.OWNER: "OWNER_DATABASE_URL",
    roles.WEB: "DATABASE_URL",
    roles.WORKER: "WORKER_DATABASE_URL",
    roles.DISPOSAL: "DISPOSAL_DATABASE_URL",
}


class Command(BaseCommand):
    """Run once per server, with a login that may create roles and databases; again to set new passwords."""

    help = "Make the four roles and the database on a PostgreSQL server, and print their URLs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The server and the name of the database."""
        parser.add_argument("admin_url", help="postgres://admin:password@host:5432/postgres")
        parser.add_argument("--database", default=roles.DATABASE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing; print what the environment needs."""
        made: dict[str, str] = {}

        def secret(role: str) -> str:
            return made.setdefault(role, secrets.token_urlsafe(24))

        try:
            urls = roles.prepare(options["admin_url"], secret=secret, database=options["database"])
        except (CannotRun, psycopg.Error) as reason:
            raise CommandError(str(reason).strip()) from reason
        self.stderr.write("Roles and database are ready. Keep these lines secret: they are not stored anywhere.")
        for role, variable in VARIABLES.items():
            self.stdout.write(f"{variable}={urls[role]}")
