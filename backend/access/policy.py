"""The permission table: which role may do what at which relation. Not listed = no."""

from collections.abc import Collection, Iterable, Mapping

from backend.access import used
from backend.access.about_no_child import ABOUT_NO_CHILD
from backend.access.actors import Actor
from backend.access.answering import ANSWERING
from backend.access.bundles import (
    ABOUT_GOALS,
    ABOUT_PEOPLE,
    BY_ITSELF,
    CASE_DEATH,
    NEEDS_FRESH_SIGN_IN,
    REFERRAL_DEATH,
)
from backend.access.details import DETAILS
from backend.access.exporting import EXPORTING
from backend.access.grants import (
    BOTH_SIDES,
    GIVES,
    READS_HANDOVER,
    READS_REASONS,
    SEES_CASE,
    SEES_PLAN,
    STANDS_AT_PLAN,
    Grant,
)
from backend.access.grants import READS_TEXT as _READS_TEXT
from backend.access.grants import anyone as _anyone
from backend.access.grants import grant as _grant
from backend.access.grants import manager as _manager
from backend.access.grants import triage as _triage
from backend.access.grants import worker as _worker
from backend.access.handing_on import HANDING_ON
from backend.access.labelling import LABELLING
from backend.access.marks import PROTECTED
from backend.access.oversight import OVERSIGHT
from backend.access.panels import PANELS
from backend.access.permissions import Permission
from backend.access.relations import PLACES, Relation
from backend.access.retention import RETENTION
from backend.access.rights import RIGHTS
from backend.access.sealing import SEALING
from backend.access.undoing import UNDOING
from backend.access.voices import VOICES
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core.errors import Forbidden, NotFound

__all__ = [
    "NEEDS_FRESH_SIGN_IN",
    "Grant",
    "Permission",
    "allows",
    "describe",
    "holds",
    "relations_that",
    "require",
    "require_to_look",
]

_SYSTEM = _grant((Role.SYSTEM,))
# Who sent a referral answers for its sending, and who holds it for what went on from there.
_SENT_OR_HOLDS = _anyone(Relation.CREATOR) + _manager(Relation.REFERRER) + _triage(Relation.HOLDER)

