"""What the edges ask by which a case goes to another area."""

from collections.abc import Mapping
from typing import Any

from backend.cases.models import Case
from backend.cases.serializers import closing_inputs as closing
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class TransferOutInput(EdgeInput):
    """Who in another area is asked, and what they have been told."""

    area = fields.text("To which area has the family moved?", hint="The council, for example Coventry")
    receiver = fields.text("Which agency there is asked to take the case over?")
    contact = fields.text("Who there did you speak to?", hint="Name, role and number", max_length=400)
    told_at = fields.moment("When did you speak to them?")
    what_matters = fields.long_text("What matters now?", hint="As you told it to them, in the words of the family")
    open_actions = fields.long_text(
        "Which actions are open?", hint="Who does what by when. Write “none” if there are none"
    )
    risks = fields.long_text("What are the risks?", hint="Also to people who visit. Write “none known” if so")
    who_to_speak_to = fields.text("Who here should they speak to first?", hint="Name, role and number", max_length=400)
    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()
    ends_on = sharing.ends_on()


class ConfirmTransferOutInput(EdgeInput):
    """Who has it in writing, and how the work here has ended."""

    accepted_by = fields.text("Who there has accepted it in writing?", hint="Name and role", max_length=400)
    accepted_on = fields.date("On which day?")
    closing_summary = closing.closing_summary()
    child_view = closing.child_view()
    child_view_why_not = closing.child_view_why_not()
    parent_view = closing.parent_view()
    parent_view_why_not = closing.parent_view_why_not()
    goes_on = fields.long_text("What does the other area do next?", hint="As they have told you, and by when")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Say why the case closes: it is asked of nobody. Refuse to close it without asking child and parents."""
        closing.views_are_asked(attrs)
        return {**attrs, "reason_code": Case.MOVED}


class EndTransferOutInput(EdgeInput):
    """Why the other area does not take it."""

    reason = fields.long_text("Why do they not take it?", hint="What they said, or what has changed for the family")


MOVING_INPUTS: Mapping[str, type[EdgeInput]] = {
    "transfer_out": TransferOutInput,
    "confirm_transfer_out": ConfirmTransferOutInput,
    "end_transfer_out": EndTransferOutInput,
}
