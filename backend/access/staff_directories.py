"""The directories of agencies by which their people may sign in: configured on the machine, one an agency."""

import os
from dataclasses import dataclass, field

from django.conf import settings

from backend.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class StaffDirectory:
    """One agency's directory, as STAFF_DIRECTORIES has it (docs/how-to/sign-in.md)."""

    agency: str
    issuer: str
    client_id: str
    # The name of the environment variable that holds the secret, never the secret.
    secret_name: str
    # Of an issuer that serves several organisations: which one.
    tenant: str = ""
    # What `acr` says there when a second factor was shown.
    strong_acr: tuple[str, ...] = field(default=())

    @property
    def secret(self) -> str:
        """Return what we and the directory know."""
        return os.environ.get(self.secret_name, "")


def staff_directories() -> dict[str, StaffDirectory]:
    """Return the directories by the agency whose they are."""
    found = [
        StaffDirectory(**{**one, "strong_acr": tuple(one.get("strong_acr", ()))}) for one in settings.STAFF_DIRECTORIES
    ]
    return {one.agency: one for one in found}


def directory_of(agency: str) -> StaffDirectory:
    """Return an agency's directory; raise NotFound where it has none."""
    found = staff_directories().get(agency)
    if found is None:
        raise NotFound
    return found
