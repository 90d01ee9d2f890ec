"""A web server whose environment would undo row-level security does not start."""

import os
import subprocess
import sys

import pytest

from backend.operations.postgres import roles
from backend.operations.surroundings import ROOT, urls_of
from tests import databases

START = "import backend.config.wsgi; print('serving')"


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | urls_of(databases.server(), database=databases.own_name())
    environment |= {"DJANGO_SETTINGS_MODULE": "backend.config.settings", "OWNER_DATABASE_URL": ""}
    environment |= {"DISPOSAL_DATABASE_URL": ""} | changes
    return subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module", autouse=True)
def database(django_db_setup: None) -> None:
    """The worker's own database, which the started server connects to."""


def test_the_web_role_serves() -> None:
    assert start().stdout == "serving\n"


def test_a_database_that_is_away_is_no_reason_not_to_start() -> None:
    assert start(DATABASE_URL="postgres://alongside_web:x@127.0.0.1:9/nowhere").stdout == "serving\n"


def test_the_owner_does_not_serve() -> None:
    url = databases.server().url(roles.OWNER, database=databases.own_name())
    assert "signs in as alongside_owner, which owns the tables" in start(DATABASE_URL=url).stderr


def test_knowing_the_owner_is_too_much() -> None:
    url = databases.server().url(roles.OWNER, database=databases.own_name())
    assert "OWNER_DATABASE_URL is set for a web server" in start(OWNER_DATABASE_URL=url).stderr


def test_the_login_that_deletes_is_too_much() -> None:
    url = databases.server().url(roles.DISPOSAL, database=databases.own_name())
    assert "DISPOSAL_DATABASE_URL is set for a web server" in start(DISPOSAL_DATABASE_URL=url).stderr
