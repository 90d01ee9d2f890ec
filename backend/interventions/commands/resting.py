"""A child has died: what services gave it ends where it stands, who gives one hears that they stop, and back again."""

from collections.abc import Iterable

from backend.audit.commands import record
from backend.cases.models import Case
from backend.interventions.models import Intervention
from backend.interventions.queries import in_case
from backend.notifications.audience import Audience, Person
from backend.workflow.changing import Change


def rest(change: Change[Case]) -> list[Audience]:
    """End each that is open, and return who was named to give it: they hear the words of the case."""
    going_on = in_case(change.target.id).filter(state__in=Intervention.OPEN)
    return _each(change, "rest", going_on.select_for_update(no_key=True).order_by("id"))


def go_on(change: Change[Case]) -> list[Audience]:
    """Let each go on that ended only because of it, and return who gives it."""
    resting = in_case(change.target.id).exclude(died_from="")
    return _each(change, "take_up", resting.select_for_update(no_key=True).order_by("id"))


def _each(change: Change[Case], name: str, found: Iterable[Intervention]) -> list[Audience]:
    givers: list[Audience] = []
    for target in found:
        before = target.state
        getattr(target, name)(change.actor, {})
        root, child = target.id, target.child_id
        record(change.actor, f"intervention.{name}", target, root_id=root, child_id=child, from_state=before)
        if target.worker_id is not None:
            givers.append(Person(target.worker_id))
    return givers
