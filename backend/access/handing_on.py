"""The lines of the permission table about a case that others are asked to take, and do not."""

from collections.abc import Mapping

from backend.access.grants import Grant, worker
from backend.access.permissions import Permission

HANDING_ON: Mapping[Permission, tuple[Grant, ...]] = {
    # Whoever recorded that statutory services were called records what they answered.
    Permission.CASE_HANDOVER_REFUSED: worker(),
}
