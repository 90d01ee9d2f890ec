"""What an access row's label says in plain words; never what was read, only which part of the record it was."""

from collections.abc import Mapping

from backend.audit.access_log import ALTERATION, COLLECTION, COMBINATION, CONSULTATION, DISCLOSURE, ERASURE
from backend.audit.verbs import words_of

KINDS: Mapping[str, str] = {
    CONSULTATION: "Read",
    ALTERATION: "Changed",
    COLLECTION: "Wrote down",
    DISCLOSURE: "Gave out",
    COMBINATION: "Joined",
    ERASURE: "Deleted",
}
_SAID: Mapping[str, str] = {
    "case.read": "Opened the case",
    "case.overview": "Opened the case",
    "case.standing": "Looked at where the case stood on a day",
    "case.timeline": "Read what happened in the case",
    "case.child": "Read about the child",
    "case.identity": "Read the child’s details",
    "case.protected": "Read the protected address",
    "case.plan": "Read the plan",
    "case.goals": "Read the goals",
    "case.family_page": "Read the plan as the family has it",
    "case.notes": "Read the notes",
    "case.note_readers": "Looked at who read a note",
    "case.people": "Read who is around the child",
    "case.team": "Read who is on the team",
    "case.concerns": "Read peers and places of concern",
    "case.assessments": "Read what was found out",
    "case.outcomes": "Read how it goes",
    "case.meetings": "Read the meetings",
    "case.agreements": "Read what the family agreed to",
    "case.interventions": "Read the services",
    "case.services": "Looked for a service for the child",
    "case.letters": "Read the letters",
    "case.documents": "Read the list of documents",
    "case.shares": "Read what was shared with whom",
    "case.panel_items": "Read what panels heard",
    "case.practitioners": "Looked at who could lead the case",
    "case.closed": "Read how the case ended",
    "document.read": "Opened a document",
    "referral.read": "Read the referral",
    "referral.timeline": "Read what happened to the referral",
    "referral.past": "Read what went before",
    "referral.protected": "Read the protected address",
    "referral.matching": "Compared the child with others",
    "referral.likely_children": "Compared the child with others",
    "referral.known_children": "Was shown children of earlier referrals",
    "referral.list": "Saw it in a list of referrals",
    "referral.draft": "Went on writing the referral",
    "referral.draft.save": "Went on writing the referral",
    "referral.documents": "Read the list of documents",
    "referral.shares": "Read what was shared with whom",
    "case.list": "Saw it in a list of cases",
    "intervention.list": "Saw it in a list of services",
    "task.list": "Saw it in a list of tasks",
    "action.list": "Saw it in a list of actions",
    "work.list": "Saw it in their day’s work",
    "exception.list": "Saw it among what needs attention",
    "record.find": "Searched by name or reference",
    "transfer.read": "Read the handover",
    "disagreement.read": "Read the disagreement",
    "information_request.read": "Read the question to an agency",
    "assessment.read": "Read what was found out",
    "panel_item.read": "Read it on a panel’s agenda",
    "intervention.read": "Read the service",
    "session.read": "Read a session",
    "seal.read": "Looked at who is named on the seal",
    "referral_seal.read": "Looked at who is named on the seal",
    "copy.given": "Looked at which copies of the record were given",
    "sealing.find": "Looked it up to ask for a seal",
    "sealing.list": "Looked at the seals they had asked for",
    "disposal.erase": "Deleted the records, as an order of disposal says",
    "export.make": "Made an export with it",
    "export.download": "Downloaded an export with it",
    "looks.case": "Looked at who had looked",
    "looks.list": "Looked at who had looked",
    "looks.find": "Looked it up to see who had looked",
    "break_glass.open": "Opened records in an emergency",
    "break_glass.read": "Looked at what was opened in an emergency",
    "shares.list": "Looked at what was shared with whom",
    "session.switch": "Changed to another role",
    "subject_request.list": "Saw it in a list of requests for a copy",
    "subject_request.read": "Looked at a request for a copy of the record",
    "subject_request.passages": "Read the record, for somebody who asked for a copy",
    "subject_request.decide": "Decided what of the record is given in a copy",
    "subject_request.download": "Downloaded a copy of the record",
    "unusual.read": "Looked at what was unusual in what somebody read",
    "rectification.list": "Read what somebody says is wrong in notes",
    "rectification.read": "Read what somebody says is wrong in a note",
    "rectification.form": "Read the note that somebody says is wrong",
    "status_link.use": "Read how the referral stands, by a link",
}
_NOUNS = {"lead_request": "request to lead", "information_request": "question", "group_session": "group session"}


def said(label: str, kind: str) -> str:
    """Return what somebody did in a sentence without its subject."""
    words = _SAID.get(label) or words_of(label)
    if words:
        return words
    noun, _, act = label.partition(".")
    thing = _NOUNS.get(noun, noun.replace("_", " "))
    if kind == CONSULTATION:
        part = act.partition(".")[0].replace("_", " ")
        return f"Looked at {thing}: {part}"
    return f"{KINDS.get(kind, 'Used')}: {thing}, {act.replace('_', ' ').replace('.', ' ')}"


def role_said(role: str) -> str:
    """Return a role as a reader knows it; of a link there is none."""
    return {"": "Nobody who was signed in", "status_link": "Somebody with the link"}.get(
        role, role.replace("_", " ").capitalize()
    )
