"""How a case ended: why, what changed, what the child and the parents said of the help, and who goes on."""

from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases.models import Case
from backend.cases.rules import can_be_referred_again
from backend.children.models import Child
from backend.core import vocabulary


class SustainedShape(serializers.Serializer[Any]):
    """Whether the change has lasted, six months on; a way to refer again where it has not."""

    answer_label = serializers.CharField()
    why_not_label = serializers.CharField(allow_blank=True)
    words = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    refer_again_url = serializers.CharField(allow_null=True)


class EndingShape(serializers.Serializer[Any]):
    """How the case ended; of each view the words, or why there are none."""

    closed_at = serializers.DateTimeField()
    reason_label = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    child_view = serializers.CharField(allow_blank=True)
    parent_view = serializers.CharField(allow_blank=True)
    goes_on = serializers.CharField(allow_blank=True)
    sustained = SustainedShape(allow_null=True)


def ending_data(actor: Actor, case: Case, child: Child | None) -> dict[str, Any] | None:
    """Return how a case ended, if it has."""
    if case.closed_at is None:
        return None
    return {
        "closed_at": case.closed_at,
        "reason_label": vocabulary.get("closing_reasons").label(case.closing_reason),
        "summary": case.closing_summary,
        "child_view": view_or_why_not(case.child_view, case.child_view_why_not),
        "parent_view": view_or_why_not(case.parent_view, case.parent_view_why_not),
        "goes_on": case.goes_on,
        "sustained": _sustained(actor, case, child) if case.sustained_at is not None else None,
    }


def _sustained(actor: Actor, case: Case, child: Child | None) -> dict[str, Any]:
    return {
        "answer_label": vocabulary.get("sustained_answers").label(case.sustained),
        "why_not_label": vocabulary.get("view_why_not").label(case.sustained_why_not),
        "words": case.sustained_words,
        "by": case.sustained_by_name,
        "at": case.sustained_at,
        "refer_again_url": refer_again_url(actor, case, child) if case.sustained == Case.NOT_LASTED else None,
    }


def refer_again_url(actor: Actor, case: Case, child: Child | None) -> str | None:
    """Return where the child of a closed case is referred again, for whoever may."""
    can = can_be_referred_again(case, has_died=child is not None and child.died_on is not None)
    return f"/referrals/new?again={case.id}" if can and policy.holds(actor, Permission.REFERRAL_CREATE) else None


def view_or_why_not(words: str, why_not: str) -> str:
    """Return what somebody said, or why they could not say; nothing where nobody was to be asked."""
    return words or (f"No answer. {vocabulary.get('view_why_not').label(why_not)}." if why_not else "")
