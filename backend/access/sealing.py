"""The lines of the permission table about who is named on the seal of a child (docs/adr/0047).

At a case, the manager who answers for it; whoever works on it only where no manager is named any more
(cases.rules.sealing). At a referral that is no case yet, whoever decides about it. Information governance of that
agency asks them for it, without reading the record (Machine.unread).
"""

from collections.abc import Mapping

from backend.access.grants import Grant, grant, manager, triage, worker
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role

_GOVERNANCE = (Role.INFORMATION_GOVERNANCE,)
_OF_CASE, _OF_REFERRAL = grant(_GOVERNANCE, Relation.LEAD), grant(_GOVERNANCE, Relation.HOLDER)

SEALING: Mapping[Permission, tuple[Grant, ...]] = {
    # The page by which information governance asks, and what it waits for.
    Permission.SEAL_PROPOSE: grant(_GOVERNANCE),
    Permission.SEAL_PUT: manager(Relation.LEAD) + _OF_CASE,
    Permission.SEAL_NAME: worker() + _OF_CASE,
    Permission.SEAL_TAKE_OFF: manager(Relation.LEAD),
    Permission.SEAL_LIFT: manager(Relation.LEAD) + _OF_CASE,
    Permission.REFERRAL_SEAL_PUT: triage(Relation.HOLDER) + _OF_REFERRAL,
    Permission.REFERRAL_SEAL_NAME: triage(Relation.HOLDER) + _OF_REFERRAL,
    Permission.REFERRAL_SEAL_TAKE_OFF: triage(Relation.HOLDER),
    Permission.REFERRAL_SEAL_LIFT: triage(Relation.HOLDER) + _OF_REFERRAL,
}
