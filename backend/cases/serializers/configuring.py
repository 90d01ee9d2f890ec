"""What is asked about an entry of what cases are configured by."""

from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields


class SecondPersonInput(StrictSerializer):
    """Whether somebody else has to agree."""

    asked = fields.yes_no(
        "Does a second person have to agree?",
        hint="If yes, a manager of the agency that leads is asked and has one working day. Until then nothing begins",
    )
