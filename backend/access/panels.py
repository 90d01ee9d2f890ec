"""The lines of the permission table about panels (docs/adr/0043): a meeting, and one item of its agenda.

Triage officers and managers sit on panels; of an agency that was invited nobody else reads what it was told.
"""

from collections.abc import Mapping

from backend.access.grants import STANDS_AT_CASE, Grant, anyone, grant, manager, triage, worker
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role

_SYSTEM = grant((Role.SYSTEM,))
_KEEPS = triage(Relation.KEEPER)

PANELS: Mapping[Permission, tuple[Grant, ...]] = {
    # That a meeting takes place says nothing about any child.
    Permission.PANEL_SEE: anyone(),
    Permission.PANEL_PLAN: triage(),
    Permission.PANEL_RECORD_ATTENDANCE: _KEEPS,
    Permission.PANEL_HOLD: _KEEPS,
    Permission.PANEL_CANCEL: _KEEPS,
    # Who signs answers for the agency that chairs.
    Permission.PANEL_SIGN: manager(Relation.KEEPER),
    Permission.PANEL_ITEM_SEE: STANDS_AT_CASE + triage(Relation.INVITED, Relation.CHAIRING),
    Permission.PANEL_ITEM_PUT_ON: worker(),
    # Whoever answers for the case says who may know of it; what rests on a consent ends when it is taken back.
    Permission.PANEL_ITEM_INVITE: worker(),
    Permission.PANEL_ITEM_END_INVITATION: worker() + _SYSTEM,
    Permission.PANEL_ITEM_TAKE_OFF: worker() + _SYSTEM,
    Permission.PANEL_ITEM_GIVE_INFORMATION: triage(Relation.INVITED, Relation.CHAIRING) + worker(),
    Permission.PANEL_ITEM_DECIDE: triage(Relation.CHAIRING),
}
