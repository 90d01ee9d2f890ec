"""To whom a sealed referral may be handed: only where somebody is named who can take it on (docs/adr/0047)."""

from collections.abc import Iterator
from uuid import UUID

from backend.referrals.models import Referral
from backend.referrals.rules.facts import Facts
from backend.workflow.machine import Given


def receiver_is_named(referral: Referral, facts: Facts, given: Given | None) -> Iterator[str]:
    """An agency where nobody is named would be responsible for what none of its people can find."""
    agency_id: UUID | None = (given or {}).get("to_agency") or (given or {}).get("lead_agency")
    if agency_id is None or agency_id == referral.holder_id:
        return
    if not facts.is_sealed or agency_id in facts.named_in:
        return
    agency = facts.agencies.get(agency_id)
    if agency is not None:
        yield f"This referral is sealed and nobody who could take it on at {agency.name} is named. Name somebody first."
