"""The WSGI application that granian serves."""

import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

from backend.config.loopback import Application, only_from_this_machine
from backend.config.serving_guard import refuse_logins_of_others, refuse_unsafe_serving
from backend.operations.tables import refuse_newer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")


def refuse_the_wrong_database() -> None:
    """Stop before the first request as a role that row security does not bind, or on tables of a later version."""
    refuse_logins_of_others(settings)
    with suppress(OperationalError):  # The database may come later; its role is judged at the first connection.
        connection.ensure_connection()
        refuse_newer(connection)
    connection.close()


application: Application = get_wsgi_application()
refuse_unsafe_serving(settings)
refuse_the_wrong_database()
if settings.DEMO:
    application = only_from_this_machine(application)
