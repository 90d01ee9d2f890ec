"""Serves a demo city as `make run` serves it, on a port of its own, for as long as somebody looks at it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.conf import settings

from backend.operations import processes
from backend.operations.children import stop_all
from backend.operations.supervisor import Site, Supervisor
from backend.operations.surroundings import VAR, urls_of
from tests import databases

# The product's own settings, not the tests'.
_OF_THE_PRODUCT = {
    "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    "DOCUMENT_FOLDER": str(VAR / "documents-of-tests"),
    "EXPORT_FOLDER": str(VAR / "exports-of-tests"),
}


@contextmanager
def product() -> Iterator[str]:
    """Start web server and worker on a copy of the city that the journeys use, and yield their address."""
    name = databases.own_name("lighthouse")
    databases.clone(name, template=databases.city_template())
    module, _, application = str(settings.WSGI_APPLICATION).rpartition(".")
    site = Site(
        bind="127.0.0.1",
        port=processes.free_port("127.0.0.1", preferred=None),
        demo=True,
        application=f"{module}:{application}",
        urls=lambda: urls_of(databases.server(), database=name),
        logs=VAR / "log" / name,
    )
    supervisor = Supervisor(site, say=print)
    try:
        with patch.dict(os.environ, _OF_THE_PRODUCT):
            supervisor.start()
            yield site.address
    finally:
        stop_all(supervisor.children)
        databases.drop(name)
