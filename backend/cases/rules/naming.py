"""What must be true before somebody names the agency that leads a case, and what that agency is told."""

from collections.abc import Iterator

from backend.cases.models import Transfer
from backend.cases.rules.leading import Given, TransferFacts
from backend.deadlines.calendar import in_words
from backend.sharing.rules import basis_of, basis_problems


def is_asked_to_name(transfer: Transfer) -> bool:
    """Say whether this is the transfer after which somebody was asked which agency leads."""
    return transfer.escalated_to_id is not None and transfer.named_at is None


def may_say_no(transfer: Transfer) -> bool:
    """Say whether the agency that is asked may decline: not one that the partnership has named."""
    return transfer.named_by_id is None


def waits_for_the_named(transfer: Transfer) -> str:
    """Say what an agency that was named can do instead of declining; nothing for any other."""
    if transfer.named_by is None or transfer.state != Transfer.PROPOSED or transfer.next_due_at is None:
        return ""
    return (
        f"{transfer.named_by.name} has named {transfer.to_agency.name}, which leads this case from "
        f"{in_words(transfer.next_due_at)} even if nobody accepts it before. If that cannot be right, ring "
        f"{transfer.named_by.name} or {transfer.from_agency.name} today: they can take it back."
    )


def somebody_is_to_be_named(transfer: Transfer, facts: TransferFacts, given: Given | None) -> Iterator[str]:
    """It was asked, and nothing has answered it since."""
    if not facts.is_to_name:
        yield "Nobody needs to be named for this case any more: it has closed, or another agency was asked."


def named_agency_can_lead(transfer: Transfer, facts: TransferFacts, given: Given | None) -> Iterator[str]:
    """It still works and has a manager; and another than the lead reads the handover on a basis open to both."""
    if given is None or facts.case is None:
        return
    agency, lead = facts.agencies.get(given["to_agency_id"]), facts.agencies.get(facts.case.lead_agency_id)
    if agency is None:
        yield "Choose an agency of this partnership."
    elif not agency.has_manager:
        yield f"{agency.name} has no manager who could choose a lead practitioner. Choose another agency."
    elif lead is not None and agency.id != lead.id:
        yield from (sentence for _field, sentence in basis_problems(lead.kind, agency.kind, basis_of(given)))
