"""Whom a change of a case concerns, and how they are named before it is made."""

from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.notifications.audience import AgencyRoles, Person

_MANAGERS = (Role.MANAGER.value,)


def practitioner(case: Case) -> Person | None:
    """Return the lead practitioner, if there is one."""
    return Person(case.lead_practitioner_id) if case.lead_practitioner_id else None


def name_practitioner(case: Case) -> str:
    """Return the lead practitioner in words."""
    name = case.lead_practitioner.name if case.lead_practitioner else "to be chosen"
    return f"The lead practitioner ({name})"


def managers(case: Case) -> AgencyRoles:
    """Return the managers of the agency that leads; where the record is sealed, those who are named."""
    return AgencyRoles(case.lead_agency_id, _MANAGERS, case.child_id)


def name_managers(case: Case) -> str:
    """Return the managers of the agency that leads in words."""
    return f"The managers of {case.lead_agency.name}"