TABLE: Mapping[Permission, tuple[Grant, ...]] = {
    **dict.fromkeys(BY_ITSELF, _SYSTEM),
    **ABOUT_NO_CHILD,
    **ANSWERING,
    **DETAILS,
    **EXPORTING,
    **HANDING_ON,
    **LABELLING,
    **OVERSIGHT,
    **PANELS,
    **RIGHTS,
    **RETENTION,
    **SEALING,
    **UNDOING,
    **VOICES,
    Permission.REFERRAL_CREATE: _anyone(),
    Permission.REFERRAL_SEE_STATUS: _anyone(Relation.REFERRER, Relation.HOLDER)
    + _triage(Relation.FORMER)
    + BOTH_SIDES
    + _READS_TEXT,
    Permission.REFERRAL_READ_TEXT: _READS_TEXT,
    Permission.REFERRAL_READ_REASONS: READS_REASONS,
    Permission.REFERRAL_EDIT_DRAFT: _anyone(Relation.CREATOR),
    **dict.fromkeys((Permission.REFERRAL_SUBMIT, Permission.REFERRAL_WITHDRAW), _anyone(Relation.CREATOR)),
    **dict.fromkeys((Permission.REFERRAL_START_TRIAGE, Permission.REFERRAL_REDIRECT), _triage(Relation.HOLDER)),
    Permission.REFERRAL_REQUEST_INFORMATION: _triage(Relation.HOLDER),
    Permission.REFERRAL_RESUME_TRIAGE: _triage(Relation.HOLDER) + _SYSTEM,
    **dict.fromkeys((Permission.REFERRAL_ACCEPT, Permission.REFERRAL_LINK), _triage(Relation.HOLDER)),
    **dict.fromkeys((Permission.REFERRAL_SIGNPOST, Permission.REFERRAL_DECLINE), _triage(Relation.HOLDER)),
    Permission.REFERRAL_STEP_UP: _triage(Relation.HOLDER, Relation.OFFERED),
    Permission.REFERRAL_CONFIRM_HANDOVER: _triage(Relation.HOLDER),
    Permission.REFERRAL_HANDOVER_REFUSED: _triage(Relation.HOLDER),
    **dict.fromkeys((Permission.REFERRAL_TAKE, Permission.REFERRAL_RETURN_TO_SENDER), _triage(Relation.OFFERED)),
    Permission.REFERRAL_RECALL: _triage(Relation.HOLDER) + _SYSTEM,
    Permission.REFERRAL_REOPEN: _manager(Relation.HOLDER),
    Permission.REFERRAL_MARK_ENTERED_IN_ERROR: _manager(Relation.HOLDER),
    Permission.REFERRAL_AMEND: _SENT_OR_HOLDS,
    Permission.REFERRAL_ASK_TO_WITHDRAW: _anyone(Relation.CREATOR) + _manager(Relation.REFERRER),
    Permission.REFERRAL_CORRECT: _manager(Relation.HOLDER, Relation.LEAD),
    Permission.REFERRAL_REMATCH: _manager(Relation.HOLDER),
    Permission.REFERRAL_RECORD_TOLD: _triage(Relation.HOLDER) + _worker(),
    Permission.REFERRAL_RECORD_FOLLOW_UP: _triage(Relation.HOLDER),
    Permission.REFERRAL_GIVE_STATUS_LINK: _triage(Relation.HOLDER),
    Permission.REFERRAL_TAKE_BACK_STATUS_LINK: _triage(Relation.HOLDER),
    Permission.REFERRAL_MATCH_CHILD: _triage(Relation.HOLDER),
    Permission.REFERRAL_WITHDRAW_SHARING: _triage(Relation.HOLDER),
    Permission.REFERRAL_RENEW_SHARING: _SENT_OR_HOLDS,
    # Where a child lives who must not be found: whoever reads what bears the label LOCATION.
    Permission.REFERRAL_READ_PROTECTED: PROTECTED,
    Permission.CHILD_NOT_SAME: _triage(Relation.HOLDER),
    # Always with a second person (backend/matching/commands.py).
    **dict.fromkeys((Permission.CHILD_MERGE, Permission.CHILD_UNMERGE), _triage(Relation.HOLDER)),
    Permission.CHILD_DROP_MERGE: _triage(Relation.HOLDER),
    Permission.CHILD_ASK_LEADS: _triage(Relation.HOLDER),
    Permission.CASE_CHOICE_SEE: _manager(Relation.LEAD) + _triage(Relation.HOLDER) + _SYSTEM,
    Permission.CASE_CHOICE_SAY: _manager(Relation.LEAD),
    Permission.CASE_CHOICE_DROP: _triage(Relation.HOLDER),
    Permission.CASE_SEE: SEES_CASE,
    **dict.fromkeys((Permission.CASE_ALLOCATE, Permission.CASE_REOPEN), _manager(Relation.LEAD)),
    Permission.CASE_PROPOSE_TRANSFER: _worker(),
    Permission.CASE_TRANSFER_OUT: _worker(),
    Permission.CASE_CONFIRM_TRANSFER_OUT: _manager(Relation.LEAD),
    Permission.CASE_END_TRANSFER_OUT: _worker(),
    Permission.CASE_REALLOCATE: _manager(Relation.LEAD),
    Permission.CASE_CHANGE_PRIORITY: _worker(),
    Permission.CASE_RECORD_CONTACT: _worker(),
    Permission.NOTE_OVERSEE: _manager(Relation.LEAD),
    **dict.fromkeys((Permission.NOTE_PIN, Permission.NOTE_UNPIN), _worker()),
    # Whoever reads it may be named in it (cases.rules.noting).
    Permission.NOTE_SAY_READ: STANDS_AT_PLAN,
    # As the record it hangs on; who added one reads it without (documents.queries).
    Permission.DOCUMENT_SEE: _worker() + _anyone(Relation.UNIT, Relation.FORMER_WORKER) + _SYSTEM,
    Permission.DOCUMENT_ADD: _worker(),
    **dict.fromkeys((Permission.CASE_RECORD_AGREEMENT, Permission.CASE_RENEW_AGREEMENT), _worker()),
    **dict.fromkeys((Permission.CASE_RECORD_REFUSAL, Permission.CASE_WITHDRAW_AGREEMENT), _worker()),
    **dict.fromkeys((Permission.CASE_WITHDRAW_SHARING, Permission.CASE_RENEW_SHARING), _worker()),
    Permission.CASE_WRITE_LETTER: _worker(),
    Permission.CASE_GO_ON_OTHERWISE: _worker(),
    Permission.CASE_PAUSE: _worker(),
    Permission.CASE_RESUME: _worker() + _SYSTEM,
    Permission.CASE_STEP_UP: _worker(),
    Permission.CASE_RECORD_FOLLOW_UP: _worker(),
    Permission.CASE_AGREE_PLAN: _worker(),
    Permission.CASE_HOLD_REVIEW: _worker(),
    Permission.CASE_RECORD_MEETING: _worker(),
    Permission.CASE_RECORD_SIGNIFICANT_EVENT: _worker(),
    Permission.CASE_ADD_ALERT: _worker(),
    Permission.CASE_REVIEW_ALERT: _worker(),
    Permission.CASE_CLOSE: _worker(),
    Permission.CASE_RECORD_SUSTAINED: _manager(Relation.LEAD),
    # Always with a second person; the worker carries it to the child's other records.
    **dict.fromkeys(CASE_DEATH, _manager(Relation.LEAD) + _SYSTEM),
    **dict.fromkeys(REFERRAL_DEATH, _manager(Relation.HOLDER) + _SYSTEM),
    Permission.CASE_NAME_MEMBER: _worker(),
    **dict.fromkeys(ABOUT_PEOPLE, _worker()),
    Permission.TEAM_MEMBER_END: _worker() + _SYSTEM,
    Permission.TEAM_MEMBER_WRITE_NOTE: _anyone(Relation.TEAM),
    Permission.PLAN_SEE: SEES_PLAN,
    # A manager on the team asks for their agency; the lead answers as it proposes a transfer, or its manager refuses.
    Permission.LEAD_REQUEST_ASK: _manager(Relation.TEAM),
    Permission.LEAD_REQUEST_SEE: STANDS_AT_PLAN,
    Permission.LEAD_REQUEST_REFUSE: _manager(Relation.LEAD),
    Permission.LEAD_REQUEST_WITHDRAW: _manager(Relation.TEAM),
    Permission.LEAD_REQUEST_ANSWER_BY_TRANSFER: _worker(),
    # Whoever reads the case reads what was found out; its workers and the manager who answers for them write it.
    Permission.ASSESSMENT_START: _worker(),
    Permission.ASSESSMENT_WRITE: _worker(),
    Permission.ASSESSMENT_COMPLETE: _worker(),
    Permission.ASSESSMENT_SET_ASIDE: _worker() + _SYSTEM,
    **dict.fromkeys(ABOUT_GOALS, _worker()),
    # Its owner sees the action and nothing else of the case.
    Permission.ACTION_SEE: _anyone(Relation.OWNER) + SEES_PLAN,
    Permission.ACTION_ADD: _worker(),
    Permission.ACTION_COMPLETE: _anyone(Relation.OWNER) + _worker(),
    Permission.ACTION_CANCEL: _anyone(Relation.OWNER) + _worker(),
    Permission.ACTION_MOVE: _worker(),
    Permission.ACTION_REASSIGN: _worker() + _SYSTEM,
    Permission.ACTION_GO_ON: _worker(),
    Permission.SCORE_RECORD: _worker(),
    # Whoever reads the case reads its transfers. FORMER: who answered, and who led before, see how theirs ended.
    Permission.TRANSFER_SEE: READS_HANDOVER + _manager(Relation.FORMER),
    Permission.TRANSFER_READ_HANDOVER: READS_HANDOVER,
    **dict.fromkeys((Permission.TRANSFER_ACCEPT, Permission.TRANSFER_DECLINE), _manager(Relation.OFFERED_LEAD)),
    Permission.TRANSFER_WITHDRAW: _worker() + _SYSTEM,
    # Its provider sees the intervention and nothing else of the case; who reads the case reads its interventions.
    Permission.INTERVENTION_SEE: SEES_CASE + _anyone(Relation.PROVIDER),
    Permission.INTERVENTION_RECOMMEND: _worker(),
    Permission.INTERVENTION_OFFER: _worker(),
    **dict.fromkeys((Permission.INTERVENTION_PROVIDER_ACCEPT, Permission.INTERVENTION_PROVIDER_DECLINE), GIVES),
    **dict.fromkeys((Permission.INTERVENTION_AGREE, Permission.INTERVENTION_REFUSE), _worker()),
    Permission.INTERVENTION_WAITLIST: GIVES,
    Permission.INTERVENTION_CONFIRM_STILL_NEEDED: _worker(),
    Permission.INTERVENTION_START: GIVES,
    Permission.INTERVENTION_COMPLETE: GIVES,
    Permission.INTERVENTION_END_EARLY: GIVES,
    Permission.INTERVENTION_CANCEL: _worker(),
    Permission.INTERVENTION_SAY_WHO_GOES_ON: _worker(),
    Permission.INTERVENTION_STOP_SHARING: _worker() + _SYSTEM,
    **dict.fromkeys((Permission.INTERVENTION_SHARE_AGAIN, Permission.INTERVENTION_TIE_GOALS), _worker()),
    # The lists of what one's agency gives, and group sessions: never as whoever works on the case.
    Permission.INTERVENTION_GIVE: _anyone(Relation.PROVIDER),
    Permission.INTERVENTION_NAME_WORKER: _anyone(Relation.PROVIDER),
    **dict.fromkeys((Permission.SESSION_ADD, Permission.SESSION_RECORD, Permission.SESSION_MOVE), GIVES),
    # Write-only, whatever one's relation to the child: it opens nothing and answers nothing.
    Permission.MOMENT_RECORD: _anyone(),
    Permission.TASK_SEE: _anyone(Relation.OWNER) + _triage(Relation.HOLDER) + _worker() + _SYSTEM,
    Permission.TASK_COMPLETE: _anyone(Relation.OWNER) + _triage(Relation.HOLDER) + _worker(),
    Permission.TASK_CANCEL: _anyone(Relation.OWNER) + _triage(Relation.HOLDER) + _worker() + _SYSTEM,
    # Who shared what with whom: for those who answer for the record, not for those it was shared with.
    Permission.DISCLOSURE_SEE: _SENT_OR_HOLDS + _worker() + _anyone(Relation.UNIT),
}

