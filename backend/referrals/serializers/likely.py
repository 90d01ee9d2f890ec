"""The children who may be the one a referral is about, as plain data."""

from typing import Any

from backend.children.ages import age_in_words
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.rules.facts import Facts


def likely_children(known: Facts) -> list[dict[str, Any]]:
    """Return the candidates, the surest first, each with what is known of contacts and open work."""
    today = local(clock.now()).date()
    names = {agency.id: agency.name for agency in known.agencies.values()}
    found = []
    for child in known.candidates:
        case = next((case for case in known.cases_of(child.id) if case.is_open), None)
        lead = names.get(case.lead_agency_id, "Another agency") if case else ""
        found.append(
            {
                "id": child.id,
                "name": child.name,
                "date_of_birth": child.date_of_birth,
                "age": age_in_words(born=child.date_of_birth, expected=child.expected_date, on=today),
                "why": list(child.why),
                "contacts_12_months": known.contacts_of(child.id),
                "open_case": {"reference": case.reference, "lead_agency": lead} if case else None,
            }
        )
    return found
