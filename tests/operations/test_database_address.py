"""What the address of a database asks for is done, and the product's own limits stay beside it."""

import environ
import pytest

from backend.config.databases import database

ADDRESS = "postgres://alongside_web:secret@db.example:5432/alongside"


def _options(monkeypatch: pytest.MonkeyPatch, asked: str) -> dict[str, object]:
    monkeypatch.setenv("DATABASE_URL", f"{ADDRESS}?{asked}")
    options: dict[str, object] = database(environ.Env(), "DATABASE_URL", statement_timeout_ms=8_000)["OPTIONS"]
    return options


def test_an_address_can_ask_that_the_server_proves_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    options = _options(monkeypatch, "sslmode=verify-full&sslrootcert=/etc/alongside/tls/ca.crt")
    assert options["sslmode"] == "verify-full"
    assert options["sslrootcert"] == "/etc/alongside/tls/ca.crt"
    assert options["connect_timeout"] == 5
    assert "statement_timeout=8000" in str(options["options"])


def test_nobody_is_let_in_to_a_server_that_cannot_write_unless_the_address_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _options(monkeypatch, "")["target_session_attrs"] == "read-write"
    assert _options(monkeypatch, "target_session_attrs=any")["target_session_attrs"] == "any"
