"""What each edge of an intervention asks for, and what recommending one asks for."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.sharing import serializers as sharing
from backend.sharing.rules import CONSENT
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


_TOLD = ("yes", "no", "not_yet", "not_applicable")
_UNTOLD = ("no", "not_yet")
_GIVEN, _NOT_ASKED = "given", "not_asked"


class OfferInput(EdgeInput):
    """What the provider has to know, what the family knows of it, and on which basis it is shared."""

    what_they_need = fields.long_text(
        "What must they know to be safe and useful?",
        hint="Only what they need for this service. They do not see the case",
        required=False,
    )
    child_told = fields.code("informed_states", "Has the child been told that you ask this service?", only=_TOLD)
    parent_told = fields.code("informed_states", "Has a parent or carer been told?", only=_TOLD)
    family_agreed = fields.code("agreement_states", "Has the family agreed that you ask?", only=(_GIVEN, _NOT_ASKED))
    not_told_why = fields.code(
        "informed_why_not",
        "If somebody was not told or asked, why not?",
        hint="The service does not see this",
        required=False,
    )
    article6 = sharing.article6()
    condition = sharing.condition()
    power = sharing.power()
    ends_on = sharing.ends_on()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a silence without a reason, and a share on a consent that nobody gave."""
        silent = attrs["child_told"] in _UNTOLD or attrs["parent_told"] in _UNTOLD
        wrong: dict[str, list[str]] = {}
        if (silent or attrs["family_agreed"] == _NOT_ASKED) and not attrs["not_told_why"]:
            wrong["not_told_why"] = ["Say why somebody was not told or asked."]
        if attrs["article6"] == CONSENT and attrs["family_agreed"] != _GIVEN:
            wrong["family_agreed"] = ["You share on consent: ask the family first, or choose another basis."]
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs


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


class TieGoalsInput(EdgeInput):
    """Which goals of the plan it works towards, and on which basis their words are shared where somebody else reads."""

    goals = fields.chosen_ids(
        "Which goals of the plan does it work towards?", hint="A goal that a session has worked on stays"
    )
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


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
    "tie_goals": TieGoalsInput,
    "stop_sharing": StopSharingInput,
    "share_again": ShareAgainInput,
}
