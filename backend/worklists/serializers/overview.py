"""The shape of a case at a glance."""

from typing import Any

from rest_framework import serializers

from backend.cases.models import Case
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.referrals.models import Statement
from backend.referrals.serializers.parts import statement
from backend.referrals.serializers.shapes import LinkedHereShape
from backend.workflow.serializers import WayOnShape
from backend.worklists.queries.overview import Overview
from backend.worklists.queries.why import Why

# As much of a referral as somebody takes in at a glance, and as the page has room for; the rest is on its own page.
_MOST_SAID, _LONG = 6, 400


class InvolvedShape(serializers.Serializer[Any]):
    """Somebody who has a part in the case; `url` leads to it."""

    agency = serializers.CharField()
    person = serializers.CharField(allow_blank=True)
    what = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class ComingShape(serializers.Serializer[Any]):
    """A day on which something is to happen."""

    on = serializers.DateField()
    label = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    is_late = serializers.BooleanField()


class FoundOutShape(serializers.Serializer[Any]):
    """What the last assessment that was completed says matters."""

    on = serializers.DateTimeField(allow_null=True)
    needs = serializers.CharField(allow_blank=True)
    strengths = serializers.CharField(allow_blank=True)
    child_words = serializers.CharField(allow_blank=True)
    analysis = serializers.CharField(allow_blank=True)


class WhyShape(LinkedHereShape):
    """What one referral says that led to the case, and whether its own page says more."""

    says_more = serializers.BooleanField()


class CaseOverviewShape(serializers.Serializer[Any]):
    """A case at a glance: why, what matters now, who is involved for what, and what comes next."""

    primary_need_label = serializers.CharField(allow_blank=True)
    why = WhyShape(many=True)
    found_out = FoundOutShape(allow_null=True)
    goals = serializers.ListField(child=serializers.CharField())
    involved = InvolvedShape(many=True)
    refer_on = WayOnShape(allow_null=True)
    refer_again = WayOnShape(allow_null=True)
    dates = ComingShape(many=True)


def overview_data(case: Case, overview: Overview) -> dict[str, Any]:
    """Return it as plain data."""
    today = local(clock.now()).date()
    found = overview.assessment
    return {
        "primary_need_label": vocabulary.get("primary_needs").label(case.primary_need),
        "why": [_why(one) for one in overview.why],
        "found_out": {
            "on": found.ended_at,
            **{name: getattr(found, name) for name in ("needs", "strengths", "child_words", "analysis")},
        }
        if found
        else None,
        "goals": [goal.words for goal in overview.goals],
        "involved": [
            {"agency": one.agency, "person": one.person, "what": one.what, "url": one.path} for one in overview.involved
        ],
        "refer_on": _refer_on(case) if overview.may_refer_on else None,
        "refer_again": _refer_again(case) if overview.may_refer_again else None,
        "dates": [
            {"on": one.on, "label": one.label, "url": one.path, "is_late": one.on < today} for one in overview.dates
        ],
    }


def _why(why: Why) -> dict[str, Any]:
    referral, shown = why.referral, why.said[:_MOST_SAID]
    return {
        "id": referral.id,
        "reference": referral.reference,
        "person": referral.created_by.name,
        "agency": referral.referrer_agency.name,
        "submitted_at": referral.submitted_at,
        "statements": [_beginning(one) for one in shown],
        "says_more": len(shown) < len(why.said) or any(len(one.text) > _LONG for one in shown),
    }


def _beginning(one: Statement) -> dict[str, Any]:
    """Return it as its own page does, its beginning where it is long: cut between words, never without saying so."""
    told = statement(one)
    if len(one.text) > _LONG:
        told["text"] = f"{one.text[:_LONG].rsplit(maxsplit=1)[0]} …"
    return told


def _refer_on(case: Case) -> dict[str, str]:
    return {
        "label": "Refer on to a service",
        "hint": "You stay responsible for the case. The service answers, and you see who has it and by when.",
        "url": f"/cases/{case.id}/services",
    }


def _refer_again(case: Case) -> dict[str, str]:
    return {
        "label": "Refer again",
        "hint": "A new referral about this child. Who the child is comes along, and it says which case it follows.",
        "url": f"/referrals/new?again={case.id}",
    }
