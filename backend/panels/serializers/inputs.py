"""What planning a panel, putting a case on its agenda and each edge asks for."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.cases.serializers.plan_inputs import OWNER_SEES, left_out
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.sharing import serializers as sharing
from backend.sharing.rules import CONSENT
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_BOTH = "Say who does it and by when, or leave both empty."


class PlanPanelInput(StrictSerializer):
    """When a panel meets, and where."""

    kind = fields.code("panel_kinds", "What kind of panel is it?")
    name = fields.text("What is it called?", hint="As people know it. Never a child’s name")
    starts_at = fields.moment("When does it begin?")
    place = fields.text("Where?", hint="A room, or how to join", required=False, max_length=300)


def _purpose() -> fields.CodeField:
    return fields.code("panel_purposes", "What for?")


class KeepMinutesInput(StrictSerializer):
    """Nothing is asked: what was signed is what is kept."""


class PutInPlanInput(StrictSerializer):
    """Which decision becomes an action, and who of the agency that owns it does it; its words and day are its own."""

    decision = fields.chosen_id("record", "Which decision?")
    owner = fields.chosen_id("person", "Who does it?", hint=OWNER_SEES)
    due_on = fields.date("By which day?", hint="Only where the day that the panel named is over", required=False)
    not_for_family = left_out(required=False)
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


class PutOnAgendaInput(StrictSerializer):
    """Which panel hears the case, what it is asked, and on which basis its chair may read that."""

    panel = fields.chosen_id("record", "Which panel?")
    question = fields.long_text(
        "What do you ask the panel?", hint="Everybody you invite reads this. Say here only what all of them need"
    )
    purpose = _purpose()
    last_day = fields.date(
        "Until which day may those invited read it?", hint="At most four weeks after the panel. Signing ends it sooner"
    )
    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()


class AddToAgendaInput(StrictSerializer):
    """Which of the open items is heard, and what the panel is asked about it."""

    case = fields.chosen_id("record", "Which case?")
    question = fields.long_text(
        "What do you ask the panel?",
        hint="Everybody you invite reads this. Left empty, it says what is open and asks what the panel advises",
        required=False,
    )


class InviteInput(EdgeInput):
    """Which agency is invited, what it alone is told, and on which basis."""

    agency = fields.chosen_id("agency", "Which organisation?")
    purpose = _purpose()
    told = fields.long_text(
        "What do you tell them?", hint="Only they, the chair and who works on the case read this", required=False
    )
    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()


class EndInvitationInput(EdgeInput):
    """Which invitation is taken back, and why."""

    invitation = fields.chosen_id("record", "Which invitation?")
    reason = fields.long_text("Why is it taken back?")


def _article6_but_consent() -> fields.CodeField:
    """Ask for the basis of what a table hears: a consent could be taken back when everybody has heard it."""
    lasting = [
        term.code
        for term in vocabulary.get("share_basis_article6")
        if term.code != CONSENT and not term.more.get("flag")
    ]
    hint = "Not consent: what a panel has heard cannot be taken back"
    return fields.code("share_basis_article6", "Which UK GDPR basis do you share on?", hint=hint, only=lasting)


class GiveInformationInput(EdgeInput):
    """What an agency knows that the panel needs, how far it may travel, and until when it is read."""

    text = fields.long_text(
        "What does the panel need to know?",
        hint="Police intelligence and protected addresses do not belong here. Ring the chair",
    )
    mark = fields.code(
        "panel_information_labels", "Does it bear a label?", hint="Then fewer people read it", required=False
    )
    read_until = fields.date(
        "Until which day may they read it?",
        hint="At most twelve weeks after the panel. That you gave it stays on record",
    )
    article6 = _article6_but_consent()
    condition = sharing.condition()
    power = sharing.power()


class DecideInput(EdgeInput):
    """What the panel decided, whose it is to do, and by when."""

    kind = fields.code("panel_decisions", "What was decided?")
    text = fields.long_text("In words?", hint="So that somebody who was not there understands it")
    owner = fields.chosen_id("agency", "Which organisation does it?", required=False)
    due_on = fields.date("By which day?", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse an owner without a day, and a day without an owner."""
        if (attrs["owner"] is None) != (attrs["due_on"] is None):
            missing = "owner" if attrs["owner"] is None else "due_on"
            raise serializers.ValidationError({missing: [_BOTH]})
        return attrs


class TakeOffInput(EdgeInput):
    """Why the panel does not hear it."""

    reason = fields.long_text("Why does the panel not hear it?")


class HoldInput(EdgeInput):
    """The panel begins; nothing has to be said."""


class RecordAttendanceInput(EdgeInput):
    """Who of which agency came, or did not."""

    agency = fields.chosen_id("agency", "Which organisation?")
    person = fields.text("Who?", hint="Name and role")
    came = fields.code("panel_attendance", "Did they come?")


class SignInput(EdgeInput):
    """The minutes are right; nothing has to be said."""


class CancelPanelInput(EdgeInput):
    """Why it does not take place."""

    reason_code = fields.code("panel_cancel_reasons", "What is the reason?")


PANEL_INPUTS: Mapping[str, type[EdgeInput]] = {
    "hold": HoldInput,
    "record_attendance": RecordAttendanceInput,
    "sign": SignInput,
    "cancel": CancelPanelInput,
}
PANEL_ITEM_INPUTS: Mapping[str, type[EdgeInput]] = {
    "invite": InviteInput,
    "end_invitation": EndInvitationInput,
    "give_information": GiveInformationInput,
    "decide": DecideInput,
    "take_off": TakeOffInput,
}
