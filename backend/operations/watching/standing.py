"""How the work stands: what waits and for how long, asked of the database when somebody scrapes, and of the disks.

Numbers of the whole, never of one agency: a small one could be known by them.
"""

from collections.abc import Iterator

import structlog
from django.db import DatabaseError, connection, transaction
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.access.binding import acting_as_system
from backend.core import patience
from backend.operations.surroundings import backup_folder
from backend.operations.watching import dependencies

JOB = "operations.scrape"
# Whoever scrapes waits ten seconds, as a rule.
PATIENCE_SECONDS = 5.0
log = structlog.get_logger(__name__)

# Each statement yields rows of labels and, last, the number; a number that is not known is left out.
_ASKED: dict[str, tuple[str, list[str], str]] = {
    "outbox_rows": (
        "Messages to people that wait, or that nobody tries any more.",
        ["state"],
        """SELECT s, count(o.id) FROM unnest(ARRAY['pending', 'dead']) s
           LEFT JOIN notifications_outbox o ON o.state = s AND o.state IN ('pending', 'dead') GROUP BY s""",
    ),
    "emails": (
        "Emails that wait, or that nobody tries any more.",
        ["state"],
        """SELECT s, count(e.id) FROM unnest(ARRAY['pending', 'dead']) s
           LEFT JOIN notifications_email e ON e.state = s AND e.state IN ('pending', 'dead') GROUP BY s""",
    ),
    "outbox_due_seconds": (
        "For how long the oldest message has been due.",
        [],
        """SELECT greatest(0, coalesce(extract(epoch FROM now() - min(next_try_at)), 0))
             FROM notifications_outbox WHERE state = 'pending'""",
    ),
    "jobs": (
        "Periodic jobs by where they stand.",
        ["state"],
        """SELECT s, count(j.id) FROM unnest(ARRAY['todo', 'doing', 'failed']) s
           LEFT JOIN procrastinate_jobs j ON j.status::text = s GROUP BY s""",
    ),
    "worker_heartbeat_age_seconds": (
        "Since a worker gave its last sign of life.",
        [],
        "SELECT extract(epoch FROM now() - max(at)) FROM notifications_heartbeat",
    ),
    "access_log_unsigned_seconds": (
        "For how long the oldest row of the access log has not been covered by a signed root.",
        [],
        """SELECT greatest(0, coalesce(extract(epoch FROM now() - min(recorded_at)), 0)) FROM audit_accesslog
            WHERE recorded_at > coalesce((SELECT max(at) FROM audit_checkpoint), '-infinity')""",
    ),
    "figures_age_seconds": (
        "Since the figures for managers were last counted.",
        [],
        "SELECT extract(epoch FROM now() - as_of) FROM insights_counted WHERE as_of IS NOT NULL",
    ),
    "documents_waiting": (
        "Documents that wait to be looked through.",
        [],
        "SELECT count(*) FROM documents_document WHERE state = 'waiting'",
    ),
    "documents_waiting_seconds": (
        "For how long the oldest document has waited to be looked through.",
        [],
        """SELECT greatest(0, coalesce(extract(epoch FROM now() - min(added_at)), 0))
             FROM documents_document WHERE state = 'waiting'""",
    ),
    "database_connections": (
        "Connections to the database, by login.",
        ["login"],
        # A login that is not ours may be somebody's name.
        """SELECT CASE usename WHEN 'alongside_web' THEN 'web' WHEN 'alongside_worker' THEN 'worker' ELSE 'other' END,
                  count(*)
             FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT NULL GROUP BY 1""",
    ),
    "database_connections_most": (
        "Connections the server takes.",
        [],
        "SELECT current_setting('max_connections')::int",
    ),
    "database_bytes": (
        "Size of the database.",
        [],
        "SELECT pg_database_size(current_database())",
    ),
}


class Standing(Collector):
    """Asks anew at each scrape, by the worker's login, in one transaction that only reads and soon ends."""

    def collect(self) -> Iterator[Metric]:
        """Yield every family; those of a database that does not answer are left out, and the check says so."""
        try:
            with patience.at_most(PATIENCE_SECONDS):
                families = [*_asked(), _healthy()]
        finally:
            # Each scrape is answered by a thread of its own, which would leave its connection behind.
            connection.close()
        yield from families
        yield from _disks()
        yield from _backup()

    def describe(self) -> Iterator[Metric]:
        """Yield the families without asking anybody, as registering wants to know their names."""
        for name, (told, labels, _statement) in _ASKED.items():
            yield GaugeMetricFamily(f"alongside_{name}", told, labels=labels)


def _asked() -> list[Metric]:
    families: list[Metric] = []
    try:
        with acting_as_system(job=JOB), connection.cursor() as cursor:
            for name, (told, labels, statement) in _ASKED.items():
                family = GaugeMetricFamily(f"alongside_{name}", told, labels=labels)
                cursor.execute(statement)
                for *said, number in cursor.fetchall():
                    if number is not None:
                        family.add_metric(said, float(number))
                families.append(family)
            transaction.set_rollback(True)
    except DatabaseError as error:
        connection.close()
        log.warning("the database could not be asked how the work stands", error=type(error).__name__)
        return []
    return families


def _healthy() -> Metric:
    family = GaugeMetricFamily(
        "alongside_healthy", "Whether something Alongside stands on is well.", labels=["dependency"]
    )
    for finding in dependencies.findings(using="default"):
        family.add_metric([finding.name], float(finding.is_well))
    return family


def _disks() -> Iterator[Metric]:
    free = GaugeMetricFamily("alongside_disk_free_bytes", "Room left on the disk of a folder.", labels=["folder"])
    size = GaugeMetricFamily("alongside_disk_bytes", "Size of the disk of a folder.", labels=["folder"])
    for name, path in dependencies.disks().items():
        left, total = dependencies.room(path)
        free.add_metric([name], left)
        size.add_metric([name], total)
    yield free
    yield size


def _backup() -> Iterator[Metric]:
    folder = backup_folder()
    if folder is None:
        return
    family = GaugeMetricFamily("alongside_backup_age_seconds", "Since the last whole backup was made.")
    since = dependencies.since_backup(folder)
    if since is not None:
        family.add_metric([], since.total_seconds())
    yield family
