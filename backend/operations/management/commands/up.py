"""`manage.py up`: everything that serves Alongside, under one parent; `make run` ends here."""

import os
from argparse import ArgumentParser
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand
from psycopg import sql

from backend.operations.locks import OnlyOne
from backend.operations.postgres import roles
from backend.operations.postgres.cluster import Cluster
from backend.operations.preparation import is_prepared, prepare
from backend.operations.supervisor import Site, Supervisor, choose_port
from backend.operations.surroundings import VAR, embedded_cluster, prepare_embedded, urls_of


class Command(BaseCommand):
    """Prepares the database, then serves until Ctrl-C."""

    help = "Prepare the database and serve: web server, worker and, without DATABASE_URL, an embedded PostgreSQL."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Start over, on request."""
        parser.add_argument("--anew", action="store_true", help="throw the demo city away and make it again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve, unless somebody does already."""
        lock = OnlyOne(VAR / "up.lock")
        if not lock.take():
            address = lock.read()
            self.say(f"Alongside is already running at {address}" if address else "Alongside is already starting.")
            if options["anew"]:
                self.say("Stop it first (Ctrl-C where it runs), then start the demo city anew.")
                raise SystemExit(1)
            return
        cluster = embedded_cluster() if os.environ.get("EMBEDDED") else None
        site = self._site(cluster)
        try:
            if cluster:
                cluster.start(dies_with_us=True)
                if options["anew"]:
                    self._drop(cluster)
            self._serve(site, lock)
        finally:
            if cluster:
                cluster.leave()
        self.say("Stopped. What was entered is kept.")

    def _serve(self, site: Site, lock: OnlyOne) -> None:
        self._prepare(site)

        def announce(address: str) -> None:
            lock.note(address)
            self._announce(site)

        Supervisor(site, say=self.say).run(announce)

    def say(self, text: str) -> None:
        """One line to the terminal, at once."""
        self.stdout.write(text)
        self.stdout.flush()

    def _site(self, cluster: Cluster | None) -> Site:
        module, _, name = str(settings.WSGI_APPLICATION).rpartition(".")
        return Site(
            bind=settings.BIND,
            port=choose_port(settings.BIND, wanted=os.environ.get("PORT"), say=self.say),
            demo=settings.DEMO,
            application=f"{module}:{name}",
            urls=(lambda: urls_of(cluster)) if cluster else (lambda: os.environ),
            cluster=cluster,
        )

    def _prepare(self, site: Site) -> None:
        folder = site.cluster.folder if site.cluster else None
        if "owner" not in settings.DATABASES:
            self.say("OWNER_DATABASE_URL is not set: serving the tables as they are.")
        elif not is_prepared(folder):
            prepare(self.say, demo=site.demo, folder=folder)

    def _drop(self, cluster: Cluster) -> None:
        self.say("Throwing the old demo city away …")
        with psycopg.connect(cluster.url(), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(roles.DATABASE)))
        for note in ("roles_made", "prepared", "people"):
            (cluster.folder / note).unlink(missing_ok=True)
        prepare_embedded(cluster)

    def _announce(self, site: Site) -> None:
        self.say("")
        self.say(f"Alongside is running at {site.address}")
        people = site.cluster.folder / "people" if site.cluster else None
        if site.demo and people and people.exists():
            self.say("")
            self.say(people.read_text())
        self.say("")
        self.say(f"Ctrl-C stops it; what was entered is kept. Logs: {VAR / 'log'}")
