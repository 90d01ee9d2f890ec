"""Whom a change of an intervention concerns, and how they are named before it is made."""

from backend.agencies.roles import Role
from backend.core import clock
from backend.interventions.models import Intervention
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.models import ITSELF
from backend.workflow.machine import Tell

_MANAGERS = (Role.MANAGER.value,)


def _provider(target: Intervention) -> Audience | None:
    """One that may no longer read it has been told that it is over for them, and hears nothing more."""
    return None if target.is_stopped else _stopped_provider(target)


def _stopped_provider(target: Intervention) -> Audience | None:
    """Whoever gives it, or the managers until somebody does."""
    if target.provider_agency_id is None:
        return None
    return Person(target.worker_id) if target.worker_id else AgencyRoles(target.provider_agency_id, _MANAGERS)


def _worker(target: Intervention) -> Person | None:
    return Person(target.worker_id) if target.worker_id and target.worker_id != target.changed_by_id else None


def _asked_provider(target: Intervention) -> Audience | None:
    """One that was never asked is told nothing."""
    return _provider(target) if target.offered_at else None


def giver_of(target: Intervention) -> Audience | None:
    """Whoever gives it, or their managers, unless they have just done it themselves."""
    done_by = target.changed_by_id if target.worker_id else target.changed_in_id
    gives = target.worker_id or target.provider_agency_id
    return None if done_by == gives else _provider(target)


def _lead(target: Intervention) -> Person | None:
    """Not somebody who has just done it themselves."""
    lead = target.lead_practitioner_id
    return Person(lead) if lead and lead != target.changed_by_id else None


def is_late(target: Intervention) -> bool:
    """Say whether a provider owes a word about it by a day that is over."""
    return target.is_owed and target.next_due_at is not None and target.next_due_at < clock.now()


def _managers_if_late(target: Intervention) -> AgencyRoles | None:
    """Those of the agency that leads the case: it was on their list of what needs attention."""
    came_late = is_late(target) if target.came_late is None else target.came_late
    return AgencyRoles(target.lead_agency_id, _MANAGERS) if came_late and target.lead_agency_id else None


def _name_provider(target: Intervention) -> str:
    return f"{'Whoever gives it at' if target.worker_id else 'The managers of'} {target.organisation}"


def _name_worker(_target: Intervention) -> str:
    return "Whoever is named"


def _name_lead(_target: Intervention) -> str:
    return "The lead practitioner of the case"


def to_provider(message: str) -> Tell:
    """Return what tells the managers of who provides it."""
    return Tell(message, _provider, _name_provider)


def to_giver(message: str) -> Tell:
    """Return what tells whoever gives it of what somebody else has done."""
    return Tell(message, giver_of, _name_provider)


def to_stopped_provider(message: str) -> Tell:
    """Return what tells them that they read it no more: their page of it is gone."""
    return Tell(message, _stopped_provider, _name_provider, path=lambda _target: ITSELF)


def to_asked_provider(message: str) -> Tell:
    """Return what tells them, if they know of it at all."""
    return Tell(message, _asked_provider, _name_provider)


def to_lead(message: str) -> Tell:
    """Return what tells whoever is responsible for the child."""
    return Tell(message, _lead, _name_lead)


def to_managers_if_late(message: str) -> Tell:
    """Return what tells the managers of the case's lead of what comes after the day by which it was owed."""
    return Tell(message, _managers_if_late, lambda _target: "The managers of the agency that leads the case")


def to_worker(message: str) -> Tell:
    """Return what tells whoever gives it from now on."""
    return Tell(message, _worker, _name_worker)
