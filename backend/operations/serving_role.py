"""Refuses to serve as a database role that row-level security does not bind: an owner, a superuser, BYPASSRLS."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

PRIVILEGED = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname = 'public')
FROM pg_roles r WHERE r.rolname = current_user
"""
_harmless: set[str] = set()


def privileges_of(connection: BaseDatabaseWrapper) -> list[str]:
    """What makes the role of this connection unfit for serving, in words; empty when it is fit."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGED)
        superuser, bypasses, owns = cursor.fetchone()
    words = {"is a superuser": superuser, "has BYPASSRLS": bypasses, "owns the tables": owns}
    return [what for what, true in words.items() if true]


def refuse_privileged_role(*, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """On the first `default` connection of a process, stop when its role stands above row-level security."""
    user = str(connection.settings_dict.get("USER"))
    if connection.alias != "default" or user in _harmless:
        return
    privileges = privileges_of(connection)
    if privileges:
        connection.close()
        raise ImproperlyConfigured(
            f"DATABASE_URL signs in as {user}, which {' and '.join(privileges)}: row-level security would not hold. "
            "Use the web role that `make roles` prints."
        )
    _harmless.add(user)
