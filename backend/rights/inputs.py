"""What is asked of whoever records a request for a copy, and at each of its edges."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.rights.models import CopiedPassage
from backend.rights.rules import is_told
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_WHOSE = "Enter the reference of one of the child’s records, or the child’s whole name and date of birth."
_MOST_WORDS = 20_000
_WHOLE = "A gap would tell that something was there. For this reason, take all of the passage out."


def not_to_come(day: date) -> date:
    """Return a day that is over, or today; raise ValidationError for one to come."""
    if day > local(clock.now()).date():
        raise serializers.ValidationError("This day cannot be in the future.")
    return day


class SubjectRequestInput(StrictSerializer):
    """Whose record, who asks, how that is known, and what for."""

    reference = fields.text("Reference of one of the child’s records", hint="If you have it", required=False)
    given_name = fields.text("Child’s first name", hint="Or exactly as the record has it", required=False)
    family_name = fields.text("Child’s family name", required=False)
    date_of_birth = fields.date("Child’s date of birth", hint="For example, 27 3 2012", required=False)
    asker_name = fields.text("Who asks?", hint="Their whole name")
    asker = fields.code("rights_askers", "What are they to the child?")
    authority = fields.text(
        "By what may they ask?",
        hint="For example, a signed authority and its date",
        required=False,
        max_length=300,
        show_if={"field": "asker", "values": ["carer", "representative"]},
        asked=True,
    )
    identity = fields.code("rights_identity_checks", "How do we know that it is them?")
    identity_note = fields.text(
        "What did you see, or whom did you ask?", hint="No numbers of documents", required=False, max_length=300
    )
    asks_for = fields.long_text("What do they ask for?", hint="All of it, or a time or subject, in their words")
    received_on = fields.date("When did the request come?", hint="It is answered from this day on")

    def validate_received_on(self, value: date) -> date:
        """It has come."""
        return not_to_come(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Whose record it is, and by what somebody asks who is not the child or a parent."""
        whole = attrs["given_name"] and attrs["family_name"] and attrs["date_of_birth"]
        if not attrs["reference"] and not whole:
            raise serializers.ValidationError({"reference": [_WHOSE]})
        if attrs["asker"] in ("carer", "representative") and not attrs["authority"]:
            raise serializers.ValidationError({"authority": ["Enter by what they may ask."]})
        return attrs


class ConfirmInput(EdgeInput):
    """That somebody else has looked at who asks."""


class SendForCheckInput(EdgeInput):
    """That each passage is decided."""


class ReleaseInput(EdgeInput):
    """That a second person has looked at the file."""

    has_read = fields.yes_no("Have you looked at the whole file?")

    def validate_has_read(self, value: bool) -> bool:
        """Nothing goes out unread."""
        if not value:
            raise serializers.ValidationError("Look at the whole file first, then release it.")
        return value


class SendBackInput(EdgeInput):
    """What has to be decided otherwise."""

    reason = fields.text("What has to be decided otherwise?", hint="Name nobody", max_length=300)


class ExtendInput(EdgeInput):
    """Why it takes longer, and that they know."""

    reason_code = fields.code("rights_extension_reasons", "Why does it take longer?")
    told_on = fields.date("When were they told, and why?", hint="They are told before the first date is over")

    def validate_told_on(self, value: date) -> date:
        """They have been told."""
        return not_to_come(value)


class AskToRefuseInput(EdgeInput):
    """Why they shall not be given it."""

    reason_code = fields.code("rights_refusals", "Why are they not given it?")
    reason = fields.text(
        "What will they be told?",
        hint="With how they can complain. Tell them when a second person has agreed",
        max_length=600,
    )


class RefuseInput(EdgeInput):
    """That a second person has looked at why."""


class GoOnInput(EdgeInput):
    """Why it is not refused."""

    reason = fields.text("Why is it not refused?", hint="Name nobody", max_length=300)


class AskToWithdrawInput(EdgeInput):
    """Why nobody waits for it any more."""

    reason = fields.text(
        "Why does nobody wait for it any more?",
        hint="Who said so, when and how; or what was recorded by mistake. A second person looks at it",
        max_length=600,
    )


class WithdrawInput(EdgeInput):
    """That a second person has looked at who said so."""


class KeepInput(EdgeInput):
    """Why it is not withdrawn."""

    reason = fields.text("Why is it not withdrawn?", hint="Name nobody", max_length=300)


SUBJECT_REQUEST_INPUTS: Mapping[str, type[EdgeInput]] = {
    "confirm": ConfirmInput,
    "send_for_check": SendForCheckInput,
    "release": ReleaseInput,
    "send_back": SendBackInput,
    "extend": ExtendInput,
    "ask_to_refuse": AskToRefuseInput,
    "refuse": RefuseInput,
    "go_on": GoOnInput,
    "ask_to_withdraw": AskToWithdrawInput,
    "withdraw": WithdrawInput,
    "keep": KeepInput,
}


class DecidePassageInput(EdgeInput):
    """What is done with one passage."""

    decision = serializers.ChoiceField(
        choices=[
            (CopiedPassage.KEEP, "Give it"),
            (CopiedPassage.REDACT, "Take out some words"),
            (CopiedPassage.WITHHOLD, "Take all of it out"),
        ],
        error_messages=dict.fromkeys(("required", "null", "invalid_choice"), fields.CHOOSE),
    )
    reason = fields.code("rights_reasons", "Why is it taken out?", required=False)
    cut = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=_MOST_WORDS), default=list, max_length=_MOST_WORDS
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What is taken out has a reason."""
        if attrs["decision"] != CopiedPassage.KEEP and not attrs["reason"]:
            raise serializers.ValidationError({"reason": ["Choose why it is taken out."]})
        if attrs["decision"] == CopiedPassage.REDACT and not is_told(attrs["reason"]):
            raise serializers.ValidationError({"reason": [_WHOLE]})
        return attrs
