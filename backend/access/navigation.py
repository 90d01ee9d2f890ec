"""What a person finds in the menu, from what their role may do; the web app knows no role."""

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission

_PLACES = (
    ("referrals", "My referrals", Permission.REFERRAL_CREATE),
    ("queue", "Referrals to decide", Permission.REFERRAL_START_TRIAGE),
    ("redirected", "Offered to us", Permission.REFERRAL_TAKE),
    ("requests", "Questions for us", Permission.INFORMATION_REQUEST_ANSWER),
    ("confirmations", "Second person needed", Permission.REFERRAL_DECLINE),
    ("cases", "Cases", Permission.CASE_SEE),
    ("transfers", "Transfers", Permission.TRANSFER_ACCEPT),
)


def navigation(actor: Actor) -> list[dict[str, str]]:
    """Return the entries of the menu in order of what this role comes to do, messages last."""
    places = [(name, label) for name, label, permission in _PLACES if policy.holds(actor, permission)]
    if policy.holds(actor, Permission.REFERRAL_START_TRIAGE):
        # Somebody who decides comes for the queue first; their own referrals follow.
        places = [*places[1:], places[0]]
    return [{"name": name, "label": label} for name, label in [*places, ("messages", "Messages")]]
