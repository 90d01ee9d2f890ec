"""How a referral is begun, and what is said of the case after which a child is referred again."""

from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.drafts.merge import TAKEN_OVER
from backend.drafts.models import Draft
from backend.referrals.models import Referral
from backend.referrals.queries.again import HelpedBefore, followed, helped_before, is_within_a_year


class BeginInput(StrictSerializer):
    """Nothing, the referral about a brother or sister whose family answers come along, or the case that is followed."""

    sibling_of = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        error_messages={"invalid": "Say which referral the brother or sister has."},
    )
    again_after = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        error_messages={"invalid": "Say after which case the child is referred again."},
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One beginning at a time."""
        if attrs["sibling_of"] and attrs["again_after"]:
            raise serializers.ValidationError({"again_after": ["Begin one referral at a time."]})
        return attrs


class HelpedBeforeShape(serializers.Serializer[Any]):
    """A case that has ended, in no one's words."""

    reference = serializers.CharField()
    lead_agency = serializers.CharField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closing_reason_label = serializers.CharField(allow_blank=True)
    is_within_12_months = serializers.BooleanField()


class AgainShape(HelpedBeforeShape):
    """The same for who writes the referral, with where each answer comes from that was taken over and still stands."""

    taken_over_from = serializers.ListField(child=serializers.CharField())


class FollowedShape(HelpedBeforeShape):
    """The same on the page of the referral; `case_id` for whoever opens the case."""

    case_id = serializers.UUIDField(allow_null=True)


def followed_data(referral: Referral, *, opens: bool) -> dict[str, Any] | None:
    """Return the case that a sent referral follows, to its writer and its holder, and to whoever opens that case."""
    found = followed(referral, opens=opens)
    return {**_data(referral, found), "case_id": found.case_id} if found else None


def helped_before_data(referral: Referral) -> dict[str, Any] | None:
    """Return the case that a referral names; nothing where it names none or where nothing may be said of it."""
    found = helped_before(referral)
    return _data(referral, found) if found else None


def again_data(referral: Referral, draft: Draft | None) -> dict[str, Any] | None:
    """Return it for who writes the referral."""
    found = helped_before_data(referral)
    answers = draft.answers.values() if draft else ()
    sources = dict.fromkeys(answer["by"] for answer in answers if answer.get(TAKEN_OVER))
    return {**found, "taken_over_from": list(sources)} if found else None


def _data(referral: Referral, found: HelpedBefore) -> dict[str, Any]:
    return {
        "reference": found.reference,
        "lead_agency": found.lead_agency,
        "opened_at": found.opened_at,
        "closed_at": found.closed_at,
        "closing_reason_label": vocabulary.get("closing_reasons").label(found.closing_reason),
        "is_within_12_months": is_within_a_year(found.closed_at, referral),
    }
