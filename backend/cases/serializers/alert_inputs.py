"""What is asked about something visitors must know: what it is, who may be told, and when to look again."""

from datetime import date, timedelta
from typing import Any

from rest_framework import serializers

from backend.cases.commands.alerting import CHANGED, ENDED, STANDS
from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.workflow import fields

# What visitors are warned of is looked at again within a year (product.md, People).
_YEAR = timedelta(days=365)
_NOTHING_KNOWN = "none_known"
_KNOW, _SEEN = "What must a visitor know?", "What has been seen, and what should a visitor do?"
_IF_CHANGED = {"field": "outcome", "values": [CHANGED]}
_IF_GOES_ON = {"field": "outcome", "values": [STANDS, CHANGED]}
WITHIN = "Choose a day within the next year."


def is_within_a_year(day: date) -> bool:
    """Say whether a day is still to come, and no more than a year ahead."""
    today = local(clock.now()).date()
    return today < day <= today + _YEAR


class AddAlertInput(StrictSerializer):
    """A warning for whoever visits."""

    codes = fields.codes("staff_safety", _KNOW, hint="Choose all that apply", required=True)
    note = fields.long_text(_SEEN, required=False)
    disclosure = fields.code("alert_disclosures", "May the family know of it?")
    review_on = fields.date("When is it looked at again?", hint="Within a year")

    def validate_codes(self, value: list[str]) -> list[str]:
        """Refuse a warning of nothing."""
        if _NOTHING_KNOWN in value:
            raise serializers.ValidationError("Choose what a visitor must know.")
        return list(dict.fromkeys(value))

    def validate_review_on(self, value: date) -> date:
        """Refuse a day that is past, or more than a year ahead."""
        if not is_within_a_year(value):
            raise serializers.ValidationError(WITHIN)
        return value


class ReviewAlertInput(StrictSerializer):
    """Whether a warning still holds, and why."""

    alert = fields.chosen_id("record", "Which warning have you looked at again?")
    outcome = fields.code("alert_outcomes", "Does it still hold?")
    reason = fields.long_text("What is that based on?", hint="Who was asked, what was seen")
    codes = fields.codes("staff_safety", _KNOW, hint="Choose all that apply", show_if=_IF_CHANGED, asked=True)
    note = fields.long_text(_SEEN, required=False, show_if=_IF_CHANGED)
    disclosure = fields.code(
        "alert_disclosures", "May the family know of it?", required=False, show_if=_IF_GOES_ON, asked=True
    )
    review_on = fields.date(
        "When is it looked at again?", hint="Within a year", required=False, show_if=_IF_GOES_ON, asked=True
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for who may know and the next day only where the warning goes on."""
        if attrs["outcome"] == ENDED:
            return attrs
        problems = {}
        if attrs["outcome"] == CHANGED and (not attrs["codes"] or _NOTHING_KNOWN in attrs["codes"]):
            problems["codes"] = ["Choose what a visitor must know."]
        if not attrs["disclosure"]:
            problems["disclosure"] = ["Say whether the family may know of it."]
        if not attrs["review_on"] or not is_within_a_year(attrs["review_on"]):
            problems["review_on"] = [WITHIN]
        if problems:
            raise serializers.ValidationError(problems)
        return attrs
