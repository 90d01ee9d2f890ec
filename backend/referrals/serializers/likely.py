"""The children who may be the one a referral is about, as plain data."""

from typing import Any

from backend.children.ages import age_in_words
from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.models import Referral
from backend.referrals.rules.facts import Candidate, Facts, KnownReferral


def likely_children(known: Facts, referral: Referral) -> list[dict[str, Any]]:
    """Return the candidates, the surest first, each side by side with the referral's child."""
    return [likely_child(candidate, known, referral) for candidate in known.candidates]


def likely_child(child: Candidate, known: Facts, referral: Referral) -> dict[str, Any]:
    """Return one candidate with what is known of contacts and open work, counted as if it were the same child."""
    names = {agency.id: agency.name for agency in known.agencies.values()}
    case = next((case for case in known.cases_of(child.id) if case.is_open), None)
    lead = names.get(case.lead_agency_id, "Another agency") if case else ""
    today = local(clock.now()).date()
    return {
        "id": child.id,
        "name": child.name,
        "date_of_birth": child.date_of_birth,
        "age": age_in_words(born=child.date_of_birth, expected=child.expected_date, on=today),
        "strength": child.strength,
        "why": list(child.why),
        "compared": [
            {"name": fact.name, "label": fact.label, "here": fact.here, "there": fact.there, "how": fact.how}
            for fact in child.compared
        ],
        "contacts_12_months": known.contacts_of(child.id),
        "contacts_together": known.contacts_of(child.id) + known.contacts_of(referral.child_id),
        "contacts": [_contact(one, names) for one in _earlier(child, known)],
        "open_case": {"reference": case.reference, "lead_agency": lead} if case else None,
    }


def _earlier(child: Candidate, known: Facts) -> list[KnownReferral]:
    own = [one for one in known.referrals if one.child_id == child.id]
    return sorted(own, key=lambda one: one.submitted_at)


def _contact(one: KnownReferral, names: dict[Any, str]) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "sent_at": one.submitted_at,
        "state_label": Referral.LABELS.get(one.state, one.state),
        "holder": names.get(one.holder_id, "Another agency"),
    }
