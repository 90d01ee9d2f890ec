"""Whose turn it is with a service that a family was referred on to, and what the family knows of it, in words."""

from collections.abc import Mapping
from typing import Any

from backend.core import vocabulary
from backend.interventions.models import Intervention

_LEAD = "The lead practitioner"
_STOPPED = "Shares it again on another basis, or cancels it"
_GONE = "Decides with the family what follows: nobody gives it now"
# By state: whether the next step is the provider's, and what it is.
_NEXT: Mapping[str, tuple[bool, str]] = {
    Intervention.RECOMMENDED: (False, "Talks it through with the family, then asks {organisation}"),
    Intervention.OFFERED: (True, "Says whether they can help"),
    Intervention.PROVIDER_ACCEPTED: (False, "Asks the family, and records what they say"),
    Intervention.AGREED: (True, "Starts it, or says how long the family waits"),
    Intervention.WAITLISTED: (True, "Starts it when there is a place; the family is asked whether it is still needed"),
    Intervention.STARTED: (True, "Gives it, and records each session"),
}
_RINGS = "Rings {organisation}, and records what they say"
_KNOWS = (("child_told", "Child told"), ("parent_told", "Parent or carer told"))
_AGREED = {"given": "The family agreed that they are asked", "not_asked": "The family has not been asked to agree"}


def turn(target: Intervention) -> dict[str, Any] | None:
    """Return who has the request now, what comes next and by when; nothing once it has ended."""
    if not target.is_open:
        return None
    is_theirs, words = _NEXT[target.state]
    if target.is_stopped:
        is_theirs, words = False, _STOPPED
    elif target.offered_at is not None and target.provider_agency_id is None:
        # An organisation without an account is asked, and answers, by whoever works on the case.
        is_theirs, words = False, _GONE if target.left_at else _RINGS if is_theirs else words
    return {
        "who": target.organisation if is_theirs else _LEAD,
        "next": words.format(organisation=target.organisation),
        "by": target.next_due_at,
    }


def family_knows(target: Intervention) -> list[str]:
    """Return what child and parent had been told when the provider was asked, and whether they agreed to it."""
    told = vocabulary.get("informed_states")
    known = [(label, getattr(target, name)) for name, label in _KNOWS]
    lines = [f"{label}: {told.label(code).lower()}" for label, code in known if code]
    return [*lines, _AGREED[target.family_agreed]] if target.family_agreed else lines
