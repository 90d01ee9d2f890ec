"""The words of the verbs of cases, transfers and notes, as a chronology says them."""

from collections.abc import Mapping

from backend.audit.verbs import register_verbs

_LABELS: Mapping[str, str] = {
    "case.open": "Opened the case",
    "case.allocate": "Allocated a lead practitioner",
    "case.reallocate": "Changed the lead practitioner",
    "case.first_contact": "Made first contact with the family",
    "case.plan_next": "Said what happens next",
    "case.record_agreement": "Recorded that the family agrees",
    "case.renew_agreement": "Recorded that the family agrees again",
    "case.record_refusal": "Recorded that the family says no",
    "case.withdraw_agreement": "Recorded that agreement was withdrawn",
    "case.withdraw_sharing": "Recorded that a consent was taken back",
    "case.go_on_otherwise": "Went on without agreement",
    "case.pause": "Paused the work",
    "case.resume": "Went on with the work",
    "case.step_up": "Stepped up to statutory services",
    "case.record_follow_up": "Recorded the written follow-up",
    "case.close": "Closed the case",
    "case.close.ask_confirmation": "Asked a second person: close the case",
    "case.join": "Ended, because another case of the same child goes on",
    "case.restore": "Went on again, because the two records were taken apart",
    "case.record_sustained": "Recorded whether the change has lasted",
    "case.reopen": "Opened the case again",
    "case.propose_transfer": "Proposed a transfer",
    "case.change_lead": "The lead agency changed",
    "case.follow_up_transfer": "A transfer was not taken",
    "transfer.propose": "Asked another agency to lead",
    "transfer.accept": "Accepted the lead",
    "transfer.decline": "Declined the lead",
    "transfer.withdraw": "Took the question back",
    "transfer.lapse": "The transfer was not answered in time",
    "case.agree_plan": "Agreed a plan",
    "case.agree_plan.ask_confirmation": "Asked a second person: agree the plan",
    "case.hold_review": "Held a review",
    "note.write": "Wrote a note",
    "note.significant": "Recorded a significant event",
    "meeting.record": "Recorded a meeting",
    "plan.agree": "Kept the plan as agreed",
    "goal.add": "Wrote a goal",
    "goal.score": "Scored a goal",
    "goal.revise": "Changed the words of a goal",
    "goal.end": "Said how a goal ended",
    "action.add": "Asked for an action",
    "action.complete": "Did an action",
    "action.cancel": "Cancelled an action",
    "action.move": "Gave an action another day",
    "action.reassign": "Gave an action to somebody else",
    "action.give_back": "Took an action back, because its sharing ended",
    "action.go_on": "Said that an action goes on",
    "action.pass_on": "Passed an action on from somebody who left",
    "case.add_alert": "Wrote down what visitors must know",
    "case.review_alert": "Looked again at what visitors must know",
    "task.give": "Gave somebody a task",
    "task.complete": "Did a task",
    "task.cancel": "Cancelled a task",
    "assessment.start": "Began an assessment",
    "assessment.complete": "Completed an assessment",
    "assessment.set_aside": "Set an assessment aside",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
