"""Whom the edges of a referral tell, each audience with the words of its preview."""

from collections.abc import Callable, Sequence

from backend.agencies.roles import Role
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.referrals.models import InformationRequest, Referral
from backend.workflow.machine import Tell

OFFICERS = (Role.TRIAGE_OFFICER.value,)
MANAGERS = (Role.MANAGER.value,)
Who = Callable[[Referral], Audience | Sequence[Audience]]


def referrer(referral: Referral) -> Person:
    """Return the person who made the referral."""
    return Person(referral.created_by_id)


def holder(referral: Referral) -> AgencyRoles:
    """Return the triage officers of the agency that holds it."""
    return AgencyRoles(referral.holder_id, OFFICERS)


def officer(referral: Referral) -> Audience:
    """Return the officer who has it in hand, else the holder's officers."""
    return Person(referral.triage_officer_id) if referral.triage_officer_id else holder(referral)


def _concerned(referral: Referral) -> Sequence[Audience]:
    """Return whom the edge named; before it is taken, the holder stands in for whoever will be chosen."""
    return referral.concerned or (holder(referral),)


def _is_urgent(referral: Referral) -> bool:
    return referral.is_urgent


def is_paged(referral: Referral) -> bool:
    """Say whether the agency that receives it hears at once: it is urgent, or a rule that pages has flagged it."""
    return referral.is_urgent or any(flag["page"] for flag in referral.flags)


def _always(referral: Referral) -> bool:
    return True


def to_referrer(message: str) -> Tell:
    """Tell the person who made the referral."""
    return Tell(message, referrer, lambda one: f"The referrer ({one.created_by.name}, {one.referrer_agency.name})")


def to_holder(message: str, *, urgent: bool = False) -> Tell:
    """Tell the officers of the agency that holds it; of an urgent referral at once, in any case when `urgent`."""
    return Tell(message, holder, _holder_words, _always if urgent else is_paged)


def _holder_words(referral: Referral) -> str:
    """Return who that is; a draft is still with whoever writes it, and sending it finds out who receives it."""
    name = "the agency that receives it" if referral.state == Referral.DRAFT else referral.holder.name
    return f"The triage officers of {name}"


def to_officer(message: str) -> Tell:
    """Tell the officer who has it in hand."""
    return Tell(message, officer, lambda one: f"Whoever decides about it at {one.holder.name}", _is_urgent)


def to_concerned(message: str, who: str, *, urgent: bool = False) -> Tell:
    """Tell those the edge names in `referral.concerned`."""
    return Tell(message, _concerned, lambda _one: who, _always if urgent else _is_urgent)


def question_to_holder(message: str) -> Tell:
    """Tell the agency that asked."""
    return Tell(
        message,
        lambda one: AgencyRoles(one.holder_agency_id, OFFICERS),
        lambda one: f"The triage officers of {one.holder_agency.name}",
        _question_is_urgent,
    )


def question_to_asked(message: str) -> Tell:
    """Tell the agency that was asked."""
    return Tell(message, asked, lambda one: f"{one.asked_agency.name}", _question_is_urgent, _page_of_question)


def question_to_managers(message: str) -> Tell:
    """Tell the managers of the agency that was asked: whoever should have answered has not."""
    return Tell(
        message,
        lambda one: AgencyRoles(one.asked_agency_id, MANAGERS),
        lambda one: f"The managers of {one.asked_agency.name}",
        _question_is_urgent,
        _page_of_question,
    )


def asked(question: InformationRequest) -> AgencyRoles:
    """Return who answers for an agency: its triage officers, or its managers where it has none."""
    return AgencyRoles(question.asked_agency_id, OFFICERS)


def _page_of_question(question: InformationRequest) -> str:
    """Return the page of whoever was asked; they do not see the referral."""
    return f"/information-requests/{question.id}"


def _question_is_urgent(question: InformationRequest) -> bool:
    return question.is_urgent
