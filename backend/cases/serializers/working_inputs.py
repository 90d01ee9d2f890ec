"""What the edges of a case that is worked ask for, and what a note is made of."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from backend.access.marks import HIDDEN
from backend.core import clock, vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.workflow import fields
from backend.workflow.fields import CodeField, EdgeInput

_SAID_ON = "On which day did they say so?"
_HOW = "How did they say so?"
_OTHER = "other"


def next_action(*, required: bool = True) -> serializers.CharField:
    """Ask what happens next."""
    hint = "For example: first visit to the family"
    return fields.text("What happens next?", hint=hint, max_length=400, required=required)


def next_action_on(*, required: bool = True) -> serializers.DateField:
    """Ask on which day it happens."""
    return fields.date("On which day?", required=required)


def lead_practitioner() -> serializers.UUIDField:
    """Ask who of the lead agency is responsible, with what each of them has in hand already."""
    return fields.chosen_id(
        "practitioner", "Who will be the lead practitioner?", hint="The team first, then the person"
    )


class ReallocateInput(EdgeInput):
    """Who is responsible from now on, why it changes, and what they must know."""

    lead_practitioner_id = lead_practitioner()
    reason_code = fields.code("reallocate_reasons", "Why does the lead practitioner change?")
    handover_note = fields.long_text(
        "What must the new lead practitioner know?", hint="What matters to the child, what was promised, who to call"
    )
    next_action = next_action()
    next_action_on = next_action_on()


class ChangePriorityInput(EdgeInput):
    """How soon help is needed now, and what has changed."""

    priority = fields.code("priorities", "How soon is help needed now?")
    reason = fields.long_text("What has changed?", hint="For the child or the family. It stands in the chronology")


def agreed_until() -> serializers.DateField:
    """Ask for how long they agree, where that is not for as long as the help lasts."""
    hint = "Only if they agreed for a time. You are reminded two weeks before"
    return fields.date("What is the last day they agreed to?", hint=hint, required=False)


class RecordAgreementInput(EdgeInput):
    """Who said yes to being helped, how, and whether the child was told."""

    agreed_by = fields.code("agreed_by", "Who agreed?")
    agreed_how = fields.code("told_methods", _HOW)
    agreed_on = fields.date(_SAID_ON)
    child_told = fields.yes_no("Has the child been told what help this is?")
    note = fields.long_text("What did they agree to?", hint="In their words, and anything they do not want")
    agreed_until = agreed_until()
    next_action = next_action()
    next_action_on = next_action_on()


class RenewAgreementInput(EdgeInput):
    """The family agrees again, or to something else than before."""

    agreed_by = fields.code("agreed_by", "Who agreed?")
    agreed_how = fields.code("told_methods", _HOW)
    agreed_on = fields.date(_SAID_ON)
    child_told = fields.yes_no("Has the child been told what help this is?")
    note = fields.long_text("What did they agree to?", hint="In their words, and anything they do not want")
    agreed_until = agreed_until()


class SaidNoInput(EdgeInput):
    """Who said no, how and why."""

    reason_code = fields.code("agreement_ended_reasons", "Who said no, or why?")
    agreed_how = fields.code("told_methods", _HOW)
    agreed_on = fields.date(_SAID_ON)
    note = fields.long_text("What did they say?")


class GoOnOtherwiseInput(EdgeInput):
    """Which parts of the work go on after a no, and what allows them."""

    what_goes_on = fields.long_text("What goes on?", hint="Only what is needed to keep the child safe")
    what_allows_it = fields.long_text("What allows it?", hint="The duty or power, and who agreed in your organisation")


class PauseInput(EdgeInput):
    """Why the work rests, and when somebody looks again."""

    reason_code = fields.code("pause_reasons", "Why does the work pause?")
    reason = fields.long_text(
        "What is the reason?", required=False, asked=True, show_if={"field": "reason_code", "values": [_OTHER]}
    )
    look_again_on = fields.date("When will you look again?", hint="Within the next 6 weeks")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for the words of a reason that the list does not have, and for none where it does."""
        if attrs["reason_code"] != _OTHER:
            return {**attrs, "reason": ""}
        if not attrs["reason"].strip():
            raise serializers.ValidationError({"reason": ["Say what the reason is."]})
        return attrs


class ResumeInput(EdgeInput):
    """What happens first when the work goes on."""

    next_action = next_action()
    next_action_on = next_action_on()


class StepUpInput(EdgeInput):
    """Statutory or emergency services have been told: where, whom and when. Never waits for paperwork."""

    destination = fields.code("step_up_destinations", "Where did you pass it?")
    told_person = fields.text("Who did you speak to?", hint="Name and role")
    told_at = fields.moment("When did you tell them?")
    statutory_reference = fields.text("Their reference", hint="If they gave you one", required=False, max_length=80)
    rationale = fields.long_text("What makes this urgent?")


