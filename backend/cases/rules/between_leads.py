"""What waits or is decided elsewhere while a case has a new lead agency and no lead practitioner there yet."""

from collections.abc import Iterator
from datetime import datetime

from backend.cases.models import Case
from backend.cases.rules.leading import CaseFacts, Given
from backend.deadlines.calendar import in_words


def waits_for_allocation(case: Case, by: datetime | None) -> str:
    """Say who may do what nobody can before the case is allocated, and by when that is."""
    day = f" by {in_words(by)}" if by else ""
    return (
        f"{case.lead_agency.name} leads this case now, and this waits for the lead practitioner whom its managers "
        f"choose{day}. Until then notes, meetings, scores and what the family says can be recorded."
    )


def whoever_leads_decides(case: Case, facts: CaseFacts, given: Given | None) -> Iterator[str]:
    """Whoever worked on a case stays responsible until it is allocated, but its course is the new lead's to decide."""
    if case.is_between_leads and not facts.acts_for_lead:
        yield f"{case.lead_agency.name} leads this case now, so its managers decide this. Tell them what you know."
