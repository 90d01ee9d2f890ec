"""What is asked about somebody around a child: who they are, what they are to it, how to reach them safely."""

from collections.abc import Mapping

from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class SaidFields(StrictSerializer):
    """What is said of one person."""

    name = fields.text("What is their name?", hint="Leave this empty if nobody knows", required=False)
    relationship = fields.code("relationships", "Who are they to the child?")
    date_of_birth = fields.date("When were they born?", hint="Leave this empty if nobody knows", required=False)
    lives_with_child = fields.code("known_or_not", "Do they live with the child?")
    parental_responsibility = fields.code("known_or_not", "Do they have parental responsibility?")
    responsibility_source = fields.code(
        "responsibility_sources",
        "How is that known?",
        required=False,
        show_if={"field": "parental_responsibility", "values": ["yes"]},
    )
    number = fields.text(
        "What is their phone number?", hint="Leave this empty if nobody knows", required=False, max_length=30
    )
    contact_rule = fields.code(
        "contact_rules",
        "How may they be contacted safely?",
        hint="It stands wherever their number is shown",
        required=False,
    )


class NamePersonInput(SaidFields):
    """Somebody who has not been named yet."""


class TakeUpInput(SaidFields):
    """Somebody whom a referral names: what the case says of them from now on."""


class ChangePersonInput(SaidFields, EdgeInput):
    """What is true of them now, and why it was changed."""

    why = fields.code("relationship_change_reasons", "Why do you change it?")
    reason = fields.text("What is that based on?", hint="Who said so, what was seen", max_length=300)


class EndRelationshipInput(EdgeInput):
    """Since when they are no longer around the child, and why."""

    ended_on = fields.date("When did it end?")
    reason_code = fields.code("relationship_end_reasons", "Why did it end?")
    reason = fields.long_text("What should others know about it?", required=False)


class UndoRelationshipInput(EdgeInput):
    """Nothing is asked."""


class SaySameInput(StrictSerializer):
    """Somebody around a brother or sister who is the same person, and how that is known."""

    other = fields.chosen_id(
        "record", "Who is the same person?", hint="People around brothers and sisters whom you work with"
    )
    reason = fields.text("How do you know?", hint="Who said so, what was seen", max_length=300)


class TakeBackSameInput(StrictSerializer):
    """Which of the two-of-one-person was said wrongly, and why."""

    same = fields.chosen_id("record", "Who is somebody else after all?")
    reason = fields.text("How do you know?", hint="Who said so, what was seen", max_length=300)


RELATIONSHIP_INPUTS: Mapping[str, type[EdgeInput]] = {
    "change": ChangePersonInput,
    "end": EndRelationshipInput,
    "undo": UndoRelationshipInput,
}
