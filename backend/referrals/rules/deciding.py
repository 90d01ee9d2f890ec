"""What must be true to decide a referral: the child matched, somebody to lead, a closed case weighed up."""

from collections.abc import Iterator
from uuid import UUID

from backend.referrals.models import Referral
from backend.referrals.rules.facts import NEW_CHILD, Facts, KnownAgency, KnownCase
from backend.sharing.rules import basis_of, basis_problems
from backend.workflow.machine import Given

COMPLEX = "complex"
THIRD_CONTACT = 3
REOPEN, NEW_CASE = "reopen", "new"


def child_matched(child_match: str | UUID, referral: Referral) -> UUID | None:
    """Return the child that a match means: the one chosen, or the referral's own record for a new child."""
    return referral.child_id if child_match == NEW_CHILD else UUID(str(child_match))


def child_is_among_the_likely(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Nobody is matched by typing an id: the child is a new one or one that was offered."""
    if given is None or given["child_match"] == NEW_CHILD:
        return
    offered = {candidate.id for candidate in facts.candidates} | {facts.canonical_id}
    if child_matched(given["child_match"], referral) not in offered:
        yield "The child you chose is not among those who may be the same. Look at the list again."


def lead_agency_can_lead(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """A case needs a manager who allocates it; the lead of an open case is not changed by another referral."""
    if given is None:
        return
    agency = facts.agencies.get(given["lead_agency"])
    joined, reopened = case_to_join(referral, facts, given), case_to_reopen(referral, facts, given)
    if agency is None:
        yield "Choose a lead agency of your partnership."
    elif joined is not None and agency.id not in (joined.lead_agency_id, referral.holder_id):
        lead = facts.agencies.get(joined.lead_agency_id)
        yield f"This child’s open case {joined.reference} stays with {lead.name if lead else 'its lead agency'}."
    elif reopened is not None and agency.id != _lead_when_reopened(reopened, facts):
        yield _goes_back(reopened, facts)
    elif not agency.has_manager:
        yield f"{agency.name} has nobody who could take the lead. Choose another agency."


def handover_is_written(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Another agency is asked to lead with a handover, on a basis that both may use."""
    if given is None or not asks_another_to_lead(referral, facts, given):
        return
    if not (given.get("what_matters") and given.get("who_to_speak_to")):
        yield "Another agency is to lead: say what it needs to know now, and whom to speak to first."
    sender, recipient = facts.agencies.get(referral.holder_id), facts.agencies.get(given["lead_agency"])
    if not _has_basis(given):
        yield "Another agency is to lead: give the basis, condition and power you share the handover under."
    elif sender and recipient:
        basis = basis_of(given)
        yield from (sentence for _field, sentence in basis_problems(sender.kind, recipient.kind, basis))


def joining_is_on_a_basis(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Whoever leads the case that is joined reads the referral from then on: that is a share like any other."""
    joined = case_to_join(referral, facts, given) if given is not None else None
    if given is None or joined is None or joined.lead_agency_id == referral.holder_id:
        return
    lead = facts.agencies.get(joined.lead_agency_id)
    name = lead.name if lead else "another agency"
    if not _has_basis(given):
        yield (
            f"{name} leads this child’s open case {joined.reference} and will read this referral. "
            f"Choose {name} to lead, and give the basis, condition and power you share it under."
        )
    elif lead is not None:
        yield from _fits(referral, facts, lead, given)


def linking_is_on_a_basis(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """Whoever is responsible for the open work reads the referral with it; who is offered it, once they take it."""
    if given is None:
        return
    others = [facts.agencies.get(agency_id) for agency_id in readers_of(given["link_to"], facts)]
    for other in others:
        if other is None or other.id == referral.holder_id:
            continue
        if not _has_basis(given):
            yield f"{other.name} will read this referral: give the basis, condition and power you share it under."
        else:
            yield from _fits(referral, facts, other, given)


def readers_of(work_id: UUID, facts: Facts) -> list[UUID]:
    """Return who leads an open case, or holds an open referral and whom that is offered to, of those that are known."""
    leads = [case.lead_agency_id for case in facts.cases if case.id == work_id]
    other = next((one for one in facts.referrals if one.id == work_id), None)
    found = (other.holder_id, other.offered_to_id) if other is not None else ()
    return [*leads, *(agency_id for agency_id in found if agency_id is not None)]


def _has_basis(given: Given) -> bool:
    return bool(given.get("article6") and given.get("condition") and given.get("power"))


def _fits(referral: Referral, facts: Facts, to: KnownAgency, given: Given) -> Iterator[str]:
    sender = facts.agencies.get(referral.holder_id)
    basis = basis_of(given)
    yield from (sentence for _field, sentence in basis_problems(sender.kind if sender else "", to.kind, basis))


def case_to_join(referral: Referral, facts: Facts, given: Given) -> KnownCase | None:
    """Return the open case of the child that was matched, if there is one."""
    cases = facts.cases_of(child_matched(given["child_match"], referral))
    return next((case for case in cases if case.is_open), None)


def case_to_reopen(referral: Referral, facts: Facts, given: Given) -> KnownCase | None:
    """Return the closed case that the officer chose to open again."""
    if given.get("case_choice") != REOPEN or case_to_join(referral, facts, given) is not None:
        return None
    return next(iter(facts.cases_of(child_matched(given["child_match"], referral))), None)


def _lead_when_reopened(case: KnownCase, facts: Facts) -> UUID | None:
    return case.lead_agency_id if case.lead_agency_id in facts.agencies else facts.front_door_id


def _goes_back(case: KnownCase, facts: Facts) -> str:
    lead = facts.agencies.get(_lead_when_reopened(case, facts) or case.lead_agency_id)
    name = lead.name if lead else "the front door"
    return f"Case {case.reference} goes back to {name} when it is opened again. Choose {name} to lead, or a new case."


def asks_another_to_lead(referral: Referral, facts: Facts, given: Given) -> bool:
    """Say whether a case is opened here, or opened again, and another agency is to lead it."""
    return given["lead_agency"] != referral.holder_id and case_to_join(referral, facts, given) is None


def closed_case_is_weighed_up(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """A case closed within twelve months is reopened or a new one opened: the officer says which."""
    if given is None:
        return
    cases = facts.cases_of(child_matched(given["child_match"], referral))
    choice = given.get("case_choice", "")
    if any(case.is_open for case in cases):
        return
    if cases and choice not in (REOPEN, NEW_CASE):
        yield (
            f"A case for this child, {cases[0].reference}, was closed in the last 12 months. "
            "Choose whether to reopen it or to open a new one."
        )
    if not cases and choice == REOPEN:
        yield "There is no case closed in the last 12 months that could be reopened."


def link_is_to_open_work(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """A referral is linked to the child's own open referral or case."""
    targets = link_targets(referral, facts)
    if not targets:
        yield "There is no open referral or case for this child to link to."
    elif given is not None and given["link_to"] not in targets:
        yield "Choose an open referral or case of this child."


def link_targets(referral: Referral, facts: Facts) -> dict[UUID, UUID]:
    """Return the ids of the open work a referral may be linked to, each with the child it is about."""
    cases = {case.id: case.child_id for case in facts.cases if case.is_open}
    others = {one.id: one.child_id for one in facts.referrals if one.state in Referral.OPEN and one.id != referral.id}
    return others | cases


def level_asks_for_a_second_person(referral: Referral, facts: Facts, given: Given | None) -> str:
    """Ending a referral about a child with complex needs, or at the third contact, takes two people."""
    levels = {referral.level_believed, referral.level_decided, (given or {}).get("level_of_need", "")}
    if COMPLEX in levels:
        return "A second person confirms this, because the level of need is complex or significant."
    if facts.contacts_of(referral.child_id) >= THIRD_CONTACT:
        return "A second person confirms this, because it is the third contact about this child in 12 months."
    return ""


def always_a_second_person(referral: Referral, facts: Facts, given: Given | None) -> str:
    """Taking a referral out of the counts, or to another child, always takes two people."""
    return "A second person always confirms this."
