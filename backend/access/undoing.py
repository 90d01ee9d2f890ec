"""The lines of the permission table about undoing what was just done, and putting right what was (docs/adr/0045).

Who may write it may correct it; undoing is for the person who did it alone, which the rules of each record say.
"""

from collections.abc import Mapping

from backend.access.grants import GIVES, Grant, anyone, manager, worker
from backend.access.permissions import Permission
from backend.access.relations import Relation

UNDOING: Mapping[Permission, tuple[Grant, ...]] = {
    # Of who wrote it alone (cases.rules.noting): those of other agencies on the team write notes too.
    **dict.fromkeys((Permission.NOTE_CORRECT, Permission.NOTE_UNDO), worker() + anyone(Relation.TEAM)),
    **dict.fromkeys((Permission.SCORE_CORRECT, Permission.SCORE_UNDO), worker()),
    **dict.fromkeys((Permission.MEETING_CORRECT, Permission.MEETING_UNDO), worker()),
    # Whoever asks whether a change has lasted.
    Permission.CASE_CORRECT_SUSTAINED: manager(Relation.LEAD),
    **dict.fromkeys((Permission.GOAL_CORRECT, Permission.GOAL_REOPEN, Permission.GOAL_UNDO), worker()),
    **dict.fromkeys((Permission.ACTION_CORRECT, Permission.ACTION_REOPEN), worker()),
    # Whoever does it elsewhere says that it is done, and may have said so by mistake.
    Permission.ACTION_UNDO: anyone(Relation.OWNER) + worker(),
    **dict.fromkeys((Permission.SESSION_CORRECT, Permission.SESSION_UNDO), GIVES),
    # Undone in the same way: whoever may move a session may call it off.
    Permission.SESSION_CALL_OFF: GIVES,
}
