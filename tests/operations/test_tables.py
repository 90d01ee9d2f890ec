"""Code that is older than its tables does not start by mistake."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from backend.operations.supervisor import NOT_INHERITED
from backend.operations.surroundings import ROOT
from backend.operations.tables import MAY_BE_NEWER, ahead, missing, refuse_newer

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)
LATER = ("cases", "9001_of_a_later_version")


@pytest.fixture
def newer() -> Iterator[None]:
    """A migration was applied that this code does not have."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", LATER)
        yield
        cursor.execute("DELETE FROM django_migrations WHERE name = %s", LATER[1:])


def test_tables_of_this_code_are_neither_ahead_nor_behind() -> None:
    assert (ahead(connection), missing(connection)) == (set(), set())
    refuse_newer(connection)


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    ("login", "command"),
    [("DATABASE_URL", ["-c", "import backend.config.wsgi"]), ("WORKER_DATABASE_URL", ["manage.py", "work"])],
    ids=["web", "worker"],
)
def test_tables_of_a_later_version_stop_the_web_server_and_the_worker_with_a_sentence(
    login: str, command: list[str]
) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "backend.config.settings", "DATABASE_URL": os.environ[login]}
    environment = {**os.environ, **dict.fromkeys(NOT_INHERITED, ""), "PYTHONPATH": str(ROOT), **own}
    ended = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1
    assert "later version of Alongside (cases 9001_of_a_later_version): start that version" in ended.stderr


@pytest.mark.usefixtures("newer")
def test_who_goes_back_on_purpose_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured):
        refuse_newer(connection)
    monkeypatch.setenv(MAY_BE_NEWER, "true")
    refuse_newer(connection)


@pytest.mark.usefixtures("newer")
def test_what_one_of_ours_has_taken_the_place_of_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    read = MigrationLoader(None).disk_migrations
    squashed: Migration = next(iter(read.values()))
    monkeypatch.setattr(squashed, "replaces", [LATER])
    monkeypatch.setattr(
        MigrationLoader, "build_graph", lambda loader: setattr(loader, "disk_migrations", {("cases", "x"): squashed})
    )
    assert ahead(connection) == set()


def test_what_a_library_that_has_left_had_applied_is_not_ours() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('gone', '0001', now())")
        assert ahead(connection) == set()
        cursor.execute("DELETE FROM django_migrations WHERE app = 'gone'")