# What opens a root, its text, and the child's identity: the SQL functions read the projection of these (access_scope).
SEES_ROOT = (
    Permission.REFERRAL_SEE_STATUS,
    Permission.CASE_SEE,
    Permission.DISAGREEMENT_SEE,
    Permission.INTERVENTION_SEE,
)
READS_TEXT = (Permission.REFERRAL_READ_TEXT, Permission.CASE_SEE, Permission.INTERVENTION_SEE)
READS_PLAN = (Permission.PLAN_SEE,)
READS_CONCERNS = (Permission.CONCERN_SEE,)
SEES_CHILD = (*READS_TEXT, *READS_PLAN, Permission.INFORMATION_REQUEST_SEE, Permission.TRANSFER_READ_HANDOVER)
HEARS_ITEM = (Permission.PANEL_ITEM_SEE,)
SEES_TRANSFER = (Permission.TRANSFER_SEE,)
DOES_SOMETHING = (Permission.TASK_SEE, Permission.ACTION_SEE)
READS_SUMMARY = (Permission.HISTORY_READ_SUMMARY,)


def allows(actor: Actor, permission: Permission, relations: Collection[Relation] = ()) -> bool:
    """Say whether `actor`, with these relations to the record, may do `permission`."""
    return any(grant.covers(actor.role, relations) for grant in TABLE[permission])


