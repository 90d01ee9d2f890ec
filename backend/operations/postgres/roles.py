"""The four database roles and the database they share, on any PostgreSQL server."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from backend.operations.postgres.binaries import CannotRun

OWNER, WEB, WORKER, DISPOSAL = "alongside_owner", "alongside_web", "alongside_worker", "alongside_disposal"
ROLES = (OWNER, WEB, WORKER, DISPOSAL)
SERVING = (WEB, WORKER, DISPOSAL)
DATABASE = "alongside"
# All of them trusted: the owner of the database may create them, no superuser is needed.
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch")
PRIVILEGED = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole)"

Connection = psycopg.Connection[tuple[object, ...]]


def with_role(url: str, *, user: str, password: str, database: str) -> str:
    """The same server, another login and database."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user)}:{quote(password, safe='')}@{host}", path=f"/{database}"))


def prepare(admin_url: str, *, secret: Callable[[str], str], database: str = DATABASE) -> dict[str, str]:
    """Make roles, database, extensions and grants where they are missing; the URL of each role."""
    with psycopg.connect(admin_url, autocommit=True) as server:
        for role in ROLES:
            _make_role(server, role, password=secret(role))
        _refuse_privileged(server)
        _make_database(server, database)
    urls = {role: with_role(admin_url, user=role, password=secret(role), database=database) for role in ROLES}
    with psycopg.connect(urls[OWNER], autocommit=True) as inside:
        prepare_database(inside)
    return urls


def _make_role(server: Connection, role: str, *, password: str) -> None:
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    server.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, sql.Identifier(role), sql.Literal(password)))


def _refuse_privileged(server: Connection) -> None:
    names = [str(row[0]) for row in server.execute(PRIVILEGED, [list(ROLES)]).fetchall()]
    if names:
        raise CannotRun(
            f"{', '.join(names)} on this server may do more than row-level security allows: "
            "drop the role, or take SUPERUSER, BYPASSRLS and CREATEROLE from it, and run this again."
        )


def _make_database(server: Connection, database: str) -> None:
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        if not server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone():
            server.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(database), sql.Identifier(OWNER)
            )
        )
    grant_connections(server, database)


def grant_connections(server: Connection, database: str) -> None:
    """Let the four roles into a database, and nobody else."""
    name = sql.Identifier(database)
    serving = sql.SQL(", ").join(map(sql.Identifier, SERVING))
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, serving))


def prepare_database(owner: Connection) -> None:
    """Inside the database, as its owner: extensions, and a schema that only the owner may build in."""
    for extension in EXTENSIONS:
        owner.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    owner.execute(
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.SQL(", ").join(map(sql.Identifier, SERVING)))
    )
