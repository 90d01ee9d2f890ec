"""Who is told who looked (oversight): the manager who answers for a case, and information governance."""

from collections.abc import Mapping

from backend.access.grants import Grant, grant, manager
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role

_GOVERNANCE = grant((Role.INFORMATION_GOVERNANCE,))
# Whose work with children can need it; at any relation that opens less.
_IN_AN_EMERGENCY = grant((Role.TRIAGE_OFFICER, Role.CASE_WORKER, Role.MANAGER))

OVERSIGHT: Mapping[Permission, tuple[Grant, ...]] = {
    # Who and when, of what was answered.
    Permission.LOOKS_SEE: manager(Relation.LEAD),
    # Of every child and every person, what was refused too; never what was read.
    Permission.LOOKS_ACROSS: _GOVERNANCE,
    # What was shared with whom, of every record; never what was shared.
    Permission.DISCLOSURE_ACROSS: _GOVERNANCE,
    Permission.BREAK_GLASS_OPEN: _IN_AN_EMERGENCY,
    Permission.BREAK_GLASS_SEE: _IN_AN_EMERGENCY + _GOVERNANCE,
    Permission.BREAK_GLASS_END: _IN_AN_EMERGENCY,
    # Another one than the person, always (oversight/commands.py and the table's trigger).
    Permission.BREAK_GLASS_LOOK: grant((Role.MANAGER,)),
    Permission.BREAK_GLASS_DECIDE: _GOVERNANCE,
    # What somebody read that is unusual: never told to the person, whatever their role.
    Permission.UNUSUAL_SEE: grant((Role.MANAGER,)) + _GOVERNANCE,
    Permission.UNUSUAL_LOOK: grant((Role.MANAGER,)),
    Permission.UNUSUAL_DECIDE: _GOVERNANCE,
}
