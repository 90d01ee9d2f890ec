"""Whom a change of a case concerns, and how they are named before it is made."""

from collections.abc import Iterator
from uuid import UUID

from backend.access.queries import people_behind
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.cases.rules.leading import CaseFacts
from backend.cases.text_fields import case_fields
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles, Person

_MANAGERS = (Role.MANAGER.value,)


def practitioner(case: Case) -> Person | None:
    """Return the lead practitioner, if there is one."""
    return Person(case.lead_practitioner_id) if case.lead_practitioner_id else None


def name_practitioner(case: Case) -> str:
    """Return the lead practitioner in words."""
    name = case.lead_practitioner.name if case.lead_practitioner else "to be chosen"
    return f"The lead practitioner ({name})"


def name_newcomer(_case: Case) -> str:
    """Return whoever is about to be chosen, in words: who leads until then is told by another message."""
    return "The new lead practitioner"


def managers(case: Case) -> AgencyRoles:
    """Return the managers of the agency that leads; where the record is sealed, those who are named."""
    return AgencyRoles(case.lead_agency_id, _MANAGERS, case.child_id)


def name_managers(case: Case) -> str:
    """Return the managers of the agency that leads in words."""
    return f"The managers of {case.lead_agency.name}"


def name_former(case: Case, _facts: CaseFacts) -> Iterator[str]:
    """Yield who leads until somebody else does, in words."""
    if case.lead_practitioner:
        yield f"Whoever leads until then ({case.lead_practitioner.name})"


def name_referrers(_case: Case, _facts: CaseFacts) -> Iterator[str]:
    """Yield whoever asked for help, in words."""
    yield "Whoever asked for help for this child"


def name_who_goes_on(case: Case, facts: CaseFacts) -> Iterator[str]:
    """Yield everybody who hears that nobody leads a case any more."""
    yield from name_referrers(case, facts)
    if facts.plan.actions:
        yield "Whoever goes on with an action of the plan"
    yield "Whoever goes on giving a service, if anybody does"


def tell_referrers(case: Case, message: str, *, event_id: UUID, **more: str) -> None:
    """Tell whoever asked for help what has become of it, at their own referral and without a word of the case."""
    for root_id, user_id in people_behind(case.id):
        notifications.tell(
            event_id=event_id,
            root_id=case.id,
            audience=Person(user_id),
            message=message,
            fields={**case_fields(case), **more},
            path=f"/referrals/{root_id}",
        )