class RecordFollowUpInput(EdgeInput):
    """They have it in writing: who received it, when, and what follows."""

    received_by = fields.text("Who received it?", hint="Name and role")
    received_at = fields.moment("When did they receive it?")
    what_they_will_do = fields.long_text("What did they say they will do?")


class NotTakenInput(EdgeInput):
    """Statutory services did not take it: their reason."""

    reason_code = fields.code("handover_refused_reasons", "What reason did they give?")
    reason = fields.long_text("What did they say?", hint="Who said it, and what they advise", required=False)


WORKING_INPUTS: Mapping[str, type[EdgeInput]] = {
    "record_agreement": RecordAgreementInput,
    "renew_agreement": RenewAgreementInput,
    "record_refusal": SaidNoInput,
    "withdraw_agreement": SaidNoInput,
    "go_on_otherwise": GoOnOtherwiseInput,
    "reallocate": ReallocateInput,
    "change_priority": ChangePriorityInput,
    "pause": PauseInput,
    "resume": ResumeInput,
    "step_up": StepUpInput,
    "record_follow_up": RecordFollowUpInput,
    "handover_refused": NotTakenInput,
}


class SignificantEventInput(StrictSerializer):
    """Something that matters in the child's life, the day it happened, and what it means for the child."""

    kind = fields.code("significant_events", "What kind of event was it?")
    happened_on = fields.date("On which day did it happen?", hint="It may be years ago. For example, 27 3 2021")
    text = fields.long_text("What happened?", hint="Who told you, and what is known for certain")
    analysis = fields.long_text(
        "What does it mean for the child?", hint="Then and now: what it explains, what it changes, what to watch for"
    )

    def validate_happened_on(self, value: date) -> date:
        """Refuse an event of the future."""
        if value > local(clock.now()).date():
            raise serializers.ValidationError("Write about what has happened: this day has not come yet.")
        return value


NOT_SEEN = "not_seen"
_VISIT = "Write the visit in a note of its own, for everybody who works on the case: with this label it counts as none."
_NOBODY = "Nobody is told of what bears a label. Tell them yourself."
_NEXT = "What happens next is read by everybody who works on the case. Write it in a note of its own."


class NoteInput(StrictSerializer):
    """A visit, a call or a talk, in the fewest answers that are worth keeping; what just happened needs no time."""

    kind = fields.code("note_kinds", "What was it?")
    child_seen = fields.code("child_seen", "Did you see the child?")
    people = serializers.ListField(
        child=CodeField("note_people"),
        label="Who else did you speak to?",
        required=False,
        default=list,
        max_length=len(vocabulary.get("note_people").codes),
    )
    text = fields.long_text("What happened?", hint="What the child said and showed, what you did, what you think")
    happened_at = fields.moment("When was it?", hint="Leave this empty if it was just now", required=False)
    is_shared = fields.yes_no(
        "May the team around the child read it?",
        hint="Those of other agencies who are on the team. If you do not say, they may not",
        required=False,
    )
    meant_for = fields.codes("note_readers", "Who should read it?", hint="They are told, in ten minutes")
    named = fields.note_readers()
    mark = fields.code(
        "note_labels", "Does it need a label?", hint="Only if not everybody on the case may read it", required=False
    )
    next_action = next_action(required=False)
    next_action_on = next_action_on(required=False)

    def validate_happened_at(self, value: datetime | None) -> datetime | None:
        """Refuse a note of the future."""
        if value is not None and value > clock.now():
            raise serializers.ValidationError("Write about what has happened: this is in the future.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse half a next action, and what would carry a label further than its readers."""
        _within_its_label(attrs)
        if bool(attrs["next_action"]) != bool(attrs["next_action_on"]):
            missing = "next_action_on" if attrs["next_action"] else "next_action"
            sentence = {"next_action_on": "Say on which day.", "next_action": "Say what happens on that day."}[missing]
            raise serializers.ValidationError({missing: [sentence]})
        return attrs


def _within_its_label(given: Mapping[str, Any]) -> None:
    """Refuse what others would learn from a note that bears a label."""
    problems = {
        "is_shared": given["mark"] and given.get("is_shared") and "What bears a label is not shared with the team.",
        "meant_for": given["mark"] and given["meant_for"] and _NOBODY,
        "named": given["mark"] in HIDDEN and given["named"] and _NOBODY,
        "child_seen": given["mark"] in HIDDEN and given["child_seen"] != NOT_SEEN and _VISIT,
        "next_action": given["mark"] in HIDDEN and given["next_action"] and _NEXT,
    }
    found = {name: [sentence] for name, sentence in problems.items() if sentence}
    if found:
        raise serializers.ValidationError(found)
