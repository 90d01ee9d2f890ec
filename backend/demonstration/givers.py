"""Some services in the city have somebody by name who gives them: a manager of the provider has said who."""

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core.errors import Refusal
from backend.demonstration.emptying import OWNER
from backend.demonstration.stage import Company
from backend.interventions.commands import intervention_machine
from backend.interventions.models import Intervention

# Enough to look at; the others are the managers' until somebody is named, as in a new agency.
_MOST = 12
_GIVES = ("practitioner", "case_worker")


def name_givers(company: Company) -> None:
    """Name somebody for a handful of services that are waited for or under way; nothing where somebody was already."""
    services = Intervention.objects.using(OWNER).select_related("provider_agency")
    if services.filter(worker__isnull=False, minded_for_id=None).exists():
        return
    going_on = services.filter(state__in=(*Intervention.WAITING, Intervention.STARTED), worker=None)
    number = 0
    for target in going_on.filter(provider_agency__isnull=False, provider_until=None).order_by("-id")[: 4 * _MOST]:
        slug = target.provider_agency.slug if target.provider_agency else ""
        managers, people = people_of(company, slug, ("manager",)), people_of(company, slug)
        if managers and people and _name(managers[0], target, people[number % len(people)]):
            number += 1
        if number == _MOST:
            return


def _name(manager: Actor, target: Intervention, person: Actor) -> bool:
    given = {"worker_id": person.user_id}
    try:
        with acting(manager):
            intervention_machine.perform(manager, "name_worker", target.id, version=target.version, given=given)
    except Refusal:
        # Somebody too close to this family, or a service that was stopped: another one is given.
        return False
    return True


def people_of(company: Company, slug: str, roles: tuple[str, ...] = _GIVES) -> list[Actor]:
    """Return who acts for an agency in these roles: those who give services, if none are said."""
    return [actor for seat, actor in company.actors.items() if seat.agency == slug and seat.role in roles]
