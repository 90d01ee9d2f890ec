"""The lines of the permission table about lists that leave as a file (docs/adr/0059); a fresh sign-in for each."""

from collections.abc import Mapping

from backend.access.grants import Grant, grant, manager, triage
from backend.access.permissions import Permission
from backend.agencies.roles import Role

EXPORTING: Mapping[Permission, tuple[Grant, ...]] = {
    # Of one's own agency and without what bears a label (exports/lists); which list, that list's own permission says.
    # Information governance takes along what was shared with whom, and no list of records.
    Permission.EXPORT_LIST: triage() + grant((Role.INFORMATION_GOVERNANCE,)),
    Permission.EXPORT_FOR_INSPECTION: manager(),
}
