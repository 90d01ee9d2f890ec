"""Serves the web app's one page for every address that is not the API, with the session inside it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import json_script
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from backend.access import session

MARK = "<!--session-->"


@cache
def _page(path: Path) -> str:
    """Return the built page, read once: a new build means a new process."""
    return path.read_text(encoding="utf-8")


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer any address of the web app: its own router finds the screen, and the session saves it a round trip."""
    built = settings.FRONTEND_DIST / "index.html"
    if not built.is_file():
        return HttpResponse("The web app has not been built. Run: make run", status=503, content_type="text/plain")
    get_token(request)
    html = _page(built).replace(MARK, json_script(session.describe(request), "session"))
    return HttpResponse(html, headers={"Cache-Control": "no-store"})
