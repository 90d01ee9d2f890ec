"""The lines of the permission table about a person's rights over what is written of them (docs/adr/0069)."""

from collections.abc import Mapping

from backend.access.grants import Grant, grant, worker
from backend.access.permissions import Permission
from backend.agencies.roles import Role

# At no relation to the child: what was copied is read inside a request that two people opened (rights/sql).
_GOVERNANCE = grant((Role.INFORMATION_GOVERNANCE,))

_COPIES = (
    Permission.SUBJECT_REQUEST_SEE,
    Permission.SUBJECT_REQUEST_RECORD,
    # Never by who recorded it, as a release is never by who sent it for a check (rights/rules.py).
    Permission.SUBJECT_REQUEST_CONFIRM,
    Permission.SUBJECT_REQUEST_EXTEND,
    # Reading what was copied, and saying what of it is taken out.
    Permission.SUBJECT_REQUEST_REDACT,
    Permission.SUBJECT_REQUEST_SEND_FOR_CHECK,
    Permission.SUBJECT_REQUEST_SEND_BACK,
    Permission.SUBJECT_REQUEST_RELEASE,
    Permission.SUBJECT_REQUEST_ASK_TO_REFUSE,
    Permission.SUBJECT_REQUEST_GO_ON,
    # Never by who asked for the refusal (rights/rules.py).
    Permission.SUBJECT_REQUEST_REFUSE,
    Permission.SUBJECT_REQUEST_ASK_TO_WITHDRAW,
    Permission.SUBJECT_REQUEST_KEEP,
    # Never by who asked for the withdrawal.
    Permission.SUBJECT_REQUEST_WITHDRAW,
)

RIGHTS: Mapping[Permission, tuple[Grant, ...]] = {
    **dict.fromkeys(_COPIES, _GOVERNANCE),
    # At a case, of a note that one reads.
    Permission.RECTIFICATION_RECORD: worker(),
    # Of the agency that wrote the note (rights/commands/rectifying.py).
    Permission.RECTIFICATION_DECIDE: grant((Role.MANAGER,)),
}
