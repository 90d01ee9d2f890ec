"""The words of messages about referrals and questions: never a child, never what somebody typed."""

from collections.abc import Mapping

from backend.core import vocabulary
from backend.deadlines.calendar import in_words
from backend.notifications.texts import register_text
from backend.referrals.models import InformationRequest, Referral

_TEXTS = (
    (
        "referral_received",
        "We have your referral {reference}",
        "{holder} has your referral {reference}. You will hear by {due}. Their telephone number is {phone}.",
    ),
    (
        "referral_arrived",
        "New referral {reference}",
        "{agency} has sent your agency referral {reference}. Start triage by {due}.",
    ),
    (
        "referral_in_triage",
        "Somebody is looking at your referral {reference}",
        "{person} at {holder} is looking at referral {reference} and will decide by {due}.",
    ),
    (
        "question_asked",
        "Your agency is asked about a child: {reference}",
        "{from_agency} asks what {agency} knows. Read the question and answer by {due}. “Nothing known” is an answer.",
    ),
    (
        "question_ended",
        "{agency}: {state} ({reference})",
        "Your question to {agency} about referral {reference}: {state}.",
    ),
    (
        "question_chased",
        "{from_agency} waits for your answer about {reference}",
        "{from_agency} still needs to hear from {agency} about {reference}. “Nothing known” is an answer too.",
    ),
    (
        "question_lapsed_here",
        "The time to answer about {reference} is over",
        "{from_agency} asked what {agency} knows and has not heard in time. A late answer still counts: send it today.",
    ),
    (
        "question_cancelled",
        "You no longer need to answer about {reference}",
        "{from_agency} no longer needs an answer from {agency} about {reference}.",
    ),
    (
        "referral_decided",
        "Your referral {reference}: {outcome}",
        "{holder} has decided about referral {reference}: {outcome}. Open it to read why and what happens next.",
    ),
    (
        "referral_declined",
        "Your referral {reference}: {outcome}",
        (
            "{holder} has decided about referral {reference}: {outcome}. Reason: {reason}. Open it to read what would "
            "change this. If you disagree, ring {holder} on {phone} and ask for a manager."
        ),
    ),
    (
        "referral_link_lost",
        "Referral {reference} was linked to a referral that has ended",
        (
            "Referral {reference} was linked to another referral, which ended without a case before anybody there "
            "could read it. Open it, and decide whether to reopen it."
        ),
    ),
    (
        "referral_stepped_up",
        "Referral {reference} has been stepped up",
        "Referral {reference} has been passed to: {reason}. {holder} stays responsible until it is taken over.",
    ),
    (
        "referral_offered",
        "You are offered referral {reference}",
        "{holder} offers referral {reference} to {to_agency}. Read it, then take it or send it back by {due}.",
    ),
    (
        "referral_offered_elsewhere",
        "Your referral {reference} has been offered to {to_agency}",
        "Referral {reference} has been offered to {to_agency}. It is still with {holder} until they take it.",
    ),
    (
        "referral_taken",
        "Referral {reference} is now with {holder}",
        "{holder} has taken referral {reference} and will decide by {due}. Their number is {phone}.",
    ),
    (
        "referral_returned",
        "Referral {reference} has been sent back",
        "{to_agency} did not take referral {reference}: {reason}. It is with you: decide what happens next.",
    ),
    (
        "referral_recalled",
        "Referral {reference} is no longer offered to you",
        "{holder} has taken back its offer of referral {reference} to {to_agency}: {reason}.",
    ),
    (
        "referral_reopened",
        "Your referral {reference} has been reopened",
        "{holder} is looking at referral {reference} again and will decide by {due}.",
    ),
    (
        "referral_struck_out",
        "Referral {reference} was entered in error",
        "Referral {reference} no longer counts: {reason}. If you think this is wrong, ring {holder} on {phone}.",
    ),
    (
        "referral_rests",
        "Please do not contact the family about referral {reference}",
        (
            "Everything planned for referral {reference} has stopped. Please do not ring, write or visit. Speak to "
            "{holder} on {phone} first: they want to tell you why themselves."
        ),
    ),
    (
        "referral_kept_for_review",
        "Referral {reference} is closed and kept for review",
        (
            "Reminders and messages about referral {reference} have stopped. Speak in person to everybody who knew the "
            "child, before they hear of it in another way, and ask them how they are."
        ),
    ),
    (
        "referral_goes_on_again",
        "Referral {reference} goes on: please speak to {holder}",
        (
            "Referral {reference} was stopped by mistake and goes on as it stood. Please speak to {holder} on {phone} "
            "before you contact the family."
        ),
    ),
    (
        "referral_amended",
        "Referral {reference} has been amended",
        "Something that was written in referral {reference} has been put right. Open it to read what changed.",
    ),
    (
        "referral_rematched",
        "Referral {reference} was about another child",
        "The child that referral {reference} is about has been put right. Check what you noted and shared.",
    ),
    (
        "referral_withdrawal_asked",
        "{agency} asks to withdraw referral {reference}",
        "{agency} asks you to close referral {reference}: {reason}. It is for you to decide.",
    ),
    (
        "referral_corrected",
        "The decision on referral {reference} has been corrected",
        "What was recorded as the decision on referral {reference} has been corrected. Open it to read both.",
    ),
    (
        "referral_must_be_put_right",
        "A disagreement about {reference} was upheld: act within a working day",
        "A disagreement about referral {reference} was upheld. Reopen it, or correct the decision, by {due}.",
    ),
    (
        "status_link_not_sent",
        "The status link of {reference} could not be sent",
        (
            "Whoever raised referral {reference} was to get a link by email. It could not be sent, or is not safe any "
            "more. Open the referral and let them know in another way that is safe for them."
        ),
    ),
    (
        "referral_sharing_ran_out",
        "A share of referral {reference} has ended",
        (
            "The last day of something that was shared of referral {reference} is over, and what it opened is closed. "
            "Look at what was shared with whom, and share again if it is still needed."
        ),
    ),
    (
        "referral_seal_names_you",
        "You are named on the sealed referral {reference}",
        "Only those who are named find referral {reference}. You are one of them: speak of it to nobody else.",
    ),
    (
        "referral_seal_lifted",
        "Referral {reference} is not sealed any more",
        "Whoever decides about referral {reference} at {holder} sees again what they would see without a seal.",
    ),
    (
        "referral_answers_in",
        "Referral {reference} can be decided",
        "No answer about referral {reference} is outstanding any more. Decide by {due}.",
    ),
)
# To somebody without an account, so not by the outbox: it knows people of the system only.
LINK_SUBJECT = "You asked to hear how {reference} stands"
LINK_BODY = """You asked {holder} to let you know how {reference} stands.

Open this page and press “Show how it stands”:

{url}

It works once, until {until}. If it has been used or has run out, ring {holder} on {phone}, say {reference}
and ask for another one.

This email says nothing about any child. Nobody reads answers to it.
"""
OUTCOMES = {
    Referral.ACCEPTED: "accept",
    Referral.LINKED: "link",
    Referral.SIGNPOSTED: "signpost",
    Referral.DECLINED: "decline",
    Referral.HANDED_OVER: "confirm_handover",
    Referral.STEPPED_UP: "step_up",
    Referral.CLOSED: "record_death",
}
NOT_SET = "a time to be agreed"


