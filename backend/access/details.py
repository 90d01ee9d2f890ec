"""The lines of the permission table about the child's own details at a case (docs/adr/0050).

Whoever works on the case and whoever answers for them: the team that covers reads, and other agencies are told.
"""

from collections.abc import Mapping

from backend.access.grants import Grant, worker
from backend.access.permissions import Permission

DETAILS: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.CASE_AMEND_CHILD: worker(),
    # Turning points: one person may write a loss down, for it stops nothing but the wait; who has died, two do.
    Permission.CASE_RECORD_BIRTH: worker(),
    **dict.fromkeys((Permission.CASE_RECORD_LOSS, Permission.CASE_TAKE_BACK_LOSS), worker()),
    Permission.CASE_MOVE_SCHOOL: worker(),
    # As the label LOCATION says (access.marks): nobody who only covers, or reads the case otherwise.
    Permission.CASE_READ_PROTECTED: worker(),
}
