"""A document store of the test's own, a scanner that says what the test wants, and the people of the casework tests."""

import base64
from pathlib import Path
from typing import Any

import pytest

from backend.documents import commands
from tests.actors import browser_of
from tests.cases.conftest import World, world
from tests.worker import worker_login

__all__ = ["handed_in", "world"]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty store, and the scanner of the demonstration."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "documents": folder}
    settings.DOCUMENT_SCANNER = "demo:"
    return tmp_path


def handed_in(who: Any, case_id: Any, name: str, content: bytes, **more: Any) -> Any:
    """The answer to handing a file in."""
    body = {"kind": "letter", "name": name, "content": base64.b64encode(content).decode(), **more}
    return browser_of(who).post(f"cases/{case_id}/documents/", body)


def checked() -> int:
    """Let the worker look through what waits; only in tests with transaction=True."""
    with worker_login():
        return commands.check_all()


def files(folder: Path) -> int:
    """How many files the store holds."""
    return sum(1 for path in folder.rglob("*") if path.is_file())


def case_of(world: World) -> Any:
    """A case with its worker."""
    return world.allocated()
