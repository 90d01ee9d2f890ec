"""What is asked about a rule of the schedule, a hold, and an order."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.core.ids import is_reference
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_LONGEST = 100
MOST_CHILDREN = 100
_NO_NAMES = "Write no names"
# The product places it itself.
_BY_HAND = [code for code in vocabulary.get("retention_hold_reasons").codes if code != "died"]


class RuleInput(StrictSerializer):
    """How long records of one kind are kept."""

    record = fields.code("retention_records", "Which records is it about?")
    starts_from = fields.code("retention_starts", "From when does the time run?")
    years = fields.whole_number("How many years after that?", most=_LONGEST, required=True)
    action = fields.code("retention_actions", "What happens then?")
    source = fields.text(
        "Where does the period come from?", hint="For example, the decision of a board", max_length=300
    )


class HoldInput(StrictSerializer):
    """Which records are kept, and why."""

    reference = fields.text("Reference of a case or referral", hint="For example, C-7KQ-MXDA4", max_length=20)
    reason_code = fields.code("retention_hold_reasons", "Why must it be kept?", only=_BY_HAND)
    reason = fields.long_text("What should others know about it?", hint=_NO_NAMES, required=False)

    def validate_reference(self, value: str) -> str:
        """Refuse what is no reference before anything is looked for."""
        if not is_reference(value):
            raise serializers.ValidationError("Enter the reference as it stands on the record, like C-7KQ-MXDA4.")
        return value.upper()


class ReleaseInput(EdgeInput):
    """Why it need not be kept any more."""

    reason = fields.text("Why is it not needed any more?", hint=_NO_NAMES, max_length=300)


class ProposeInput(StrictSerializer):
    """The children of the list, by the key under which the list of what is due shows them."""

    children = fields.chosen_ids("Which children?", most=MOST_CHILDREN, required=True)

    def validate_children(self, value: list[Any]) -> list[Any]:
        """Each of them once, however often it was sent."""
        return list(dict.fromkeys(value))


class ApproveInput(EdgeInput):
    """What whoever agrees has looked at."""

    looked = fields.text("What did you check?", hint=f"The second person reads this. {_NO_NAMES}", max_length=300)


class RefuseInput(EdgeInput):
    """Why it is not agreed to."""

    reason = fields.text("Why do you not agree?", hint=f"Whoever proposed it reads this. {_NO_NAMES}", max_length=300)


class WithdrawInput(EdgeInput):
    """Why it is stopped."""

    reason = fields.text("Why is it withdrawn?", hint=_NO_NAMES, max_length=300)


HOLD_INPUTS: Mapping[str, type[EdgeInput]] = {"release": ReleaseInput}
ORDER_INPUTS: Mapping[str, type[EdgeInput]] = {
    "approve": ApproveInput,
    "refuse": RefuseInput,
    "withdraw": WithdrawInput,
}
