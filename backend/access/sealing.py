"""The lines of the permission table about who is named on the seal of a child (docs/adr/0047).

At a case, the manager who answers for it; whoever works on it only where no manager is named any more
(cases.rules.sealing). At a referral that is no case yet, whoever decides about it.
"""

from collections.abc import Mapping

from backend.access.grants import Grant, manager, triage, worker
from backend.access.permissions import Permission
from backend.access.relations import Relation

SEALING: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.SEAL_PUT: manager(Relation.LEAD),
    Permission.SEAL_NAME: worker(),
    Permission.SEAL_TAKE_OFF: manager(Relation.LEAD),
    Permission.SEAL_LIFT: manager(Relation.LEAD),
    Permission.REFERRAL_SEAL_PUT: triage(Relation.HOLDER),
    Permission.REFERRAL_SEAL_NAME: triage(Relation.HOLDER),
    Permission.REFERRAL_SEAL_TAKE_OFF: triage(Relation.HOLDER),
    Permission.REFERRAL_SEAL_LIFT: triage(Relation.HOLDER),
}
