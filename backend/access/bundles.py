"""Permissions that are granted or asked for together; each group is one reason."""

from backend.access.permissions import Permission

# What asks for a sign-in of the last five minutes (access.md); access.fresh enforces it.
NEEDS_FRESH_SIGN_IN = frozenset(
    {
        Permission.REFERRAL_READ_PROTECTED,
        Permission.CASE_READ_PROTECTED,
        Permission.SEAL_PUT,
        Permission.SEAL_NAME,
        Permission.SEAL_TAKE_OFF,
        Permission.SEAL_LIFT,
        Permission.REFERRAL_SEAL_PUT,
        Permission.REFERRAL_SEAL_NAME,
        Permission.REFERRAL_SEAL_TAKE_OFF,
        Permission.REFERRAL_SEAL_LIFT,
        Permission.PEOPLE_ADD,
        Permission.PEOPLE_CHANGE,
        Permission.PEOPLE_END,
        Permission.PEOPLE_RESET_SIGN_IN,
        Permission.AGENCY_HAND_OVER,
        Permission.AGENCY_END,
        Permission.AGENCY_END_AT_ONCE,
        Permission.AGENCY_CONFIRM_END,
        Permission.EXPORT_LIST,
        Permission.EXPORT_FOR_INSPECTION,
        Permission.CHILD_MERGE,
        Permission.CHILD_UNMERGE,
        Permission.BREAK_GLASS_OPEN,
        Permission.SUBJECT_REQUEST_CONFIRM,
        Permission.SUBJECT_REQUEST_RELEASE,
        Permission.SUBJECT_REQUEST_REFUSE,
        Permission.SUBJECT_REQUEST_WITHDRAW,
        Permission.HOLD_RELEASE,
        Permission.DISPOSAL_PROPOSE,
        Permission.DISPOSAL_APPROVE,
    }
)

# What only the worker does, when a clock has run out.
BY_ITSELF = (
    Permission.REFERRAL_LET_SHARING_END,
    Permission.DISAGREEMENT_LET_STAND,
    Permission.INFORMATION_REQUEST_LAPSE,
    Permission.CASE_LET_SHARING_END,
    Permission.CASE_EXPIRE_AGREEMENT,
    Permission.CASE_CHASE_TRANSFER_OUT,
    Permission.CASE_ESCALATE_TRANSFER_OUT,
    Permission.TRANSFER_LAPSE,
    Permission.TRANSFER_OVERTAKE,
    Permission.LEAD_REQUEST_OVERTAKE,
    Permission.LEAD_REQUEST_LAPSE,
    Permission.INTERVENTION_ASK_AGAIN,
    Permission.CONFIGURATION_SUPERSEDE,
)

# That a child has died, at a case or at a referral that is not yet one.
CASE_DEATH = (Permission.CASE_RECORD_DEATH, Permission.CASE_TAKE_BACK_DEATH)
REFERRAL_DEATH = (Permission.REFERRAL_RECORD_DEATH, Permission.REFERRAL_TAKE_BACK_DEATH)
# What whoever works on a case writes, and the manager who answers for them.
ABOUT_GOALS = (Permission.GOAL_ADD, Permission.GOAL_REVISE, Permission.GOAL_SCORE, Permission.GOAL_END)
ABOUT_PEOPLE = (
    Permission.RELATIONSHIP_ADD,
    Permission.RELATIONSHIP_CHANGE,
    Permission.RELATIONSHIP_END,
    Permission.RELATIONSHIP_UNDO,
    # At the one case; the other is read.
    Permission.SAME_PERSON_SAY,
    Permission.SAME_PERSON_TAKE_BACK,
    # Peers and places of concern: not the team that covers, nor anybody who reads the case otherwise.
    Permission.CONCERN_SEE,
    Permission.CONCERN_ADD,
    Permission.CONCERN_REVIEW,
)
