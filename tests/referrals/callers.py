"""Referrals that somebody without an account raised: a call, written down and looked at by the front door."""

from typing import Any

from backend.referrals.models import Referral
from tests.edges import take
from tests.factories import officer, submitted

BY_PHONE = {
    "caller_feedback": "phone",
    "caller_reach": "0121 496 0417",
    "caller_rule": "any",
}
BY_EMAIL = {
    "caller_feedback": "email",
    "caller_reach": "aunt@home.example",
    "caller_rule": "writing_only",
}


def called(**answers: Any) -> Referral:
    """An aunt's call in triage; she wants to hear by phone unless the answers say otherwise."""
    wants = {} if "caller_feedback" in answers else BY_PHONE
    referral = submitted(officer(), source="1A", caller_name="Auntie Made Up", **wants, **answers)
    return take("start_triage", referral.id, officer())
