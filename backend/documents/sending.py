"""A file of the store as an answer: whole, unchanged since it was kept, and dead in whatever opens it."""

import structlog
from django.http import HttpResponse

from backend.core.errors import Unavailable
from backend.documents import storing

# Even a page or a script in it would do nothing, were it ever opened in its place.
_INERT = "sandbox; default-src 'none'; frame-ancestors 'none'"
log = structlog.get_logger(__name__)


def sent(name: str, media_type: str, *, sha256: str = "", where: str = storing.DOCUMENTS) -> HttpResponse:
    """Return the answer that carries a file; raise Unavailable where it is away, or not what was kept."""
    try:
        content = storing.read(name, where)
    except OSError as error:
        log.error("file missing from the store", store=where, error=type(error).__name__)
        raise Unavailable("The store of files does not answer. Try again in a few minutes.") from error
    if sha256 and storing.digest(content) != sha256:
        log.error("file changed in the store", store=where)
        raise Unavailable("This file is damaged in the store. Tell whoever runs Alongside for you.")
    return inert(content, media_type)


def inert(content: bytes, media_type: str) -> HttpResponse:
    """Return the answer that carries bytes, dead in whatever opens them."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Security-Policy"] = _INERT
    return answer
