"""Whether this process lives, and whether it can serve: database, tables and worker.

Anybody may ask, so no more is said than whoever shares out requests has to know. What else Alongside stands on, and why
it is not well, is said to those who have the machine: `manage.py health`, the metrics, the worker's log (watching/).
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from backend.notifications import heartbeat
from backend.operations.tables import missing

_migrated: set[str] = set()


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; asks nothing of the database."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say 200 only when a request could be served from end to end."""
    checks = {"database": _check(_database), "migrations": _check(_migrations), "worker": _check(heartbeat.is_fresh)}
    all_well = set(checks.values()) == {"ok"}
    return JsonResponse(
        {"status": "ready" if all_well else "not_ready", "checks": checks}, status=200 if all_well else 503
    )


def _check(works: Callable[[], bool]) -> str:
    try:
        return "ok" if works() else "waiting"
    except DatabaseError:
        connection.close()
        return "failed"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations() -> bool:
    """Whether every migration of this code was applied; once true it stays true for the life of the process."""
    if not _migrated:
        if missing(connection):
            return False
        _migrated.add("all")
    return True
