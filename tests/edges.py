"""Inputs that an edge takes, drawn from its own form, and taking one edge as somebody."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.serializers.asking import LEAD_REQUEST_INPUTS
from backend.cases.serializers.assessing import ASSESSMENT_INPUTS
from backend.cases.serializers.inputs import CASE_INPUTS, TRANSFER_INPUTS
from backend.cases.serializers.meeting_edge_inputs import MEETING_INPUTS
from backend.cases.serializers.noting import NOTE_INPUTS
from backend.cases.serializers.plan_inputs import ACTION_INPUTS, GOAL_INPUTS
from backend.cases.serializers.relationship_inputs import RELATIONSHIP_INPUTS
from backend.cases.serializers.score_inputs import SCORE_INPUTS
from backend.cases.serializers.sealing import SEAL_INPUTS
from backend.cases.serializers.tasks import TASK_INPUTS
from backend.cases.serializers.team import TEAM_INPUTS
from backend.configuration.inputs import CONFIGURATION_INPUTS
from backend.core import clock
from backend.deadlines.calendar import local
from backend.directory.inputs import SERVICE_INPUTS
from backend.disagreements.serializers.inputs import DISAGREEMENT_INPUTS
from backend.documents.serializers import DOCUMENT_INPUTS
from backend.interventions.serializers.inputs import INTERVENTION_INPUTS
from backend.interventions.serializers.session_inputs import SESSION_INPUTS
from backend.matching.inputs import CASE_CHOICE_INPUTS
from backend.panels.serializers.inputs import PANEL_INPUTS, PANEL_ITEM_INPUTS
from backend.referrals.serializers.fields import DRAWN_AS
from backend.referrals.serializers.inputs import QUESTION_INPUTS, REFERRAL_INPUTS
from backend.retention.inputs import HOLD_INPUTS, ORDER_INPUTS
from backend.rights.inputs import SUBJECT_REQUEST_INPUTS
from backend.rights.rectification_inputs import RECTIFICATION_INPUTS
from backend.voices.inputs import SAYING_INPUTS
from backend.workflow import confirmations
from backend.workflow.descriptors import describe
from backend.workflow.views import validated
from tests.routes import SOMETHING

INPUTS = {
    "case_choice": CASE_CHOICE_INPUTS,
    "referral": REFERRAL_INPUTS,
    "information_request": QUESTION_INPUTS,
    "case": CASE_INPUTS,
    "transfer": TRANSFER_INPUTS,
    "task": TASK_INPUTS,
    "assessment": ASSESSMENT_INPUTS,
    "goal": GOAL_INPUTS,
    "score": SCORE_INPUTS,
    "meeting": MEETING_INPUTS,
    "note": NOTE_INPUTS,
    "document": DOCUMENT_INPUTS,
    "action": ACTION_INPUTS,
    "team_member": TEAM_INPUTS,
    "seal": SEAL_INPUTS,
    "referral_seal": SEAL_INPUTS,
    "relationship": RELATIONSHIP_INPUTS,
    "lead_request": LEAD_REQUEST_INPUTS,
    "service": SERVICE_INPUTS,
    "configuration": CONFIGURATION_INPUTS,
    "disagreement": DISAGREEMENT_INPUTS,
    "intervention": INTERVENTION_INPUTS,
    "session": SESSION_INPUTS,
    "panel": PANEL_INPUTS,
    "panel_item": PANEL_ITEM_INPUTS,
    "saying": SAYING_INPUTS,
    "subject_request": SUBJECT_REQUEST_INPUTS,
    "hold": HOLD_INPUTS,
    "disposal": ORDER_INPUTS,
    "rectification": RECTIFICATION_INPUTS,
}


BASIS = {"article6": "public_task", "condition": "safeguarding_children", "power": "children_act_2004_s10"}


# What the first choice of a list would not do.
CHOSEN: Mapping[str, Any] = {
    **BASIS,
    "level_of_need": "universal_plus",
    "case_choice": "",
    "child_match": "new",
    "priority": "amber",
    # What child and parents say of the help when it ends.
    "child_view": "I liked that Rosa came on her bike.",
    "parent_view": "Mum: we sleep again.",
    # In which month somebody said something, and that nobody asked them.
    "month": f"{local(clock.now()) - timedelta(days=70):%Y-%m}",
    "agreement": "not_asked",
    # Of a goal: a number, or why there is none.
    "score": 5,
}


def good_input(noun: str, edge: str, **given: Any) -> dict[str, Any]:
    """An input for an edge that its serializer takes, as JSON, drawn from the edge's own form; `given` goes first."""
    body = {}
    for field in describe(INPUTS[noun][edge]):
        name = field["name"]
        if name in given:
            body[name] = given[name]
        elif name in CHOSEN:
            body[name] = CHOSEN[name]
        elif field["required"]:
            body[name] = _answer(field)
    return {**body, **{name: value for name, value in given.items() if name not in body}}


# Days of what has been done; other days are to come.
_DONE = ("told_on",)
# Kinds of a field that hold the id of something.
_RECORDS = (*DRAWN_AS, "agency", "person", "practitioner", "record")


def _answer(field: Mapping[str, Any]) -> Any:
    kinds: Mapping[str, Callable[[], Any]] = {
        "choice": lambda: field["choices"][0]["value"],
        "choices": lambda: [field["choices"][0]["value"] if field["choices"] else str(SOMETHING)],
        "yes_no": lambda: True,
        "date": lambda: (local(clock.now()).date() + timedelta(days=field["name"] not in _DONE)).isoformat(),
        "datetime": lambda: clock.now().isoformat(),
        "number": lambda: 1,
        "answers": lambda: {"child_known_as": "Made-up words"},
        "entry": lambda: {"text": "Made-up words"},
        "list": lambda: [{part["name"]: _answer(part) for part in field["fields"]}],
        **dict.fromkeys(_RECORDS, lambda: str(SOMETHING)),
    }
    made = kinds.get(field["kind"], lambda: f"Made-up words: {field['label']}")
    return made()


def take(edge: str, record_id: UUID, who: Actor, *, noun: str = "referral", **given: Any) -> Any:
    """Take one edge as `who`, with a good input; return the record. Raises a Refusal like a request would."""
    machine = confirmations.machines[noun]
    with acting(who):
        raw = good_input(noun, edge, **given)
        version = machine.visible_to(who).get(pk=record_id).version
        inputs = validated(INPUTS[noun][edge], {**raw, "version": version})
        return machine.perform(who, edge, record_id, version=inputs.pop("version"), given=inputs, raw=raw)
