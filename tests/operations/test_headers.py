"""What every answer carries, by its kind."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from backend.agencies.roles import Role
from backend.config.browsers import content_security_policy
from backend.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from backend.core import clock
from backend.documents.sending import sent
from backend.operations.middleware import SIGN_OUT
from tests import golden
from tests.actors import Browser, browser_of, membership
from tests.reports.making import LATER, analyst, made
from tests.routes import SOMETHING

pytestmark = pytest.mark.django_db

__all__ = ["handler400", "handler403", "handler404", "handler500"]

REVIEWED = Path(__file__).with_name("headers.csv")
COLUMNS = ("kind", "header", "value")
# Said of one content or one moment, not of a kind.
OF_THE_ANSWER = {"Content-Length", "Date", "ETag", "Expires", "Last-Modified", "Set-Cookie", "X-Request-Id"}
PICTURE = "/static/drf_spectacular_sidecar/swagger-ui-dist/favicon-32x32.png"


def download(request: HttpRequest) -> HttpResponse:
    """A file of the store, as each view that gives one out has it from the same function."""
    storages["documents"].save("one-of-these-tests", ContentFile(b"words"))
    return sent("one-of-these-tests", "application/pdf")


def broken(request: HttpRequest) -> HttpResponse:
    """What no view of ours should do."""
    raise RuntimeError("said to nobody")


# The product's addresses, and two that only these tests have.
urlpatterns = [path("api/v1/download/", download), path("api/v1/broken/", broken), *urlpatterns]


def _signed_in(role: Role = Role.MANAGER) -> Browser:
    return browser_of(membership("front-door", role))


def _sent(body: bytes, content_type: str = "application/json") -> HttpResponse:
    """Somebody's critical moment, as a client sends it that is not ours."""
    headers = {"Idempotency-Key": "a-key-of-this-test"}
    client = _signed_in().client
    return client.post("/api/v1/critical-moments/", body, content_type=content_type, headers=headers, secure=True)


def _behind_a_proxy(client: Client) -> HttpResponse:
    with override_settings(SECURE_SSL_REDIRECT=True):
        return client.get("/cases/")


def _report(client: Client) -> HttpResponse:
    """Drawn when it is asked for, and no file of the store."""
    with clock.at(LATER):
        return browser_of(analyst()).client.get(f"/api/v1/reports/{made()['id']}/pdf/", secure=True)


KINDS: dict[str, Callable[[Client], HttpResponse]] = {
    "a page": lambda client: client.get("/", secure=True),
    "a page nobody has": lambda client: client.get("/cases/nothing", secure=True),
    "a page asked for by a form": lambda client: client.post("/", secure=True),
    "the page about the API": lambda client: client.get("/api/v1/docs/", secure=True),
    "the API to nobody": lambda client: client.get("/api/v1/session/", secure=True),
    "the API to somebody": lambda client: _signed_in().client.get("/api/v1/agencies/", secure=True),
    "the API refusing nobody": lambda client: client.get("/api/v1/referrals/", secure=True),
    "no such address": lambda client: client.get("/api/v1/no-such-thing/", secure=True),
    "a fault": lambda client: client.get("/api/v1/broken/", secure=True),
    "a download": lambda client: client.get("/api/v1/download/", secure=True),
    "a PDF": _report,
    "a file of the app": lambda client: client.get(PICTURE, secure=True),
    "signing out": lambda client: client.delete(SIGN_OUT, secure=True),
    "a body that is no JSON": lambda client: client.post(
        "/_allauth/browser/v1/auth/login", b"{", content_type="application/json", secure=True
    ),
    "the API refusing a body": lambda client: _sent(b"{"),
    "the API refusing a body of another kind": lambda client: _sent(b"{}", "text/plain"),
    "the API refusing a body that is too large": lambda client: _sent(b'{"a": "' + b"x" * 2**20 + b'"}'),
    "the API refusing a role": lambda client: _signed_in(Role.TRIAGE_OFFICER).client.get(
        "/api/v1/exceptions/", secure=True
    ),
    "the API refusing a method": lambda client: _signed_in().client.put("/api/v1/agencies/", secure=True),
    "the API about a record that is not there": lambda client: _signed_in().client.get(
        f"/api/v1/referrals/{SOMETHING}/", secure=True
    ),
    "a link to a status": lambda client: client.get("/status/", secure=True),
    "what a link to a status asks": lambda client: client.post(
        "/api/v1/status/", {"token": "x" * 43}, content_type="application/json", secure=True
    ),
    "a redirect": _behind_a_proxy,
}
# Read by nobody who is no browser: a page over http is sent on, and no more is said there.
OVER_HTTP = {"a redirect"}


