"""Serves the web app's one page for every address that is not the API, with the session inside it."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import format_html_join, json_script
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from backend.access import session

MARK = "<!--session-->"
_END_OF_HEAD = "</head>"
# The address of a page, and what a browser is told to fetch for it.
_Links = Sequence[tuple[re.Pattern[str], str]]


@cache
def _page(path: Path) -> str:
    """Return the built page, read once: a new build means a new process."""
    return path.read_text(encoding="utf-8")


@cache
def _links(path: Path) -> Mapping[str, _Links]:
    """Return which files each address needs besides the app, as the build wrote it (frontend/scripts/page.mjs)."""
    if not path.is_file():
        return {}
    return {
        to_whom: [
            (
                re.compile(pattern),
                format_html_join("", '<link rel="modulepreload" crossorigin href="/{}">', ((file,) for file in files)),
            )
            for pattern, files in pages
        ]
        for to_whom, pages in json.loads(path.read_text(encoding="utf-8")).items()
    }


def _for(address: str, *, signed_in: bool) -> str:
    """Return the links to what an address's own screen is made of, so that it comes with the app and not after it."""
    links = _links(settings.FRONTEND_DIST / "files.json")
    pages = [*links.get("anybody", ()), *links.get("signed_in" if signed_in else "signed_out", ())]
    return next((found for pattern, found in pages if pattern.search(address)), "")


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer any address of the web app: its own router finds the screen, and the session saves it a round trip."""
    built = settings.FRONTEND_DIST / "index.html"
    if not built.is_file():
        return HttpResponse("The web app has not been built. Run: make run", status=503, content_type="text/plain")
    get_token(request)
    told = session.describe(request)
    links = _for(request.path, signed_in=told["signed_in"])
    html = _page(built).replace(_END_OF_HEAD, links + _END_OF_HEAD, 1).replace(MARK, json_script(told, "session"))
    return HttpResponse(html, headers={"Cache-Control": "no-store"})
