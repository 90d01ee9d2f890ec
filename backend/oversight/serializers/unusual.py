"""Shapes of unusual readings: who, what is unusual, which records, and what others said of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import vocabulary
from backend.deadlines.calendar import in_words
from backend.oversight.inputs import UNUSUAL_INPUTS, UNUSUAL_LABELS, unusual_possible
from backend.oversight.models import UnusualReading
from backend.oversight.queries.looks import Visit
from backend.oversight.serializers.looks import VisitShape, visits_data
from backend.oversight.unusual import (
    COLLEAGUES_CHILD,
    IN_A_FORTNIGHT,
    KINDS,
    NO_RELATION,
    NO_TASK,
    OFF_HOURS,
    OWN_FAMILY,
    SAME_ADDRESS,
    SAME_SURNAME,
    SEARCHES,
    VOLUME,
)
from backend.oversight.words import role_said
from backend.workflow import options
from backend.workflow.serializers import OptionShape

# What is unusual in a sentence; {amount} and {usual} are filled in.
_WHY: Mapping[str, str] = {
    SAME_SURNAME: "They are not the child’s worker, and the child has their family name, which few children here have.",
    SAME_ADDRESS: "They are not the child’s worker, and the child lives where they, or a child of theirs, may live, or "
    "next door.",
    OWN_FAMILY: "They are not the child’s worker, and somebody of their name is in the child’s family.",
    COLLEAGUES_CHILD: "They are not the child’s worker, and the child may be a colleague’s or of a colleague’s family.",
    NO_RELATION: "They were refused again and again, or opened many records in emergencies: {amount} in eight weeks.",
    NO_TASK: "They read {amount} without a task, in eight weeks, and did nothing.",
    SEARCHES: "They searched {count} times in eight weeks, and opened nothing of it.",
    VOLUME: "They opened {amount} in a day. Their own usual day is {usual}.",
    IN_A_FORTNIGHT: "They opened {amount} in a fortnight. In the fullest fortnight before, it was {usual}.",
    OFF_HOURS: "They opened {amount} without a task, early, late or on a day off, and did nothing.",
}

# Where it is held against what is usual in the role.
_IN_THEIR_ROLE = (NO_TASK, SEARCHES)


class UnusualShape(serializers.Serializer[Any]):
    """One of a list."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = serializers.CharField()
    person_id = serializers.UUIDField()
    agency = serializers.CharField()
    role = serializers.CharField()
    kind_label = serializers.CharField()
    why = serializers.CharField()
    first_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    found_at = serializers.DateTimeField()
    review_due_at = serializers.DateTimeField()
    looked_by = serializers.CharField(allow_blank=True)
    look = serializers.CharField(allow_blank=True)
    decided_by = serializers.CharField(allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    decision = serializers.CharField(allow_blank=True)
    state_label = serializers.CharField()


class UnusualDetailShape(UnusualShape):
    """The same with what was read, and what can be said; `leads_to` is its page."""

    reference = serializers.CharField()
    leads_to = serializers.CharField()
    # Said where records it is about were deleted since.
    gone = serializers.CharField(allow_blank=True)
    visits = VisitShape(many=True)
    options = OptionShape(many=True)


def unusual_data(one: UnusualReading) -> dict[str, Any]:
    """Return one of a list."""
    outcome = vocabulary.get("unusual_outcomes").label(one.outcome) if one.outcome else ""
    return {
        **{name: getattr(one, name) for name in ("id", "version", "look", "decision", "review_due_at")},
        **{name: getattr(one, name) for name in ("first_at", "last_at", "found_at")},
        "person": one.user_name,
        "person_id": one.user_id,
        "agency": one.agency.name,
        "role": role_said(one.role),
        "kind_label": KINDS[one.kind],
        "why": _why(one),
        "looked_by": one.looked_by_name,
        "decided_by": one.decided_by_name,
        "outcome_label": outcome,
        "state_label": outcome or "Waiting for a decision",
    }


def unusual_detail(actor: Actor, one: UnusualReading, visits: Sequence[Visit], *, gone: int) -> dict[str, Any]:
    """Return one with what was read, and what the actor may say."""
    names = unusual_possible(
        one,
        manages=policy.holds(actor, Permission.UNUSUAL_LOOK) and one.agency_id == actor.agency_id,
        governs=policy.holds(actor, Permission.UNUSUAL_DECIDE),
    )
    return {
        **unusual_data(one),
        "reference": f"Unusual reading, {one.user_name}, {in_words(one.found_at)}",
        "leads_to": one.path,
        "gone": _gone(gone, len(one.subject_ids)),
        "visits": visits_data(visits),
        "options": [_option(one, name) for name in names],
    }


def _why(one: UnusualReading) -> str:
    amount = len(one.subject_ids)
    children = "one child" if amount == 1 else f"{amount} children"
    why = _WHY[one.kind].format(amount=children, count=amount, usual=one.usual)
    if one.kind not in _IN_THEIR_ROLE:
        return why
    return f"{why} In their role {one.usual} is usual." if one.usual else f"{why} That is not usual in their role."


def _gone(gone: int, of: int) -> str:
    if not gone:
        return ""
    whose = "this child" if of == 1 else "these children" if gone == of else f"{gone} of these children"
    return (
        f"The records of {whose} were deleted since, when their time was over. That somebody looked stays in the log, "
        "with no name. What was written here about it went with the records."
    )


def _option(one: UnusualReading, name: str) -> dict[str, Any]:
    label, hint = UNUSUAL_LABELS[name]
    url = f"/api/v1/unusual/{one.id}/{name}/"
    return {**options.addition(name, label, hint, url, UNUSUAL_INPUTS[name]), "kind": "edge", "primary": True}
