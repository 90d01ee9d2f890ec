"""Whether the tables are those of this code: behind it, they wait for a migration; ahead of it, it must not start."""

import os
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Whoever goes back to the version before says by this that the tables have been made for a later one.
MAY_BE_NEWER = "NEWER_DATABASE"
_SHOWN = 3


def missing(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return the migrations of this code, as app and name, that have not been applied."""
    loader = MigrationLoader(connection)
    return set(loader.disk_migrations) - set(loader.applied_migrations)


def ahead(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return what has been applied by a later version: migrations of our apps of which this code knows nothing."""
    applied, named = set(MigrationRecorder(connection).applied_migrations()), _named()
    unknown = {one for one in applied - named if one[0] in {app for app, _name in named}}
    if not unknown:
        return set()
    # What one of ours has taken the place of is known as well; who has nothing unknown need not read them all.
    taken = {one for migration in MigrationLoader(None).disk_migrations.values() for one in migration.replaces}
    return unknown - taken


def _named() -> set[tuple[str, str]]:
    """Return the migrations of this code by the names of their files."""
    found = set()
    for app in apps.get_app_configs():
        module, _explicit = MigrationLoader.migrations_module(app.label)
        if module and find_spec(module):
            folder = import_module(module).__path__
            found |= {(app.label, one.name) for one in iter_modules(folder) if one.name[0] not in "_~"}
    return found


def refuse_newer(connection: BaseDatabaseWrapper) -> None:
    """Stop the start of code that is older than its tables, unless somebody has said that this is meant.

    Raises ImproperlyConfigured; OperationalError where the database is away.
    """
    if os.environ.get(MAY_BE_NEWER) == "true":
        return
    newer = sorted(ahead(connection))
    if newer:
        names = ", ".join(f"{app} {name}" for app, name in newer[:_SHOWN])
        more = f" and {len(newer) - _SHOWN} more" if len(newer) > _SHOWN else ""
        raise ImproperlyConfigured(
            f"The database has been changed by a later version of Alongside ({names}{more}): start that version. "
            f"To go back on purpose, read docs/how-to/upgrade.md and set {MAY_BE_NEWER}=true."
        )
