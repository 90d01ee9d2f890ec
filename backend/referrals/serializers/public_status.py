"""How a referral stands, in words for somebody outside: who has it, what is next, by when, and what was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers

from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import in_words
from backend.referrals.models import Referral
from backend.referrals.serializers.tracking import CLOCK_OF

_LONGEST = 200
_TRIAGE = "{holder} is looking at it and will decide by {due}."
_LATE_TRIAGE = "{holder} should have decided by {due}. Ring them if you are worried."
_DECIDED = "{holder} has decided what happens."
# No other agency is named and no person: who calls need not know with whom the holder speaks about a child.
_SENTENCES: Mapping[str, str] = {
    Referral.SUBMITTED: "{holder} has it and will start looking at it by {due}.",
    Referral.TRIAGE: _TRIAGE,
    Referral.INFORMATION_REQUESTED: _TRIAGE,
    Referral.REDIRECTED: "Another agency may be better placed. Until that is settled, {holder} stays responsible.",
    Referral.STEPPED_UP: "{holder} is acting on it and stays responsible for it.",
}
_LATE: Mapping[str, str] = {
    Referral.SUBMITTED: "{holder} should have started looking at it by {due}. Ring them if you are worried.",
    Referral.TRIAGE: _LATE_TRIAGE,
    Referral.INFORMATION_REQUESTED: _LATE_TRIAGE,
}
_NEXT: Mapping[str, str] = {
    Referral.SUBMITTED: "Somebody starts looking at it",
    Referral.TRIAGE: "They decide what happens",
    Referral.INFORMATION_REQUESTED: "They decide what happens",
    Referral.REDIRECTED: "They settle who takes it on",
    Referral.STEPPED_UP: "They make sure that it is in the right hands",
}
_NOTHING = "Nothing more is needed from you"


class TokenInput(StrictSerializer):
    """The token of a link, as it stands behind the # of its address."""

    token = serializers.CharField(max_length=_LONGEST)


class PublicStatusShape(serializers.Serializer[Any]):
    """How a referral stands; nothing about a child, nothing that was said, nobody by name."""

    reference = serializers.CharField()
    sentence = serializers.CharField()
    holder = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    out_of_hours_phone = serializers.CharField(allow_blank=True)
    next_step = serializers.CharField()
    next_due_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)


def public_status(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what app.use_status_link found in the words of PublicStatusShape."""
    due_at = None if found["ended_at"] else _due(found)
    is_late = due_at is not None and due_at < clock.now()
    words = (_LATE if is_late else {}).get(found["state"], _SENTENCES.get(found["state"], _DECIDED))
    return {
        "reference": found["reference"],
        "sentence": words.format(holder=found["holder"], due=in_words(due_at) if due_at else "a time to be agreed"),
        "holder": found["holder"],
        "phone": found["phone"],
        "out_of_hours_phone": found["out_of_hours_phone"],
        "next_step": _NEXT.get(found["state"], _NOTHING),
        "next_due_at": due_at,
        "received_at": datetime.fromisoformat(found["submitted_at"]),
        "decided_at": _moment(found["ended_at"]),
        "outcome": found["outcome"],
    }


def _due(found: Mapping[str, Any]) -> datetime | None:
    """Return by when the next step is promised, as whoever has an account reads it."""
    return _moment(found["clocks"].get(CLOCK_OF.get(found["state"])) or found["next_due_at"])


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
