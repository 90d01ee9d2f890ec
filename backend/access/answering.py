"""The lines of the permission table about what is asked of others and answered: disagreements, questions, history."""

from collections.abc import Mapping

from backend.access.grants import BOTH_SIDES, Grant, anyone, grant, manager, triage
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role

_SYSTEM = grant((Role.SYSTEM,))
ANSWERING: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.REFERRAL_DISAGREE: anyone(
        Relation.REFERRER, Relation.HOLDER, Relation.TEAM, Relation.LEAD, Relation.PROVIDER, Relation.FORMER
    ),
    Permission.DISAGREEMENT_SEE: BOTH_SIDES + triage(Relation.HOLDER) + _SYSTEM,
    Permission.DISAGREEMENT_ANSWER: manager(Relation.ANSWERING),
    Permission.DISAGREEMENT_UPHOLD: manager(Relation.ANSWERING),
    Permission.DISAGREEMENT_ACCEPT_ANSWER: anyone(Relation.DISAGREEING),
    Permission.DISAGREEMENT_ESCALATE: anyone(Relation.DISAGREEING) + _SYSTEM,
    Permission.DISAGREEMENT_WITHDRAW: anyone(Relation.DISAGREEING),
    # Of each earlier referral and case of a child, for whoever decides about a new one (access.md, TRIAGING).
    Permission.HISTORY_READ_SUMMARY: triage(Relation.TRIAGING),
    Permission.INFORMATION_REQUEST_SEE: anyone(Relation.ASKED) + triage(Relation.HOLDER) + _SYSTEM,
    Permission.INFORMATION_REQUEST_ANSWER: anyone(Relation.ASKED),
    Permission.INFORMATION_REQUEST_NOTHING_KNOWN: anyone(Relation.ASKED),
    Permission.INFORMATION_REQUEST_REFUSE: anyone(Relation.ASKED),
    Permission.INFORMATION_REQUEST_CANCEL: triage(Relation.HOLDER) + _SYSTEM,
    Permission.INFORMATION_REQUEST_CHASE: triage(Relation.HOLDER),
}
