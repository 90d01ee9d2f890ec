"""A store of the test's own, an export asked for and made by the worker's own login, and its file read back."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from python_calamine import CalamineWorkbook

from backend.exports.commands import making
from backend.exports.models import Export
from tests.actors import browser_of
from tests.cases.conftest import world
from tests.worker import worker_login

__all__ = ["ask", "asked", "cells", "content", "files", "make", "ready", "stored", "world"]

Looked = Callable[[], list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty store."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "exports": folder}
    return tmp_path


@pytest.fixture
def looked() -> Looked:
    """What was written of disclosures since the fixture began: only the owner reads the log."""

    def rows() -> list[tuple[Any, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                """SELECT user_id, role, kind, label, status, root_ids, child_ids FROM audit_accesslog
                    WHERE kind = 'disclosure' ORDER BY recorded_at, id"""
            )
            return list(cursor.fetchall())

    before = len(rows())
    return lambda: rows()[before:]


def ask(who: Any, code: str = "cases", **given: Any) -> Any:
    """The answer to asking for a list."""
    body = {"list": code, "filters": {}, "file_format": "xlsx", "recipient": "self", "purpose": "Supervision", **given}
    return browser_of(who).post("exports/", body)


def asked(who: Any, code: str = "cases", **given: Any) -> UUID:
    """The key of an export that was asked for."""
    answer = ask(who, code, **given)
    assert answer.status_code == 201, answer.content
    return UUID(answer.json()["id"])


def make() -> int:
    """Let the worker make what waits; only in tests with transaction=True."""
    with worker_login():
        return making.make_all()


def ready(who: Any, code: str = "cases", **given: Any) -> UUID:
    """The key of an export whose file is there."""
    key = asked(who, code, **given)
    make()
    made = browser_of(who).get(f"exports/{key}/").json()
    assert made["is_ready"], made
    return key


def stored(key: UUID) -> Export:
    """The row as it is, by the owner."""
    return Export.objects.using("owner").get(pk=key)


def content(who: Any, key: UUID) -> Any:
    """The answer to downloading it."""
    return browser_of(who).get(f"exports/{key}/content/")


def cells(answer: Any, file_format: str = "xlsx") -> list[list[Any]]:
    """The rows of a downloaded file, read by a library that the product does not have."""
    assert answer.status_code == 200, answer.content
    if file_format == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def files(folder: Path) -> int:
    """How many files the store holds."""
    return sum(1 for path in folder.rglob("*") if path.is_file())
