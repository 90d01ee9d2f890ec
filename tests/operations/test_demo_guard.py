"""The demo, which signs anyone in, starts on loopback and on its own database only."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.config.demo_guard import is_loopback, refuse_unsafe_demo
from backend.config.loopback import only_from_this_machine


@pytest.fixture
def embedded(tmp_path: Path) -> Path:
    (tmp_path / "port").write_text("5433")
    (tmp_path / "secrets.json").write_text(json.dumps({"alongside_web": "s3cret"}))
    return tmp_path


def test_embedded_database_on_loopback_may_start(embedded: Path) -> None:
    refuse_unsafe_demo(
        bind="127.0.0.1", database_url="postgres://web:s3cret@127.0.0.1:5433/alongside", folders=[embedded]
    )


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_other_addresses_are_refused(embedded: Path, bind: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="would listen on"):
        refuse_unsafe_demo(bind=bind, database_url="postgres://web:s3cret@127.0.0.1:5433/alongside", folders=[embedded])


@pytest.mark.parametrize(
    "url",
    [
        "postgres://web:s3cret@db.example.org:5433/alongside",
        "postgres://web:s3cret@127.0.0.1:5432/alongside",
        "postgres://web:another@127.0.0.1:5433/alongside",
        "postgres:///alongside",
    ],
)
def test_other_databases_are_refused(embedded: Path, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="not the embedded database"):
        refuse_unsafe_demo(bind="127.0.0.1", database_url=url, folders=[embedded])


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("10.0.0.1", False),
    ],
)
def test_loopback_is_recognised(address: str, *, answer: bool) -> None:
    assert is_loopback(address) is answer


def test_demo_answers_no_other_machine() -> None:
    statuses: list[str] = []
    application = only_from_this_machine(lambda _environ, start: start("200 OK", []) or [b"in"])
    application({"REMOTE_ADDR": "127.0.0.1"}, lambda status, _headers: statuses.append(status))
    application({"REMOTE_ADDR": "10.1.2.3"}, lambda status, _headers: statuses.append(status))
    assert statuses == ["200 OK", "403 Forbidden"]
