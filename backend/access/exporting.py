"""The lines of the permission table about lists that leave as a file (docs/adr/0059); a fresh sign-in for each."""

from collections.abc import Mapping

from backend.access.grants import Grant, manager, triage
from backend.access.permissions import Permission

EXPORTING: Mapping[Permission, tuple[Grant, ...]] = {
    # Of one's own agency and without what bears a label (exports/lists); which list, that list's own permission says.
    Permission.EXPORT_LIST: triage(),
    Permission.EXPORT_FOR_INSPECTION: manager(),
}
