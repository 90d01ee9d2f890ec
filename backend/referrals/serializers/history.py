"""A child's past as plain data, for whoever weighs a new referral."""

from typing import Any
from uuid import UUID

from backend.agencies.models import Agency
from backend.cases.models import Case
from backend.core import vocabulary
from backend.referrals.models import Referral
from backend.referrals.queries.again import is_within_a_year
from backend.referrals.queries.history import EarlierCase, EarlierReferral, Past
from backend.referrals.serializers.again import helped_before_data

_UNKNOWN = "Another agency"
_CLOSED = "This was decided more than five working days ago, so what went before is no longer shown."


def past_data(past: Past) -> dict[str, Any]:
    """Return what went before, each request and each case in words that nobody wrote about the child."""
    wanted = {one.referrer_agency_id for one in past.referrals} | {one.holder_id for one in past.referrals}
    wanted |= {one.lead_agency_id for one in past.cases}
    names: dict[UUID, str] = dict(Agency.objects.filter(id__in=wanted).values_list("id", "name"))
    return {
        "sentence": _CLOSED if past.is_closed else contacts_in_words(past.contacts, past.agencies),
        "contacts_12_months": past.contacts,
        "agencies": past.agencies,
        "is_re_referral": past.is_re_referral,
        "follows": helped_before_data(past.referral),
        "referrals": [_referral(one, names) for one in past.referrals],
        "cases": [_case(past.referral, one, names) for one in past.cases],
    }


def contacts_in_words(contacts: int, agencies: int) -> str:
    """Return how often the child came to notice in twelve months: seen together, not one by one."""
    if contacts == 1:
        return "This is the first contact about this child in 12 months, as far as your agency may see."
    return f"{contacts} contacts in 12 months from {agencies} {'agency' if agencies == 1 else 'agencies'}."


def _referral(one: EarlierReferral, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "sent_at": one.submitted_at,
        "from_agency": names.get(one.referrer_agency_id, _UNKNOWN),
        "source_label": vocabulary.get("sources").label(one.source),
        "level_label": vocabulary.get("levels_of_need").label(one.level),
        "is_urgent": one.is_urgent,
        "state_label": Referral.LABELS.get(one.state, one.state),
        "ended_at": one.ended_at,
        "holder": names.get(one.holder_id, _UNKNOWN),
    }


def _case(referral: Referral, one: EarlierCase, names: dict[UUID, str]) -> dict[str, Any]:
    outcomes = vocabulary.get("goal_outcomes")
    return {
        "reference": one.reference,
        "state_label": Case.LABELS.get(one.state, one.state),
        "is_open": one.closed_at is None,
        "lead_agency": names.get(one.lead_agency_id, _UNKNOWN),
        "theme_label": vocabulary.get("board_themes").label(one.theme),
        "opened_at": one.opened_at,
        "closed_at": one.closed_at,
        "closing_reason_label": vocabulary.get("closing_reasons").label(one.closing_reason),
        "goals": [f"{outcomes.label(code)}: {number}" for code, number in one.goals.items()],
        "is_within_12_months": is_within_a_year(one.closed_at, referral),
        "is_followed": one.is_followed,
    }
