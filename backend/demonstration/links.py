"""What the worker does a minute after a referral was linked to other work, and who reads it there the same day."""

from datetime import timedelta

from backend.access.actors import actor_of
from backend.access.binding import acting, acting_as_system
from backend.agencies.models import Membership
from backend.cases.commands import task_machine
from backend.core import clock
from backend.demonstration.logins import as_worker
from backend.demonstration.plan import Step
from backend.demonstration.stage import Scene
from backend.referrals.commands import linking
from backend.referrals.models import Referral
from backend.referrals.queries.lists import links_waiting

_READ_AFTER = timedelta(hours=2)
_OUTCOME = "Read, and spoke to the person who referred. It is one picture now."


def pass_on(scene: Scene, step: Step) -> None:
    """Give it to whoever is responsible, and mark it as read where the day is over."""
    with as_worker(), clock.at(step.at + timedelta(minutes=1)), acting_as_system(job=linking.JOB) as actor:
        waiting = links_waiting().filter(pk=scene.referral_id).first()
        if waiting is None:
            return
        task = linking.pass_on(actor, waiting)
        if task is None:
            return
        owner = Membership.objects.select_related("user", "agency").filter(
            user_id=task.owner_id, agency_id=task.owner_agency_id, ended_at=None
        )[0]
    read_at = step.at + _READ_AFTER
    if read_at < scene.now - timedelta(days=1):
        with clock.at(read_at), acting(actor_of(owner)) as reader:
            given = {"outcome": _OUTCOME}
            task_machine.perform(reader, "complete", task.id, version=task.version, given=given)
    with as_worker(), acting_as_system(job=linking.JOB):
        scene.referral = Referral.objects.get(pk=scene.referral_id)
