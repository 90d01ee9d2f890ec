"""A demo answers nobody but the machine that runs it, whatever its server was told to listen on."""

from collections.abc import Callable, Iterable
from typing import Any

from backend.config.demo_guard import is_loopback

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def only_from_this_machine(inner: Application) -> Application:
    """Wrap a WSGI application so that it refuses callers from elsewhere."""

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if not is_loopback(str(environ.get("REMOTE_ADDR", ""))):
            start("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"The demo can only be used on the machine that runs it.\n"]
        return inner(environ, start)

    return answer
