"""What must be true to send, ask, offer, step up, hand over, reopen or strike out a referral."""

from collections.abc import Iterator
from datetime import timedelta

from backend.agencies.roles import Role
from backend.core import clock
from backend.referrals.models import Referral
from backend.referrals.rules.facts import Facts, KnownAgency
from backend.sharing.rules import basis_of, basis_problems
from backend.workflow.machine import Given

REOPEN_WITHIN = timedelta(days=30)
UPHELD = "disagreement_upheld"


def form_is_complete(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Every required answer is there; “not known” is an answer."""
    yield from facts.problems


def questions_go_to_other_agencies(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """At least one question, to an agency or the referrer, none to oneself, none twice, each on a fitting basis."""
    if given is None:
        return
    if not given["questions"]:
        yield "Ask at least one question."
    asked = [question["agency"] for question in given["questions"]]
    if len(set(asked)) < len(asked):
        yield "Ask each agency once: put what you want to know from it into one question."
    for agency_id in dict.fromkeys(asked):
        agency = facts.agencies.get(agency_id)
        if agency is None or agency.id == referral.holder_id:
            yield "Choose another agency of your partnership to ask."
        else:
            yield from _share_fits(referral, facts, agency, given)


def system_waits_for_every_answer(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Only a person goes on while somebody is still asked."""
    if facts.actor.is_system and facts.open_questions:
        yield "Somebody is still asked."


def receiver_may_receive(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """It is offered to an agency that takes referrals and has not had this one; a manager may go back once more."""
    is_manager = facts.actor.role is Role.MANAGER
    if referral.hops and not is_manager:
        yield "This has been passed on once already. Only a manager can offer it to another agency again."
    if given is None:
        return
    agency = facts.agencies.get(given["to_agency"])
    if agency is None or agency.id == referral.holder_id:
        yield "Choose another agency of your partnership."
        return
    if not (agency.can_be_offered and agency.has_officer):
        yield f"{agency.name} does not take referrals from others. Choose another agency."
    if agency.id in facts.agencies_had and not (agency.id == facts.front_door_id and is_manager):
        yield _has_had_it(agency, facts)
    yield from _share_fits(referral, facts, agency, given)


def _has_had_it(agency: KnownAgency, facts: Facts) -> str:
    if agency.id == facts.front_door_id:
        return f"{agency.name} has had this referral. Only a manager can offer it back."
    return f"{agency.name} has had this referral already. Choose an agency that has not."


def _share_fits(referral: Referral, facts: Facts, to: KnownAgency, given: Given) -> Iterator[str]:
    sender = facts.agencies.get(referral.holder_id)
    basis = basis_of(given)
    for _field, sentence in basis_problems(sender.kind if sender else "", to.kind, basis):
        yield f"{to.name}: {sentence}"


def is_open_or_unsafe(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """What has been decided is stepped up only while somebody who disagrees says that the child is not safe now."""
    if referral.ended_at is not None and not facts.is_unsafe:
        yield "This has been decided. Reopen it first."


def call_has_been_made(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Somebody was told, and that was not in the future."""
    if given is not None and given["told_at"] > clock.now():
        yield "The time you told them cannot be in the future."


def handover_is_complete(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """They have it, and have it in writing."""
    if given is None:
        return
    if given["received_at"] > clock.now():
        yield "The time they received it cannot be in the future."
    if not given["follow_up_sent"]:
        yield "Send the written follow-up first, then confirm the handover."


def follow_up_is_due(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """There is a written follow-up to record."""
    if not facts.follow_up_runs:
        yield "No written follow-up is waiting."


def ended_lately(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Within thirty days, or at any age when a disagreement was upheld."""
    if given is not None and given["reason_code"] == UPHELD and not facts.is_upheld:
        yield "No disagreement about this referral has been upheld. Choose another reason."
    if facts.is_upheld or referral.ended_at is None:
        return
    if referral.ended_at + REOPEN_WITHIN < clock.now():
        yield "This ended more than 30 days ago. It can be reopened only when a disagreement was upheld."


def no_danger_is_open(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nothing is struck out while statutory services are being told."""
    if referral.state == Referral.STEPPED_UP:
        yield "This has been stepped up. Record what statutory services said first."
    elif facts.follow_up_runs:
        yield "A call about immediate danger is open. Record the written follow-up first."
