"""What each edge of a disagreement asks for."""

from collections.abc import Mapping

from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class AnswerInput(EdgeInput):
    """Why the decision stands."""

    text = fields.long_text("Why does the decision stand?", hint="What you weighed up, and with whom you spoke")


class UpholdInput(EdgeInput):
    """What was not right, and what will be done."""

    text = fields.long_text("What was not right about the decision?")
    what_happens = fields.long_text("What will happen now?", hint="It is reopened or corrected within a working day")


class AcceptAnswerInput(EdgeInput):
    """The answer is accepted; nothing has to be said."""

    text = fields.long_text("Is there anything they should know?", required=False)


class EscalateInput(EdgeInput):
    """Why the answer, or the wait for one, is not enough."""

    text = fields.long_text("What should they look at?", hint="They read everything both sides have written so far")


class WithdrawInput(EdgeInput):
    """Why it is taken back."""

    text = fields.long_text("Why do you withdraw it?")


DISAGREEMENT_INPUTS: Mapping[str, type[EdgeInput]] = {
    "answer": AnswerInput,
    "uphold": UpholdInput,
    "accept_answer": AcceptAnswerInput,
    "escalate": EscalateInput,
    "withdraw": WithdrawInput,
}
