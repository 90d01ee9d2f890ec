"""The tests' own PostgreSQL: a template made once for each state of the code, a clone for each worker and need."""

import atexit
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import StringIO
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from psycopg import sql

from backend.operations.locks import exclusive
from backend.operations.postgres import roles
from backend.operations.postgres.cluster import Cluster
from backend.operations.preparation import fingerprint
from backend.operations.surroundings import ROOT, VAR, prepare_embedded, urls_of

KEPT_TEMPLATES = 4
CITY_SCALE = "30"
DRILLS = os.environ.get("TEST_SERVER") == "faults"
# The migrations, and what a few of them take from living code.
MIGRATED_FROM = (
    ("backend", "migrations/*.py"),
    ("backend/core", "*.py"),
    ("backend/children", "match_keys.py"),
    ("backend/children", "names.py"),
    ("backend/children", "telephone.py"),
)


@cache
def server() -> Cluster:
    """The running test server; it stops when the last process that uses it ends.

    Drills have one of their own (`make test-faults`), which keeps what it has acknowledged, however it is ended.
    """
    cluster = Cluster(VAR / "postgres-faults") if DRILLS else Cluster(VAR / "postgres-test", durable=False)
    cluster.start()
    prepare_embedded(cluster)
    atexit.register(cluster.leave)
    return cluster


def own_name(purpose: str = "test") -> str:
    """A database name that no other worker, and no other run in this checkout, has."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"{purpose}_{worker}_{os.getpid()}"


def point_environment_at_own_server() -> None:
    """Set the variables that settings read, before they are read."""
    os.environ.update(urls_of(server(), database=own_name()))
    # The machine that runs them may be busy with other things.
    os.environ.setdefault("STATEMENT_TIMEOUT_MS", "60000")
    os.environ.setdefault("SECRET_KEY", "a key for tests, as good as any other")
    os.environ.setdefault("AUDIT_SIGNING_KEY", "YSBrZXkgZm9yIHRlc3RzLCBhcyBnb29kIGFzIGFueSE=")
    os.environ["AUDIT_FOLDER"] = str(VAR / "postgres-test" / "audit" / own_name())
    os.environ.update(
        {"DEMO": "false", "EMAIL_URL": ""}
        | dict.fromkeys(
            (
                *("THROTTLE_ANONYMOUS", "THROTTLE_PERSON", "THROTTLE_CRITICAL_MOMENT", "THROTTLE_STATUS_LINK"),
                "THROTTLE_PASSWORD_LINK",
            ),
            "100000/min",
        )
    )


def on_server(statement: str, *names: str) -> list[tuple[Any, ...]]:
    """Run one statement as the server's superuser, outside every test's transaction; names are quoted into it."""
    with psycopg.connect(server().url(), autocommit=True) as connection:
        cursor = connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        return cursor.fetchall() if cursor.description else []


def clone(name: str, *, template: str) -> None:
    """Copy a template."""
    on_server("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, roles.OWNER)


def size_of(name: str) -> str:
    """How much room a database takes, in words."""
    with psycopg.connect(server().url(), autocommit=True) as connection:
        (size,) = connection.execute("SELECT pg_size_pretty(pg_database_size(%s))", [name]).fetchone() or ("nothing",)
    return str(size)


def drop(name: str) -> None:
    """Throw a database away, with whoever is still connected."""
    on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def template(kind: str, *, fill: Callable[[], None], base: str | None = None, of: str | None = None) -> str:
    """The name of a prepared database of this state of the code, or of the part it is made `of`; the first makes it."""
    name = f"template_{kind}_{of or _state_of_the_code()}"
    with exclusive(VAR / "postgres-test" / f"template-{kind}.lock"):
        if not _exists(name):
            staging = own_name("building")
            drop(staging)
            clone(staging, template=base or "template1")
            _while_connected_to(staging, fill)
            on_server("ALTER DATABASE {} RENAME TO {}", staging, name)
            _forget_old(kind)
    return name


def tables_template() -> str:
    """Tables alone: most of the work of a template, and the same for as long as nobody adds a migration."""
    return template("tables", of=_state_of_the_migrations(), fill=_make_tables)


def plain_template() -> str:
    """Tables, policies, reference data and people; nobody's record."""
    return template("plain", base=tables_template(), fill=_make_plain)


def city_template() -> str:
    """The same with a small demo city, made by the product's own command in processes of its own."""

    def fill() -> None:
        environment = os.environ | urls_of(server(), database=str(connections["owner"].settings_dict["NAME"]))
        environment |= {"DEMO": "true", "DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        # Its figures too: otherwise the worker counts the whole city for each file of journeys.
        for command in (["demo_city", "--scale", CITY_SCALE], ["refresh_figures"]):
            told = [sys.executable, "manage.py", *command]
            subprocess.run(told, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)

    return template("city", base=plain_template(), fill=fill)


def _make_tables() -> None:
    with connections["owner"].cursor() as cursor:
        roles.prepare_database(cursor.connection)
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def _make_plain() -> None:
    call_command("secure_tables", stdout=StringIO())
    # The made-up people too: the web role may not make any.
    with override_settings(DEMO=True):
        call_command("load_reference", stdout=StringIO())
        call_command("load_configuration", stdout=StringIO())


def renew(name: str, *, template: str) -> None:
    """Give a database the state of a template, whoever is still connected to it."""
    connections.close_all()
    drop(name)
    clone(name, template=template)


class Spares:
    """Copies of a template, each made while the one before is worked with."""

    def __init__(self, name: str, *, template: str) -> None:
        self._name = name
        self._spare = f"{name}_spare"
        self._template = template
        self._at_work = ThreadPoolExecutor(max_workers=1)
        self._ready = self._at_work.submit(self._make)

    def renew(self) -> None:
        """Put the spare in the place of the database that was used, whoever is still connected to that one."""
        self._ready.result()
        connections.close_all()
        drop(self._name)
        on_server("ALTER DATABASE {} RENAME TO {}", self._spare, self._name)
        self._ready = self._at_work.submit(self._make)

    def drop(self) -> None:
        """Throw away both."""
        self._at_work.shutdown()
        connections.close_all()
        drop(self._name)
        drop(self._spare)

    def _make(self) -> None:
        drop(self._spare)
        clone(self._spare, template=self._template)


@cache
def _state_of_the_code() -> str:
    """The same for a whole run, whatever is edited meanwhile."""
    return fingerprint()[:16]


@cache
def _state_of_the_migrations() -> str:
    return fingerprint(MIGRATED_FROM)[:16]


def _exists(name: str) -> bool:
    return (name,) in on_server("SELECT datname FROM pg_database")


def _while_connected_to(name: str, work: Callable[[], None]) -> None:
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        work()
    finally:
        for alias, former in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = former


def _forget_old(kind: str) -> None:
    rows = on_server("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC")
    ours = [name for (name,) in rows if name.startswith(f"template_{kind}_")]
    for name in ours[KEPT_TEMPLATES:]:
        drop(name)
