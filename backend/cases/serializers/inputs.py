"""What each edge of a case and of a transfer asks for."""

from collections.abc import Mapping

from backend.cases.serializers.closing_inputs import CLOSING_INPUTS
from backend.cases.serializers.moving_inputs import MOVING_INPUTS
from backend.cases.serializers.plan_inputs import PLANNING_INPUTS
from backend.cases.serializers.working_inputs import (
    WORKING_INPUTS,
    lead_practitioner,
    next_action,
    next_action_on,
)
from backend.children.inputs import DEATH_INPUTS
from backend.core import vocabulary
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class AllocateInput(EdgeInput):
    """Who is responsible from now on, and what happens first."""

    lead_practitioner_id = lead_practitioner()
    reason_code = fields.code("allocate_reasons", "Why this person?")
    priority = fields.code(
        "priorities", "How soon is help needed?", hint="Leave it open to keep what was decided before", required=False
    )
    next_action = next_action()
    next_action_on = next_action_on()


class ReopenCaseInput(EdgeInput):
    """Why a closed case goes on."""

    reason_code = fields.code("case_reopen_reasons", "Why is it opened again?")
    reason = fields.long_text("What has happened since it closed?")


# Why somebody proposes it; that the front door has named an agency is said by naming it.
_WHY = tuple(code for code in vocabulary.get("transfer_reasons").codes if code != "named")


class ProposeTransferInput(EdgeInput):
    """Which agency is asked to lead, and what it must know on the first day."""

    to_agency_id = fields.chosen_id("agency", "Which agency should lead?")
    why = fields.code("transfer_reasons", "Why should they lead?", only=_WHY)
    what_matters = fields.long_text("What matters now?", hint="For the child and the family, in the words they use")
    open_actions = fields.long_text(
        "Which actions are open?", hint="Who does what by when. Write “none” if there are none"
    )
    risks = fields.long_text("What are the risks?", hint="Also to people who visit. Write “none known” if so")
    who_to_speak_to = fields.text("Who should they speak to first?", hint="Name, role and number", max_length=400)
    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()
    ends_on = sharing.ends_on()


class AcceptTransferInput(EdgeInput):
    """The agency takes the lead; nothing more is asked."""


class DeclineTransferInput(EdgeInput):
    """Why the agency does not take the lead."""

    reason_code = fields.code("transfer_decline_reasons", "What is the reason?")
    reason = fields.long_text("What should the other agency know?", hint="Who could lead, or when you could")


class WithdrawTransferInput(EdgeInput):
    """Why the question is taken back."""

    reason_code = fields.code("transfer_withdraw_reasons", "What is the reason?")
    reason = fields.long_text("What should they know?", required=False)


class NameLeadInput(EdgeInput):
    """Which agency leads a case that two in a row have not taken, and why."""

    to_agency_id = fields.chosen_id("agency", "Which agency leads this case?")
    rationale = fields.long_text("Why this agency?", hint="What you agreed with them and with whoever leads now")
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


CASE_INPUTS: Mapping[str, type[EdgeInput]] = {
    "allocate": AllocateInput,
    "reopen": ReopenCaseInput,
    "propose_transfer": ProposeTransferInput,
    **PLANNING_INPUTS,
    **MOVING_INPUTS,
    **WORKING_INPUTS,
    **CLOSING_INPUTS,
    **DEATH_INPUTS,
}
TRANSFER_INPUTS: Mapping[str, type[EdgeInput]] = {
    "accept": AcceptTransferInput,
    "decline": DeclineTransferInput,
    "withdraw": WithdrawTransferInput,
    "name_lead": NameLeadInput,
}
