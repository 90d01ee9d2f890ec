"""The one page a critical moment is reported on, and the answer, which is always the same."""

from typing import Any

from rest_framework import serializers

from backend.children.identifiers import nhs_number_problem, tidy, upn_problem
from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.workflow import fields
from backend.workflow.serializers import DescriptorShape

_ASKED_IN_DANGER = {"field": "danger_now", "values": [True]}
# The same bytes for everybody, whoever the child is and whatever becomes of it.
RECEIPT = {
    "title": "Thank you. What happens now",
    "lines": [
        "Your report has been received. The right people have it within minutes and act on it as soon as they can.",
        "For the child’s privacy we cannot tell you who they are or what they do. You do not need to do anything more.",
        "If you still worry about this child and want to be told what happens, make a referral as well.",
        "If anybody is in danger now, call 999.",
    ],
}


class MomentInput(StrictSerializer):
    """What happened to which child, and how it is safe to reach them."""

    danger_now = fields.yes_no("Is anybody in danger right now?")
    danger_called = fields.text(
        "Whom have you called, and when?",
        hint="Call before you go on: 999, or the front door. Then write down here whom you spoke to.",
        required=False,
        show_if=_ASKED_IN_DANGER,
    )
    kind = fields.code("critical_moments", "What happened?")
    happened_at = fields.moment("When did it happen?")
    given_name = fields.text("Child’s given name", hint="Or the name you know them by")
    family_name = fields.text("Child’s family name", required=False)
    date_of_birth = fields.date("Date of birth", hint="For example, 27 3 2012", required=False)
    known_as = fields.text("Known as", required=False)
    nhs_number = fields.text("NHS number", required=False, max_length=20)
    upn = fields.text("Unique pupil number (UPN)", required=False, max_length=20)
    address = fields.text("Address", required=False, max_length=500)
    postcode = fields.text("Postcode", required=False, max_length=10)
    text = fields.long_text("What should the person who speaks to the child know?", hint="Facts first. Who was there?")
    where_now = fields.text("Where is the child now?", hint="And with whom", required=False, max_length=400)
    contact_rule = fields.code("contact_rules", "How is it safe to contact the family?", required=False)
    contact_note = fields.text("What else makes contact safe or unsafe?", required=False, max_length=400)

    def validate_nhs_number(self, value: str) -> str:
        """Refuse a number that no child has."""
        return _checked(tidy(value), nhs_number_problem)

    def validate_upn(self, value: str) -> str:
        """Refuse a number that no child has."""
        return _checked(tidy(value), upn_problem)

    def validate_happened_at(self, value: Any) -> Any:
        """A moment has been."""
        if value > clock.now():
            raise serializers.ValidationError("The time it happened cannot be in the future.")
        return value

    def validate_date_of_birth(self, value: Any) -> Any:
        """A child has been born."""
        if value is not None and value > local(clock.now()).date():
            raise serializers.ValidationError("The date of birth cannot be in the future.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """While somebody is in danger the call comes first."""
        in_danger = attrs.pop("danger_now")
        if in_danger and not attrs["danger_called"]:
            raise serializers.ValidationError({"danger_called": ["Call first. Then write down whom you spoke to."]})
        return attrs if in_danger else {**attrs, "danger_called": ""}


class PhoneShape(serializers.Serializer[Any]):
    """Whom to call."""

    label = serializers.CharField()
    number = serializers.CharField()


class MomentFormShape(serializers.Serializer[Any]):
    """The form of a report, and the numbers to call first when somebody is in danger."""

    input = DescriptorShape(many=True)
    phones = PhoneShape(many=True)


class ReceiptShape(serializers.Serializer[Any]):
    """The answer to every report."""

    title = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())


def _checked(number: str, problem: Any) -> str:
    sentence = problem(number) if number else ""
    if sentence:
        raise serializers.ValidationError(sentence)
    return number
