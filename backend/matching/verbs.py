"""The words of the verbs about pairs of records, as timelines say them."""

from backend.audit.verbs import register_verbs

_LABELS = {
    "child.recognise": "Said whether it is a child of an earlier referral",
    "child.not_same": "Said that another record is of another child",
    "child.not_same.undo": "Took back that they are two children",
    "child.joined_by_decision": "Noted that a decision had joined the record to another",
    "child.propose_merge": "Proposed to join two records of the child",
    "child.merge": "Joined two records of the child",
    "child.merge.ask_confirmation": "Asked a second person: join the two records",
    "child.unmerge": "Took two records of the child apart",
    "child.unmerge.ask_confirmation": "Asked a second person: take the two records apart",
    "case_choice.ask": "Asked those who lead which case goes on",
    "case_choice.say": "Said which case goes on",
    "case_choice.drop": "Ended the question which case goes on",
    "case_choice.use": "Ended the other case: the records were joined",
    "case_choice.undo": "Opened the other case again: the records were taken apart",
    "child.drop_merge": "Ended a proposal to join two records",
}


def register() -> None:
    """Register them."""
    register_verbs(_LABELS)