def register() -> None:
    """Register every text."""
    for code, subject, body in _TEXTS:
        register_text(code, subject, body)


def outcome(referral: Referral) -> str:
    """Return in words what was decided; nothing while it is open."""
    return vocabulary.get("decision_kinds").label(OUTCOMES.get(referral.state, ""))


def referral_fields(referral: Referral) -> Mapping[str, str]:
    """Return what messages may say of a referral; reasons are the words of codes."""
    officer = referral.triage_officer
    return {
        "reference": referral.reference,
        "agency": referral.referrer_agency.name,
        "holder": referral.holder.name,
        "phone": referral.holder.phone or referral.holder.out_of_hours_phone,
        "person": officer.name if officer else "Somebody",
        "due": in_words(referral.next_due_at) if referral.next_due_at else NOT_SET,
        "outcome": outcome(referral),
        "reason": referral.reason_words,
        "to_agency": referral.concerned_agency_name,
    }


def question_fields(question: InformationRequest) -> Mapping[str, str]:
    """Return what messages may say of a question."""
    return {
        "reference": question.reference,
        "agency": question.asked_agency.name,
        "from_agency": question.holder_agency.name,
        "state": InformationRequest.LABELS[question.state].lower(),
        "due": in_words(question.next_due_at) if question.next_due_at else NOT_SET,
    }
