"""`manage.py metrics`: serves what Prometheus scrapes, until it is told to stop."""

import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.operations.postgres.binaries import CannotRun
from backend.operations.watching.serving import Address, serve


class Command(BaseCommand):
    """One process a machine, beside the web server and the worker; DATABASE_URL is the worker's login."""

    help = "Serve metrics for Prometheus on METRICS_PORT until TERM (docs/how-to/watch-it.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until a signal."""
        if not settings.METRICS_PORT:
            raise CommandError("Say in METRICS_PORT where metrics are served.")
        address = Address(settings.METRICS_BIND, settings.METRICS_PORT, *settings.METRICS_TLS)
        signs = {signal.SIGTERM, signal.SIGINT}
        # Before any thread: none of them may take the signal.
        signal.pthread_sigmask(signal.SIG_BLOCK, signs)
        try:
            server = serve(address, Path(settings.METRICS_FOLDER))
        except CannotRun as reason:
            raise CommandError(str(reason)) from reason
        signal.sigwait(signs)
        server.shutdown()
