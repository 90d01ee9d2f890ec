"""What an operator sees: numbers by route and kind, never a person, an agency or an address."""

import os
import re
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.request import urlopen

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from pytest_django import DjangoAssertNumQueries

from backend.access.binding import acting
from backend.config.metrics import counted_in, shown_to
from backend.notifications.attempts import note_failure, note_success, take_outcomes
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.notifications.models import Outbox
from backend.operations import processes
from backend.operations.watching import requests as watching
from backend.operations.watching import work
from backend.operations.watching.requests import RequestMetrics
from backend.operations.watching.serving import Address, OfTheLiving, is_alive, serve, tidy
from backend.operations.watching.standing import Standing
from tests.certificates import self_signed
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.worker import worker_login

A_CHILD = "0193f1c2-7d4e-7b2a-8c1d-5e6f7a8b9c0d"
# Every label that anything here has: a new one is thought about, because it is shown to whoever watches.
LABELS = {"route", "method", "status", "kind", "outcome", "job", "state", "login", "dependency", "folder", "le"}


def total(metric: object, *labels: str) -> float:
    return float(metric.labels(*labels)._value.get())  # type: ignore[attr-defined] # the library has no other way


@pytest.fixture
def counting(settings: object) -> Callable[[HttpResponse], RequestMetrics]:
    settings.METRICS_PORT = 9  # type: ignore[attr-defined] # pytest-django's own
    return lambda response: RequestMetrics(lambda _request: response)


def asked(path: str, method: str = "GET") -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.resolver_match = resolve(path.partition("?")[0])
    return request


