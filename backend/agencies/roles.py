"""The roles a membership can have; a person acts in one of them at a time."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is for in an agency; `system` is the worker and never signs in."""

    PRACTITIONER = "practitioner"
    TRIAGE_OFFICER = "triage_officer"
    CASE_WORKER = "case_worker"
    MANAGER = "manager"
    PARTNERSHIP_ANALYST = "partnership_analyst"
    INFORMATION_GOVERNANCE = "information_governance"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """Return the role in words, as screens show it."""
        return self.value.replace("_", " ").capitalize()


# Roles that do the work of an agency with children; the others see numbers, logs or settings.
AGENCY_ROLES = (Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.CASE_WORKER, Role.MANAGER)
