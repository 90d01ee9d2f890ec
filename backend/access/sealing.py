"""The lines of the permission table about who is named on the seal of a child (docs/adr/0047).

The manager who answers for the case; whoever works on it only where no manager is named any more (cases.rules.sealing).
"""

from collections.abc import Mapping

from backend.access.grants import Grant, manager, worker
from backend.access.permissions import Permission
from backend.access.relations import Relation

SEALING: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.SEAL_PUT: manager(Relation.LEAD),
    Permission.SEAL_NAME: worker(),
    Permission.SEAL_TAKE_OFF: manager(Relation.LEAD),
    Permission.SEAL_LIFT: manager(Relation.LEAD),
}
