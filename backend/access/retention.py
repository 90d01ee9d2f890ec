"""The lines of the permission table about how long records are kept (backend/retention, docs/adr/0070)."""

from collections.abc import Mapping

from backend.access.grants import Grant, anyone, grant, manager
from backend.access.permissions import Permission
from backend.agencies.roles import Role

_GOVERNANCE = grant((Role.INFORMATION_GOVERNANCE,))
# A manager for what their own agency keeps, information governance for the partnership (app.answers_for_keeping).
_ANSWERS = grant((Role.MANAGER, Role.INFORMATION_GOVERNANCE))
_SYSTEM = grant((Role.SYSTEM,))

RETENTION: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.RETENTION_SEE: _ANSWERS,
    # Whoever reads a record reads that it is kept (app.kept_at).
    Permission.HOLD_SEE: anyone(),
    Permission.HOLD_PLACE: _ANSWERS,
    # Always with a second person.
    Permission.HOLD_RELEASE: _ANSWERS,
    Permission.DISPOSAL_PROPOSE: manager(),
    # Information governance asks, and a second person who did not propose it agrees (retention/rules.py).
    Permission.DISPOSAL_APPROVE: _ANSWERS,
    Permission.DISPOSAL_REFUSE: _GOVERNANCE,
    Permission.DISPOSAL_WITHDRAW: _ANSWERS,
    Permission.DISPOSAL_BEGIN: _SYSTEM,
    Permission.DISPOSAL_COMPLETE: _SYSTEM,
}
