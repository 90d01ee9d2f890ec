"""What is asked about an entry of what referrals are configured by."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.referrals.rules.flagging import CONDITIONS, URGENT
from backend.workflow import fields

_OLDEST, _MOST_CONTACTS = 25, 20
_SAY_WHICH = "You chose this condition: say which."


class LevelTextInput(StrictSerializer):
    """What a level of need means here."""

    text = fields.long_text(
        "What does this level mean here?",
        hint="Whoever refers a child and whoever decides reads it beside the level. It decides nothing",
    )


def _when(condition: str) -> dict[str, Any]:
    """Say that a field is asked once its condition is chosen."""
    return {"show_if": {"field": "conditions", "values": [condition]}}


def _some(vocabulary: str, condition: str, label: str, *, hint: str = "") -> serializers.ListField:
    return fields.codes(vocabulary, label, hint=hint, **_when(condition))


class RuleInput(StrictSerializer):
    """A rule that flags: what the officer reads, which conditions must all be met, and what it suggests."""

    label = fields.text("What does the officer read?", hint="In a few words, about what was found", max_length=100)
    tone = fields.code("rule_tones", "How much does it stand out?")
    conditions = fields.codes(
        "rule_conditions", "When does it flag a referral?", hint="All that you choose must be true", required=True
    )
    level_in = _some("levels_of_need", "level_in", "Which levels of need?")
    factors_any = _some("factors", "factors_any", "Which factors, of which one is enough?")
    factors_all = _some("factors", "factors_all", "Which factors, all of them together?")
    age_from = fields.whole_number("From which age?", most=_OLDEST, hint="In whole years", **_when("age_from"))
    age_to = fields.whole_number("Up to which age?", most=_OLDEST, hint="In whole years, included", **_when("age_to"))
    contacts_at_least = fields.whole_number(
        "From how many contacts?", most=_MOST_CONTACTS, hint="This one included", **_when("contacts_at_least")
    )
    ward_in = _some("wards", "ward_in", "Which wards?")
    source_in = _some("sources", "source_in", "Which sources?")
    agency_kind_in = _some("agency_kinds", "agency_kind_in", "Which kinds of agency?")
    theme = fields.code("board_themes", "Which theme does it suggest?", hint="If any", required=False)
    ask = fields.codes("agency_kinds", "Which kinds of agency does it suggest to ask?", hint="If any")
    page = fields.yes_no("Should the agency that receives it hear at once?")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Each condition that was chosen says what it asks for, and none asks for what cannot be."""
        chosen = set(attrs["conditions"]) - {URGENT}
        wrong = {name: [_SAY_WHICH] for name in chosen if attrs[name] in (None, [])}
        if {"age_from", "age_to"} <= chosen - set(wrong) and attrs["age_from"] > attrs["age_to"]:
            wrong["age_to"] = ["Enter an age that is not below the youngest one."]
        if wrong:
            raise serializers.ValidationError(wrong)
        unasked = set(CONDITIONS) - {URGENT} - chosen
        return {**attrs, **{name: self.fields[name].get_default() for name in unasked}}