@pytest.fixture
def client(settings: Any, tmp_path: Path) -> Client:
    """A stranger's browser, a built page, and the addresses of this file."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Alongside</title><!--session-->", encoding="utf-8")
    settings.FRONTEND_DIST = tmp_path
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def _carried(answer: HttpResponse) -> list[tuple[str, str]]:
    """What an answer carries, each header once; the parts of a policy in the order of the alphabet, for it has none."""
    found = [("status", str(answer.status_code))]
    for name, value in answer.headers.items():
        if name not in OF_THE_ANSWER:
            parts = sorted(value.split("; ")) if name == "Content-Security-Policy" else [value]
            found.append((name, "; ".join(parts)))
    for name, cookie in answer.cookies.items():
        flags = [flag for flag in ("secure", "httponly", "samesite", "path", "domain") if cookie[flag]]
        found.append(("Set-Cookie", " ".join([name, *flags])))
    answer.close()
    return found


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in OVER_HTTP])
def test_no_answer_lacks_what_keeps_it_where_it_belongs(client: Client, kind: str) -> None:
    headers = dict(_carried(KINDS[kind](client)))
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert ("'unsafe" in policy) is (kind == "the page about the API")
    assert ("sandbox" in policy) is (kind in ("a download", "a PDF"))
    assert "no-store" in headers["Cache-Control"] or kind == "a file of the app"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert not any(name.startswith("Access-Control-") for name in headers)
    assert not {"Server", "X-Powered-By"} & set(headers)
    assert headers.get("Set-Cookie", "__Host-").startswith("__Host-")
    assert headers.get("Clear-Site-Data") == ('"cache", "storage"' if kind == "signing out" else None)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_the_headers_that_were_reviewed(client: Client, kind: str) -> None:
    rows = [row for row in _reviewed() if row[0] in KINDS and row[0] != kind]
    rows += [(kind, name, value) for name, value in sorted(set(_carried(KINDS[kind](client))))]
    lines = StringIO()
    order = list(KINDS)
    csv.writer(lines, lineterminator="\n").writerows([COLUMNS, *sorted(rows, key=lambda row: order.index(row[0]))])
    golden.compare(REVIEWED, lines.getvalue())


def _reviewed() -> list[tuple[str, str, str]]:
    if not REVIEWED.exists():
        return []
    with REVIEWED.open(encoding="utf-8") as file:
        return [(kind, header, value) for kind, header, value in csv.reader(file)]


def test_over_plain_http_a_page_is_not_sent_to_https_that_is_not_there() -> None:
    assert "upgrade-insecure-requests" not in content_security_policy(plain_http=True)["DIRECTIVES"]
    assert "upgrade-insecure-requests" in content_security_policy(plain_http=False)["DIRECTIVES"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_a_page_is_only_read(client: Client, method: str) -> None:
    assert client.generic(method, "/").status_code == 405


def test_behind_a_proxy_people_are_brought_to_https_and_programs_are_not(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").status_code == 301
    assert client.get("/api/v1/health/live").status_code == 200
    assert django_settings.SECURE_REDIRECT_EXEMPT == [r"^api/", r"^_allauth/"]
