"""What the worker does about versions: one whose day has come takes the place of those before it."""

from backend.access.binding import acting_as_system
from backend.agencies.models import Partnership
from backend.configuration import queries, rules
from backend.configuration.commands import version_machine
from backend.configuration.kinds import kinds
from backend.notifications.schedule import register_job

JOB = "configuration.take_effect"


def register() -> None:
    """Put it on the schedule, just after midnight in England in winter and in summer."""
    register_job(JOB, cron="5 0 * * *", run=take_effect)


def take_effect() -> int:
    """Mark what a later version has replaced, and return how many; which one is in force never waits for this."""
    with acting_as_system(job=JOB) as system:
        partnerships = list(Partnership.objects.values_list("id", flat=True))
        count = 0
        for partnership_id in partnerships:
            for kind in kinds():
                now = queries.in_force(partnership_id, kind, rules.today()).first()
                gone = queries.overtaken(partnership_id, kind, now.number) if now else ()
                for version in gone:
                    version_machine.perform(system, "supersede", version.id, version=None, given={})
                    count += 1
    return count
