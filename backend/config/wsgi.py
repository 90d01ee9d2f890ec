"""The WSGI application that granian serves."""

import os
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

from backend.config.loopback import Application, only_from_this_machine
from backend.config.serving_guard import refuse_unsafe_serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")


def refuse_to_serve_as_owner() -> None:
    """Stop before the first request where a mistake in the environment would put row-level security out of force."""
    if "owner" in settings.DATABASES:
        raise ImproperlyConfigured(
            "OWNER_DATABASE_URL is set for a web server: it must not be able to change its tables."
        )
    with suppress(OperationalError):  # The database may come later; its role is judged at the first connection.
        connection.ensure_connection()
    connection.close()


application: Application = get_wsgi_application()
refuse_unsafe_serving(settings)
refuse_to_serve_as_owner()
if settings.DEMO:
    application = only_from_this_machine(application)
