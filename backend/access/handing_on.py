"""The lines of the permission table about a case that others are asked to take, and do not."""

from collections.abc import Mapping

from backend.access.grants import Grant, grant, manager, worker
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role

HANDING_ON: Mapping[Permission, tuple[Grant, ...]] = {
    # Whoever recorded that statutory services were called records what they answered.
    Permission.CASE_HANDOVER_REFUSED: worker(),
    # Two agencies in a row have not taken it: whoever is asked about the lead then says who has it, and that binds.
    Permission.TRANSFER_NAME_LEAD: manager(Relation.OFFERED_LEAD),
    Permission.TRANSFER_OBLIGE: grant((Role.SYSTEM,)),
}
