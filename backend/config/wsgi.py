"""The WSGI application that granian serves."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from backend.config.demo_guard import is_loopback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def only_from_this_machine(inner: Application) -> Application:
    """A demo answers nobody but this machine, whatever its server was told to listen on."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if not is_loopback(str(environ.get("REMOTE_ADDR", ""))):
            start("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"The demo can only be used on the machine that runs it.\n"]
        return inner(environ, start)

    return answer


application: Application = get_wsgi_application()
if settings.DEMO:
    application = only_from_this_machine(application)
