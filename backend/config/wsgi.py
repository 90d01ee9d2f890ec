"""The WSGI application that granian serves."""

import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

from backend.config.loopback import Application, only_from_this_machine
from backend.config.serving_guard import refuse_logins_of_others, refuse_unsafe_serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")


def refuse_to_serve_as_owner() -> None:
    """Stop before the first request where a mistake in the environment would put row-level security out of force."""
    refuse_logins_of_others(settings)
    with suppress(OperationalError):  # The database may come later; its role is judged at the first connection.
        connection.ensure_connection()
    connection.close()


application: Application = get_wsgi_application()
refuse_unsafe_serving(settings)
refuse_to_serve_as_owner()
if settings.DEMO:
    application = only_from_this_machine(application)
