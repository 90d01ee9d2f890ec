"""The names of the acts that backend/access/policy.py grants: one act on one kind of record."""

from enum import StrEnum


class Permission(StrEnum):
    """One act on one kind of record; every edge of every machine has its own."""

    REFERRAL_CREATE = "referral.create"
    REFERRAL_SEE_STATUS = "referral.see_status"
    REFERRAL_READ_TEXT = "referral.read_text"
    REFERRAL_READ_REASONS = "referral.read_reasons"
    REFERRAL_EDIT_DRAFT = "referral.edit_draft"
    REFERRAL_SUBMIT = "referral.submit"
    REFERRAL_WITHDRAW = "referral.withdraw"
    REFERRAL_START_TRIAGE = "referral.start_triage"
    REFERRAL_REQUEST_INFORMATION = "referral.request_information"
    REFERRAL_RESUME_TRIAGE = "referral.resume_triage"
    REFERRAL_ACCEPT = "referral.accept"
    REFERRAL_LINK = "referral.link"
    REFERRAL_SIGNPOST = "referral.signpost"
    REFERRAL_DECLINE = "referral.decline"
    REFERRAL_STEP_UP = "referral.step_up"
    REFERRAL_CONFIRM_HANDOVER = "referral.confirm_handover"
    REFERRAL_HANDOVER_REFUSED = "referral.handover_refused"
    REFERRAL_REDIRECT = "referral.redirect"
    REFERRAL_TAKE = "referral.take"
    REFERRAL_RETURN_TO_SENDER = "referral.return_to_sender"
    REFERRAL_RECALL = "referral.recall"
    REFERRAL_REOPEN = "referral.reopen"
    REFERRAL_MARK_ENTERED_IN_ERROR = "referral.mark_entered_in_error"
    REFERRAL_RECORD_DEATH = "referral.record_death"
    REFERRAL_TAKE_BACK_DEATH = "referral.take_back_death"
    REFERRAL_AMEND = "referral.amend"
    REFERRAL_ASK_TO_WITHDRAW = "referral.ask_to_withdraw"
    REFERRAL_CORRECT = "referral.correct"
    REFERRAL_REMATCH = "referral.rematch"
    REFERRAL_RECORD_TOLD = "referral.record_told"
    REFERRAL_RECORD_FOLLOW_UP = "referral.record_follow_up"
    REFERRAL_MATCH_CHILD = "referral.match_child"
    REFERRAL_WITHDRAW_SHARING = "referral.withdraw_sharing"
    REFERRAL_RENEW_SHARING = "referral.renew_sharing"
    REFERRAL_LET_SHARING_END = "referral.let_sharing_end"
    REFERRAL_READ_PROTECTED = "referral.read_protected"
    REFERRAL_DISAGREE = "referral.disagree"
    REFERRAL_GIVE_STATUS_LINK = "referral.give_status_link"
    REFERRAL_TAKE_BACK_STATUS_LINK = "referral.take_back_status_link"

    SETTINGS_CHOOSE = "settings.choose"
    FIGURES_SEE_OWN = "figures.see_own"
    HISTORY_READ_SUMMARY = "history.read_summary"

    INFORMATION_REQUEST_SEE = "information_request.see"
    INFORMATION_REQUEST_ANSWER = "information_request.answer"
    INFORMATION_REQUEST_NOTHING_KNOWN = "information_request.nothing_known"
    INFORMATION_REQUEST_REFUSE = "information_request.refuse"
    INFORMATION_REQUEST_CANCEL = "information_request.cancel"
    INFORMATION_REQUEST_CHASE = "information_request.chase"
    INFORMATION_REQUEST_LAPSE = "information_request.lapse"

    DISAGREEMENT_SEE = "disagreement.see"
    DISAGREEMENT_ANSWER = "disagreement.answer"
    DISAGREEMENT_UPHOLD = "disagreement.uphold"
    DISAGREEMENT_ACCEPT_ANSWER = "disagreement.accept_answer"
    DISAGREEMENT_ESCALATE = "disagreement.escalate"
    DISAGREEMENT_WITHDRAW = "disagreement.withdraw"
    DISAGREEMENT_LET_STAND = "disagreement.let_stand"

    CHILD_NOT_SAME = "child.not_same"
    CHILD_MERGE = "child.merge"
    CHILD_UNMERGE = "child.unmerge"
    CHILD_ASK_LEADS = "child.ask_leads"
    CASE_CHOICE_SEE = "case_choice.see"
    CASE_CHOICE_SAY = "case_choice.say"
    CASE_CHOICE_DROP = "case_choice.drop"
    CHILD_DROP_MERGE = "child.drop_merge"

    CASE_SEE = "case.see"
    CASE_ALLOCATE = "case.allocate"
    CASE_REOPEN = "case.reopen"
    CASE_PROPOSE_TRANSFER = "case.propose_transfer"
    CASE_TRANSFER_OUT = "case.transfer_out"
    CASE_CONFIRM_TRANSFER_OUT = "case.confirm_transfer_out"
    CASE_END_TRANSFER_OUT = "case.end_transfer_out"
    CASE_CHASE_TRANSFER_OUT = "case.chase_transfer_out"
    CASE_ESCALATE_TRANSFER_OUT = "case.escalate_transfer_out"
    CASE_REALLOCATE = "case.reallocate"
    CASE_CHANGE_PRIORITY = "case.change_priority"
    CASE_RECORD_CONTACT = "case.record_contact"
    NOTE_OVERSEE = "note.oversee"
    NOTE_CORRECT = "note.correct"
    NOTE_PIN = "note.pin"
    NOTE_UNPIN = "note.unpin"
    NOTE_UNDO = "note.undo"
    DOCUMENT_SEE = "document.see"
    DOCUMENT_ADD = "document.add"
    CASE_RECORD_AGREEMENT = "case.record_agreement"
    CASE_RENEW_AGREEMENT = "case.renew_agreement"
    CASE_RECORD_REFUSAL = "case.record_refusal"
    CASE_WITHDRAW_AGREEMENT = "case.withdraw_agreement"
    CASE_WITHDRAW_SHARING = "case.withdraw_sharing"
    CASE_RENEW_SHARING = "case.renew_sharing"
    CASE_WRITE_LETTER = "case.write_letter"
    CASE_LET_SHARING_END = "case.let_sharing_end"
    CASE_GO_ON_OTHERWISE = "case.go_on_otherwise"
    CASE_PAUSE = "case.pause"
    CASE_RESUME = "case.resume"
    CASE_STEP_UP = "case.step_up"
    CASE_RECORD_FOLLOW_UP = "case.record_follow_up"
    CASE_AGREE_PLAN = "case.agree_plan"
    CASE_HOLD_REVIEW = "case.hold_review"
    CASE_RECORD_MEETING = "case.record_meeting"
    CASE_ADD_ALERT = "case.add_alert"
    CASE_REVIEW_ALERT = "case.review_alert"
    CASE_RECORD_SIGNIFICANT_EVENT = "case.record_significant_event"
    CASE_CLOSE = "case.close"
    CASE_RECORD_DEATH = "case.record_death"
    CASE_TAKE_BACK_DEATH = "case.take_back_death"
    CASE_RECORD_SUSTAINED = "case.record_sustained"
    CASE_NAME_MEMBER = "case.name_member"

    CONCERN_SEE = "concern.see"
    CONCERN_ADD = "concern.add"
    CONCERN_REVIEW = "concern.review"
    RELATIONSHIP_ADD = "relationship.add"
    RELATIONSHIP_CHANGE = "relationship.change"
    RELATIONSHIP_END = "relationship.end"
    RELATIONSHIP_UNDO = "relationship.undo"
    SAME_PERSON_SAY = "same_person.say"
    SAME_PERSON_TAKE_BACK = "same_person.take_back"

    TEAM_MEMBER_END = "team_member.end"
    TEAM_MEMBER_WRITE_NOTE = "team_member.write_note"
    PLAN_SEE = "plan.see"

    LEAD_REQUEST_ASK = "lead_request.ask"
    LEAD_REQUEST_SEE = "lead_request.see"
    LEAD_REQUEST_REFUSE = "lead_request.refuse"
    LEAD_REQUEST_WITHDRAW = "lead_request.withdraw"
    LEAD_REQUEST_ANSWER_BY_TRANSFER = "lead_request.answer_by_transfer"
    LEAD_REQUEST_OVERTAKE = "lead_request.overtake"
    LEAD_REQUEST_LAPSE = "lead_request.lapse"

    ASSESSMENT_START = "assessment.start"
    ASSESSMENT_WRITE = "assessment.write"
    ASSESSMENT_COMPLETE = "assessment.complete"
    ASSESSMENT_SET_ASIDE = "assessment.set_aside"

    GOAL_ADD = "goal.add"
    GOAL_REVISE = "goal.revise"
    GOAL_SCORE = "goal.score"
    GOAL_END = "goal.end"
    ACTION_SEE = "action.see"
    ACTION_ADD = "action.add"
    ACTION_COMPLETE = "action.complete"
    ACTION_CANCEL = "action.cancel"
    ACTION_MOVE = "action.move"
    ACTION_REASSIGN = "action.reassign"
    ACTION_GO_ON = "action.go_on"
    SCORE_RECORD = "score.record"

    TRANSFER_SEE = "transfer.see"
    TRANSFER_READ_HANDOVER = "transfer.read_handover"
    TRANSFER_ACCEPT = "transfer.accept"
    TRANSFER_DECLINE = "transfer.decline"
    TRANSFER_WITHDRAW = "transfer.withdraw"
    TRANSFER_LAPSE = "transfer.lapse"
    TRANSFER_OVERTAKE = "transfer.overtake"

    MOMENT_RECORD = "moment.record"
    EXCEPTIONS_SEE = "exceptions.see"
    CONFLICT_DECLARE = "conflict.declare"
    CONFLICT_SEE = "conflict.see"
    CONFLICT_WITHDRAW = "conflict.withdraw"
    CONFLICT_CONFIRM = "conflict.confirm"
    CONFLICT_REFUSE = "conflict.refuse"
    CONFLICT_END = "conflict.end"
    AGENCY_SEE = "agency.see"
    AGENCY_SEE_WORK = "agency.see_work"
    AGENCY_HAND_OVER = "agency.hand_over"
    AGENCY_END = "agency.end"
    AGENCY_END_AT_ONCE = "agency.end_at_once"
    AGENCY_CONFIRM_END = "agency.confirm_end"
    PEOPLE_SEE = "people.see"
    PEOPLE_ADD = "people.add"
    PEOPLE_CHANGE = "people.change"
    PEOPLE_END = "people.end"

    TASK_SEE = "task.see"
    TASK_COMPLETE = "task.complete"
    TASK_CANCEL = "task.cancel"
    DISCLOSURE_SEE = "disclosure.see"
    CONFIGURATION_SEE = "configuration.see"
    CONFIGURATION_COPY = "configuration.copy"
    CONFIGURATION_PUT_ENTRY = "configuration.put_entry"
    CONFIGURATION_REMOVE_ENTRY = "configuration.remove_entry"
    CONFIGURATION_TRY_OUT = "configuration.try_out"
    CONFIGURATION_PUBLISH = "configuration.publish"
    CONFIGURATION_DISCARD = "configuration.discard"
    CONFIGURATION_SUPERSEDE = "configuration.supersede"
    SERVICE_SEE = "service.see"
    SERVICE_ADD = "service.add"
    SERVICE_REVISE = "service.revise"
    SERVICE_SAY_CAPACITY = "service.say_capacity"
    SERVICE_CONFIRM_CAPACITY = "service.confirm_capacity"
    SERVICE_PAUSE = "service.pause"
    SERVICE_RESUME = "service.resume"
    SERVICE_END = "service.end"
    SERVICE_IMPORT = "service.import"

    INTERVENTION_SEE = "intervention.see"
    INTERVENTION_RECOMMEND = "intervention.recommend"
    INTERVENTION_OFFER = "intervention.offer"
    INTERVENTION_PROVIDER_ACCEPT = "intervention.provider_accept"
    INTERVENTION_PROVIDER_DECLINE = "intervention.provider_decline"
    INTERVENTION_AGREE = "intervention.agree"
    INTERVENTION_REFUSE = "intervention.refuse"
    INTERVENTION_WAITLIST = "intervention.waitlist"
    INTERVENTION_CONFIRM_STILL_NEEDED = "intervention.confirm_still_needed"
    INTERVENTION_ASK_AGAIN = "intervention.ask_again"
    INTERVENTION_START = "intervention.start"
    INTERVENTION_COMPLETE = "intervention.complete"
    INTERVENTION_END_EARLY = "intervention.end_early"
    INTERVENTION_CANCEL = "intervention.cancel"
    INTERVENTION_NAME_WORKER = "intervention.name_worker"
    INTERVENTION_SAY_WHO_GOES_ON = "intervention.say_who_goes_on"
    INTERVENTION_STOP_SHARING = "intervention.stop_sharing"
    INTERVENTION_SHARE_AGAIN = "intervention.share_again"
    INTERVENTION_TIE_GOALS = "intervention.tie_goals"
    INTERVENTION_GIVE = "intervention.give"
    SESSION_ADD = "session.add"
    SESSION_RECORD = "session.record"
    SESSION_MOVE = "session.move"
    SESSION_CORRECT = "session.correct"
    SESSION_UNDO = "session.undo"
    PANEL_SEE = "panel.see"
    PANEL_PLAN = "panel.plan"
    PANEL_RECORD_ATTENDANCE = "panel.record_attendance"
    PANEL_HOLD = "panel.hold"
    PANEL_SIGN = "panel.sign"
    PANEL_CANCEL = "panel.cancel"
    PANEL_ITEM_SEE = "panel_item.see"
    PANEL_ITEM_PUT_ON = "panel_item.put_on"
    PANEL_ITEM_INVITE = "panel_item.invite"
    PANEL_ITEM_END_INVITATION = "panel_item.end_invitation"
    PANEL_ITEM_GIVE_INFORMATION = "panel_item.give_information"
    PANEL_ITEM_DECIDE = "panel_item.decide"
    PANEL_ITEM_TAKE_OFF = "panel_item.take_off"


# What asks for a sign-in of the last five minutes (access.md); enforced where a session knows when it was last fresh.
NEEDS_FRESH_SIGN_IN = frozenset(
    {
        Permission.REFERRAL_READ_PROTECTED,
        Permission.PEOPLE_ADD,
        Permission.PEOPLE_CHANGE,
        Permission.PEOPLE_END,
        Permission.AGENCY_HAND_OVER,
        Permission.AGENCY_END,
        Permission.AGENCY_END_AT_ONCE,
        Permission.AGENCY_CONFIRM_END,
    }
)


# What only the worker does, when a clock has run out.
BY_ITSELF = (
    Permission.REFERRAL_LET_SHARING_END,
    Permission.DISAGREEMENT_LET_STAND,
    Permission.INFORMATION_REQUEST_LAPSE,
    Permission.CASE_LET_SHARING_END,
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