def holds(actor: Actor, permission: Permission) -> bool:
    """Say whether the actor's role may do `permission` at some relation at all."""
    return any(actor.role in grant.roles for grant in TABLE[permission])


def require(
    actor: Actor, permission: Permission, relations: Collection[Relation] = (), *, visible: bool = True
) -> None:
    """Raise Forbidden with a sentence, or NotFound when the record is not visible to the actor.

    What needs a fresh sign-in is noted: the request is asked for one if it comes through (access.fresh).
    """
    require_to_look(actor, permission, relations, visible=visible)
    if permission in NEEDS_FRESH_SIGN_IN:
        used.note(permission)


def require_to_look(
    actor: Actor, permission: Permission, relations: Collection[Relation] = (), *, visible: bool = True
) -> None:
    """Raise as `require` does, where only what leads to the act is shown: a form, a list of one's own."""
    if allows(actor, permission, relations):
        return
    if not visible:
        raise NotFound
    if not holds(actor, permission):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, cannot do this. {_who(permission)}")
    raise Forbidden(f"You cannot do this from where you stand. {_who(permission)}")


def relations_that(permissions: Iterable[Permission], role: Role) -> frozenset[Relation]:
    """Return the relations at which `role` has any of `permissions`; for querysets and for the generated scope."""
    grants = (grant for permission in permissions for grant in TABLE[permission] if role in grant.roles)
    return frozenset(relation for grant in grants for relation in grant.relations)


def describe(permission: Permission) -> list[tuple[str, str]]:
    """Return who may do `permission` as (roles, relation) words, for documents and refusals."""
    rows = []
    for grant in TABLE[permission]:
        roles = (
            "any agency role"
            if grant.roles == frozenset(AGENCY_ROLES)
            else " or ".join(sorted(role.label.lower() for role in grant.roles))
        )
        places = sorted(PLACES[relation] for relation in grant.relations)
        rows.append((roles, " or ".join(places)))
    return rows


def _who(permission: Permission) -> str:
    people = [_said(roles, place) for roles, place in describe(permission) if roles != "system"]
    return f"Who can: {'; '.join(dict.fromkeys(people))}."


def _said(roles: str, place: str) -> str:
    """Return who stands there: a place that any role may stand in says it alone, and so does a person."""
    if not place:
        return roles
    return place if "any" in roles or "person" in place else f"{roles} in {place}"
