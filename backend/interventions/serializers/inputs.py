"""What each edge of an intervention asks for, and what recommending one asks for."""

from collections.abc import Mapping
from typing import Any

from backend.core.api.serializers import StrictSerializer
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_MOST_SESSIONS = 200


class RecommendInput(StrictSerializer):
    """Which service, and what it is for."""

    service_id = fields.chosen_id("record", "Which service?")
    goal = fields.long_text(
        "What should it help with?", hint="In the family’s words. Whoever provides it reads this once you ask them"
    )


class NameWorkerInput(EdgeInput):
    """Who of the provider gives it."""

    worker_id = fields.chosen_id("person", "Who gives it?", hint="Only people who may work with this family")


class OfferInput(EdgeInput):
    """What the provider has to know, and on which basis it is shared."""

    what_they_need = fields.long_text(
        "What must they know to be safe and useful?",
        hint="Only what they need for this service. They do not see the case",
        required=False,
    )
    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()
    ends_on = sharing.ends_on()


class ShareAgainInput(EdgeInput):
    """On which basis the provider reads it from now on."""

    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()
    ends_on = sharing.ends_on()


class StopSharingInput(EdgeInput):
    """Why the provider reads no more; it is not told."""

    reason = fields.long_text("Why do they no longer read it?", hint="This stays with the case. They are not told")


def _expected_on() -> Any:
    return fields.date("When could it begin?", hint="Leave this empty if you do not know yet", required=False)


class ProviderAcceptInput(EdgeInput):
    """The provider can help."""

    expected_on = _expected_on()
    answer = fields.long_text("What should the lead practitioner know?", required=False)


class ProviderDeclineInput(EdgeInput):
    """Why the provider cannot help."""

    reason_code = fields.code("provider_decline_reasons", "What is the reason?")
    reason = fields.long_text("What could help instead?", hint="A service, or when you could", required=False)


class FamilyAgreesInput(EdgeInput):
    """Who of the family said yes."""

    agreed_by = fields.code("agreed_by", "Who said yes?")
    agreed_on = fields.date("On which day did they say so?")


class FamilyRefusesInput(EdgeInput):
    """Who of the family said no, and why."""

    refused_by = fields.code("agreed_by", "Who said no?")
    reason_code = fields.code("intervention_refuse_reasons", "Why?")
    reason = fields.long_text("What did they say?")


class WaitlistInput(EdgeInput):
    """Until about when they wait."""

    expected_on = _expected_on()


class StillNeededInput(EdgeInput):
    """What the family said about the wait."""

    reason = fields.long_text("What did the family say?")


class StartInterventionInput(EdgeInput):
    """When it began, and how much of it is planned."""

    started_on = fields.date("On which day did it start?")
    planned_sessions = fields.whole_number(
        "How many sessions are planned?", most=_MOST_SESSIONS, hint="Leave this empty if nobody knows yet"
    )


class CompleteInterventionInput(EdgeInput):
    """What it changed."""

    outcome = fields.long_text("What changed for the child?", hint="And what the child says about it")


class EndEarlyInput(EdgeInput):
    """Why it ended, and what was reached."""

    reason_code = fields.code("ended_early_reasons", "Why did it end?")
    outcome = fields.long_text("What was reached until then?", hint="And what the child says about it")


class CancelInterventionInput(EdgeInput):
    """Why it does not begin."""

    reason_code = fields.code("intervention_cancel_reasons", "What is the reason?")
    reason = fields.long_text("What should others know?", required=False)


class SayWhoGoesOnInput(EdgeInput):
    """Who answers for the service after the case."""

    goes_on_with = fields.long_text(
        "Who goes on with it when the case closes?", hint="Name, organisation and until when"
    )


INTERVENTION_INPUTS: Mapping[str, type[EdgeInput]] = {
    "name_worker": NameWorkerInput,
    "offer": OfferInput,
    "provider_accept": ProviderAcceptInput,
    "provider_decline": ProviderDeclineInput,
    "agree": FamilyAgreesInput,
    "refuse": FamilyRefusesInput,
    "waitlist": WaitlistInput,
    "confirm_still_needed": StillNeededInput,
    "start": StartInterventionInput,
    "complete": CompleteInterventionInput,
    "end_early": EndEarlyInput,
    "cancel": CancelInterventionInput,
    "say_who_goes_on": SayWhoGoesOnInput,
    "stop_sharing": StopSharingInput,
    "share_again": ShareAgainInput,
}
