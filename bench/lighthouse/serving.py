"""Serves a demo city as `make run` serves it, on a port of its own, for as long as somebody looks at it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from backend.operations import processes
from backend.operations.children import stop_all
from tests import databases
from tests.e2e.serving import OF_THE_PRODUCT, supervisor_of


@contextmanager
def product() -> Iterator[str]:
    """Start web server and worker on a copy of the city that the journeys use, and yield their address."""
    name = databases.own_name("lighthouse")
    databases.clone(name, template=databases.city_template())
    supervisor = supervisor_of(name, port=processes.free_port("127.0.0.1", preferred=None))
    try:
        with patch.dict(os.environ, OF_THE_PRODUCT):
            supervisor.start()
            yield supervisor.site.address
    finally:
        stop_all(supervisor.children)
        databases.drop(name)
