"""Gives a command what its environment does not name: the embedded database of this checkout and a secret key."""

import base64
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from backend.operations.backups.places import WAL
from backend.operations.locks import exclusive
from backend.operations.postgres import roles
from backend.operations.postgres.binaries import CannotRun
from backend.operations.postgres.cluster import Cluster
from backend.operations.processes import write_private

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("ALONGSIDE_VAR") or ROOT / "var")
# These look at no database, so none is started for them.
WITHOUT_DATABASE = frozenset({"", "help", "--help", "-h", "version", "--version", "roles", "check", "restore"})
PATIENT_MS = "60000"
NOWHERE = "postgres://alongside_web:none@127.0.0.1:1/alongside"


def embedded_cluster() -> Cluster:
    """The server of `make run`; with BACKUP_FOLDER it keeps there every change since the oldest backup."""
    folder = backup_folder()
    return Cluster(VAR / "postgres", archive=folder / WAL if folder else None)


def backup_folder() -> Path | None:
    """Where backups are kept, on another disk than the database; none is made where nobody says."""
    named = os.environ.get("BACKUP_FOLDER")
    return Path(named).resolve() if named else None


def beside_the_database() -> dict[str, Path]:
    """What a backup has to have besides: the files that people hung on records, and what proves the access log."""
    kept = {"documents": ("DOCUMENT_FOLDER", "documents"), "audit": ("AUDIT_FOLDER", "audit")}
    return {name: Path(os.environ.get(said) or VAR / place) for name, (said, place) in kept.items()}


def secret_key() -> str:
    """The key of this checkout, made at the first question and kept in a private file."""
    return _kept("secret_key", lambda: secrets.token_urlsafe(48))


def audit_key() -> str:
    """The key that signs this checkout's checkpoints of the access log, kept likewise: never in the database."""
    return _kept("audit_key", lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def _kept(name: str, make: Callable[[], str]) -> str:
    path = VAR / name
    with exclusive(VAR / f"{name}.lock"):
        if not path.exists():
            write_private(path, make())
        return path.read_text()


def urls_of(cluster: Cluster, *, database: str = roles.DATABASE) -> dict[str, str]:
    """The environment variables that lead to a database on one of our own servers."""
    return {
        "DATABASE_URL": cluster.url(roles.WEB, database=database),
        "WORKER_DATABASE_URL": cluster.url(roles.WORKER, database=database),
        "OWNER_DATABASE_URL": cluster.url(roles.OWNER, database=database),
        "DISPOSAL_DATABASE_URL": cluster.url(roles.DISPOSAL, database=database),
    }


def prepare_embedded(cluster: Cluster) -> None:
    """Roles and database, once for each server: the note beside its data says it was done."""
    done = cluster.folder / "roles_made"
    with exclusive(cluster.folder / "roles.lock"):
        if done.exists():
            return
        roles.prepare(cluster.url(), secret=cluster.secret)
        done.touch()


@contextmanager
def database_urls_for_this_command(argv: list[str]) -> Iterator[None]:
    """For the length of one command: DATABASE_URL and its sisters, of a server that runs."""
    environ.Env.read_env(ROOT / ".env", overwrite=False)
    if os.environ.get("BIND"):
        os.environ["GRANIAN_HOST"] = os.environ["BIND"]
    command = argv[1] if len(argv) > 1 else ""
    if command != "up":  # Which hands its environment on to the web server, where nobody may wait so long.
        os.environ.setdefault("STATEMENT_TIMEOUT_MS", PATIENT_MS)
    try:
        if os.environ.get("DATABASE_URL"):
            yield
        elif command in WITHOUT_DATABASE:
            os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
            os.environ["DATABASE_URL"] = NOWHERE
            yield
        else:
            os.environ.setdefault("SECRET_KEY", secret_key())
            os.environ.setdefault("AUDIT_SIGNING_KEY", audit_key())
            yield from _with_embedded(is_supervisor=command == "up")
    except (CannotRun, ImproperlyConfigured) as reason:
        sys.exit(f"alongside: {reason}")
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def _with_embedded(*, is_supervisor: bool) -> Iterator[None]:
    cluster = embedded_cluster()
    try:
        cluster.start(dies_with_us=is_supervisor)
        prepare_embedded(cluster)
        os.environ.update(urls_of(cluster))
        os.environ["EMBEDDED"] = "1"
        os.environ.setdefault("DEMO", "true")
        yield
    finally:
        cluster.leave()
