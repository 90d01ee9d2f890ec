"""What is asked about a service: its entry, its room and wait, and why it pauses or ends."""

from collections.abc import Mapping

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.core.errors import Invalid
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_OLDEST = 25


class EntryInput(StrictSerializer):
    """An entry in the directory, whole."""

    name = fields.text("What is the service called?")
    organisation = fields.text(
        "Which organisation offers it?",
        hint="Leave this empty if it is your own agency",
        required=False,
    )
    kind = fields.code("service_kinds", "What kind of help is it?")
    summary = fields.text("What is it, in one sentence?", hint="Everybody reads this in the list", max_length=300)
    description = fields.long_text("What happens there?", required=False)
    min_age = fields.whole_number("Youngest age", most=_OLDEST, hint="Leave empty for from birth")
    max_age = fields.whole_number("Oldest age", most=_OLDEST, hint="Leave empty if there is no upper limit")
    is_citywide = fields.yes_no("Does it work in the whole city?")
    wards = fields.codes("wards", "Which wards does it work in?", show_if={"field": "is_citywide", "values": [False]})
    needs = fields.codes("service_needs", "What does it help with?")
    languages = fields.codes("languages", "Which languages do people there speak?")
    cost = fields.code("service_costs", "What does it cost the family?")
    cost_note = fields.text("More about the cost", required=False, max_length=300)
    eligibility = fields.long_text("Who is it for, and who is it not for?", required=False)
    how_to_refer = fields.long_text("How is a child referred?", required=False)
    receives_directly = fields.yes_no(
        "Do you take referrals directly?",
        hint="Then your agency is responsible for a referral from the moment it is sent. "
        "It works while you have a triage officer and a manager",
    )
    phone = fields.text("Telephone", required=False, max_length=40)
    email = fields.text("Email", required=False, max_length=254)
    website = fields.text("Website", required=False, max_length=300)
    address = fields.text("Where is it?", required=False, max_length=300)
    hours_text = fields.text("When is it open?", required=False, max_length=300)
    evidence = fields.code(
        "evidence_levels",
        "What is published about how well this approach works?",
        hint="Copy what a published source says. Do not rate it yourself",
    )
    evidence_note = fields.text("What does it say?", required=False, max_length=300)
    evidence_source = fields.text("Where is that published?", required=False)
    evidence_on = fields.date("When did you read it?", required=False)

    def validate_website(self, value: str) -> str:
        """A link is followed by a click: only the web."""
        if value and not value.lower().startswith(("https://", "http://")):
            raise serializers.ValidationError("Enter an address that begins with https://.")
        return value


class ReviseInput(EdgeInput, EntryInput):
    """The entry as it should be."""


class SayCapacityInput(EdgeInput):
    """How much room there is now."""

    capacity = fields.code("capacity_states", "How much room is there?")
    spaces = fields.whole_number("How many free places?", most=500, hint="If you know")
    wait_weeks = fields.whole_number(
        "How many weeks does a family wait, as a rule?", most=104, hint="0 if help begins within a week"
    )


class ConfirmCapacityInput(EdgeInput):
    """What was said last still holds."""


class PauseInput(EdgeInput):
    """Nobody is taken for now: why, and until when."""

    reason = fields.text("Why is it paused?", hint="Everybody reads this", max_length=300)
    opens_again_on = fields.date("When will it open again?", required=False)


class ResumeInput(EdgeInput):
    """It takes people again."""


class EndInput(EdgeInput):
    """It is offered no more: why."""

    reason = fields.text("Why does it end?", hint="Everybody reads this", max_length=300)


SERVICE_INPUTS: Mapping[str, type[EdgeInput]] = {
    "say_capacity": SayCapacityInput,
    "confirm_capacity": ConfirmCapacityInput,
    "revise": ReviseInput,
    "pause": PauseInput,
    "resume": ResumeInput,
    "end": EndInput,
}

# What the form of an entry is filled with when it is changed.
ENTRY_FIELDS: tuple[str, ...] = tuple(EntryInput._declared_fields)


class FilterInput(StrictSerializer):
    """What the list of services is narrowed by; none of it says who is looked for."""

    age = fields.whole_number("Age", most=_OLDEST, hint="In whole years")
    ward = fields.code("wards", "Ward", required=False)
    need = fields.code("service_needs", "Help with", required=False)
    kind = fields.code("service_kinds", "Kind of help", required=False)
    language = fields.code("languages", "Language", required=False)
    cost = fields.code("service_costs", "Cost", required=False)
    evidence = fields.code("evidence_levels", "Published evidence", required=False)
    has_space = fields.yes_no("Has space now", hint="Said in the last 28 days", required=False)


_LONGEST_WORDS = 100


def words_in(asked: Mapping[str, str]) -> str:
    """Return what somebody typed to look for, from the address; raise Invalid when it is more than anybody types."""
    words = asked.get("q", "").replace("\x00", "").strip()
    if len(words) > _LONGEST_WORDS:
        raise Invalid("Use fewer words.", fields={"q": [f"Use {_LONGEST_WORDS} characters or fewer."]})
    return words