def test_a_request_is_counted_under_its_route_and_how_it_went_and_asks_the_database_nothing(
    counting: Callable[[HttpResponse], RequestMetrics], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = asked(f"/api/v1/cases/{A_CHILD}/?name=Amara")
    route = "api/v1/cases/<uuid:pk>/"
    before = total(watching.REQUESTS, route, "GET", "4xx")

    with django_assert_num_queries(0):
        counting(HttpResponse(status=404))(request)

    assert total(watching.REQUESTS, route, "GET", "4xx") == before + 1
    shown = generate_latest().decode()
    assert A_CHILD not in shown
    assert "Amara" not in shown


def test_whatever_somebody_invents_makes_no_row_of_its_own(counting: Callable[[HttpResponse], RequestMetrics]) -> None:
    middleware = counting(HttpResponse())
    for number in range(3):
        middleware(RequestFactory().generic(f"AMARA{number}", f"/nowhere/{number}"))

    shown = generate_latest().decode()
    assert total(watching.REQUESTS, watching.NO_ROUTE, watching.OTHER_METHOD, "2xx") >= 3
    assert "AMARA" not in shown
    assert "nowhere" not in shown


def test_nothing_is_counted_where_nobody_asked_for_it(settings: object) -> None:
    settings.METRICS_PORT = 0  # type: ignore[attr-defined] # pytest-django's own
    with pytest.raises(MiddlewareNotUsed):
        RequestMetrics(lambda _request: HttpResponse())


def test_deliveries_and_jobs_are_counted_by_how_they_went() -> None:
    take_outcomes()
    sent, failing = Outbox(), Outbox(attempts=7)
    note_success(sent)
    note_failure(failing, "SMTPServerDisconnected")
    before = total(work.DELIVERIES, "outbox", "given_up")
    work.count_deliveries()
    assert total(work.DELIVERIES, "outbox", "given_up") == before + 1
    assert not take_outcomes()

    def fails() -> None:
        raise LookupError

    done, failed = (total(work.JOBS, "made.up", outcome) for outcome in ("done", "failed"))
    work.counted("made.up", lambda: 3)
    with pytest.raises(LookupError):
        work.counted("made.up", fails)
    assert total(work.JOBS, "made.up", "done") == done + 1
    assert total(work.JOBS, "made.up", "failed") == failed + 1


# --- how the work stands ----------------------------------------------------------------------------------------------


def standing() -> dict[str, Metric]:
    with worker_login():
        return {family.name: family for family in Standing().collect()}


def value(families: dict[str, Metric], name: str, **labels: str) -> float:
    (found,) = [one.value for one in families[name].samples if one.labels == labels]
    return float(found)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_waits_is_told_by_number_and_age_and_by_nobodys_name() -> None:
    manager = staff.member(staff.partnership().front_door)
    with acting(manager):
        tell(
            event_id=None,
            root_id=None,
            audience=Person(manager.user_id),
            message="deadline_at",
            fields={"clock": "Decide", "reference": "R-1", "due": "5pm"},
            path="/",
        )
    with worker_login():
        rows("INSERT INTO notifications_heartbeat VALUES ('gone', now() - interval '50 seconds') RETURNING 1")
        rows("UPDATE notifications_outbox SET next_try_at = now() - interval '7 minutes' RETURNING 1")

    families = standing()

    assert value(families, "alongside_outbox_rows", state="pending") == 1
    assert value(families, "alongside_outbox_rows", state="dead") == 0
    assert 400 < value(families, "alongside_outbox_due_seconds") < 500
    assert 50 <= value(families, "alongside_worker_heartbeat_age_seconds") < 80
    assert value(families, "alongside_healthy", dependency="outbox") == 0
    assert value(families, "alongside_healthy", dependency="worker") == 0
    assert value(families, "alongside_healthy", dependency="database") == 1
    assert value(families, "alongside_documents_waiting") == 0
    assert value(families, "alongside_database_bytes") > 0
    assert value(families, "alongside_disk_free_bytes", folder="documents") > 0
    shown = {name for family in families.values() for one in family.samples for name in one.labels}
    assert shown <= LABELS


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_database_that_is_away_is_told_and_the_rest_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with worker_login():
        monkeypatch.setitem(connection.settings_dict, "PORT", "1")
        families = {family.name: family for family in Standing().collect()}
        monkeypatch.undo()
    assert "alongside_outbox_rows" not in families
    assert value(families, "alongside_healthy", dependency="database") == 0
    assert value(families, "alongside_disk_bytes", folder="var") > 0


def test_no_metric_has_a_label_that_nobody_thought_about() -> None:
    names = {name for family in (*_declared(), *Standing().describe()) for name in getattr(family, "_labelnames", ())}
    assert names
    assert names <= LABELS


def _declared() -> Iterator[object]:
    for module in (watching, work):
        yield from (one for name, one in vars(module).items() if name.isupper() and hasattr(one, "_labelnames"))


# --- the address ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "metrics"
    tidy(made)
    return made


@pytest.mark.django_db
def test_the_public_port_has_no_metrics(client: Client) -> None:
    assert client.get("/api/v1/metrics").status_code == 404
    assert b"alongside_" not in client.get("/static/metrics").content


def test_what_processes_counted_is_shown_together_and_what_the_dead_had_in_hand_is_not(folder: Path) -> None:
    script = """
import sys
from django.conf import settings
settings.configure()
from backend.operations.watching import requests
requests.SHED.labels("read").inc(int(sys.argv[1])); requests.PLACES_TAKEN.inc()
"""
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    for number in ("2", "3"):
        subprocess.run([sys.executable, "-c", script, number], check=True, env=environment)
    assert len(list(folder.glob("counter_*.db"))) == 2

    made = CollectorRegistry()
    made.register(OfTheLiving(folder))
    shown = generate_latest(made).decode()

    assert re.search(r'^alongside_requests_shed_total\{kind="read"\} 5\.0$', shown, re.MULTILINE)
    assert not re.search(r"^alongside_places_taken [1-9]", shown, re.MULTILINE)
    tidy(folder)
    assert not list(folder.glob("*.db"))
    assert is_alive(os.getpid())


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_whoever_asks_there_gets_them_and_nobody_else_reads_the_files(folder: Path) -> None:
    port = processes.free_port("127.0.0.1", preferred=None)
    with worker_login():
        server = serve(Address("127.0.0.1", port), folder)
        try:
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
                text = answer.read().decode()
        finally:
            server.shutdown()
            server.server_close()
    assert "alongside_disk_free_bytes" in text
    assert folder.stat().st_mode & 0o777 == 0o700


def test_beyond_this_machine_only_whoever_shows_a_certificate_reads_them(folder: Path, tmp_path: Path) -> None:
    port, known = processes.free_port("127.0.0.1", preferred=None), str(self_signed(tmp_path))
    server = serve(Address("127.0.0.1", port, known, known, known), folder)
    try:
        stranger = ssl.create_default_context(cafile=known)
        with pytest.raises((OSError, HTTPException)):
            urlopen(f"https://localhost:{port}/metrics", timeout=20, context=stranger)
        with pytest.raises((OSError, HTTPException)):
            urlopen(f"http://localhost:{port}/metrics", timeout=20)
        friend = ssl.create_default_context(cafile=known)
        friend.load_cert_chain(known)
        link = HTTPSConnection("localhost", port, timeout=20, context=friend)
        link.connect()
        link.close()
    finally:
        server.shutdown()
        server.server_close()


def test_an_address_beyond_this_machine_without_certificates_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_BIND", "0.0.0.0")
    with pytest.raises(ImproperlyConfigured, match="METRICS_CLIENT_CA"):
        shown_to(environ.Env())
    for name in ("METRICS_CERTIFICATE", "METRICS_KEY", "METRICS_CLIENT_CA"):
        monkeypatch.setenv(name, "/etc/metrics.pem")
    assert shown_to(environ.Env()) == ("0.0.0.0", ("/etc/metrics.pem",) * 3)


def test_without_a_port_nothing_is_counted_into_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("METRICS_PORT", raising=False)
    assert counted_in(environ.Env(), tmp_path) == (0, "")
    assert not list(tmp_path.iterdir())
