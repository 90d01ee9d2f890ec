"""The shape of a case at a glance."""

from typing import Any

from rest_framework import serializers

from backend.cases.models import Case
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.workflow.serializers import WayOnShape
from backend.worklists.queries.overview import Overview


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


class CaseOverviewShape(serializers.Serializer[Any]):
    """A case at a glance: why, what matters now, who is involved for what, and what comes next."""

    primary_need_label = serializers.CharField(allow_blank=True)
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
