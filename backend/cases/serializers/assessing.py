"""An assessment as its writer and its readers see it: the form with what was typed, what it says, and what is new."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.audit.models import Event
from backend.audit.verbs import label_of
from backend.cases.commands import assessment_machine
from backend.cases.models import Assessment, Case
from backend.cases.queries.assessing import FORM, assessments_visible_to, new_since
from backend.cases.rules import AssessmentFacts, missing_in
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import day_in_words
from backend.drafts.commands import Saved
from backend.drafts.models import Draft
from backend.drafts.queries import of_root
from backend.drafts.serializers import AnswerShape, ConflictShape, answer_data, saved_data
from backend.workflow import descriptors, fields, options
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import DescriptorShape, OptionShape

_BEGINS = "It begins with the words of the last one about this child that you may read, and shows what is new since."
_CARRIED = "It began with the words of {day}."
_CARRIED_FROM = "It began with the words of {day}, at {agency} in case {reference}."


class AssessmentForm(StrictSerializer):
    """What an assessment asks, in the order of the talk with a family."""

    needs = fields.long_text("What do the child and family need?", hint="What they say themselves comes first")
    strengths = fields.long_text("What is strong already?", hint="Who helps, what works, what they are proud of")
    factors = fields.codes("factors", "Which of these have you found?", required=True)
    child_words = fields.long_text("What does the child say?", hint="In their own words, not yours", required=False)
    child_words_why_not = fields.code(
        "voice_why_not", "If the child’s words are missing, why?", required=False, hint="And when will you ask again?"
    )
    family_words = fields.long_text("What does the family say?", hint="Who said it, in their words", required=False)
    analysis = fields.long_text(
        "What do you make of it?", hint="What has to change, and what will happen if it does not", required=False
    )


class StartAssessmentInput(StrictSerializer):
    """Nothing is asked to begin one: it begins with the words of the last."""


class CompleteAssessmentInput(EdgeInput):
    """The answers are those that were typed."""


class SetAsideInput(EdgeInput):
    """Why it will not be completed."""

    reason_code = fields.code("assessment_set_aside_reasons", "What is the reason?")
    reason = fields.long_text("What should others know?", required=False)


ASSESSMENT_INPUTS: Mapping[str, type[EdgeInput]] = {
    "complete": CompleteAssessmentInput,
    "set_aside": SetAsideInput,
}


class AssessmentRowShape(serializers.Serializer[Any]):
    """One assessment in the list of a case."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    started_at = serializers.DateTimeField()
    started_by = serializers.CharField()
    agency = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_blank=True)


class FormerShape(AssessmentRowShape):
    """The assessment that another began with."""

    # The reference of the case it was written in, where that is another one.
    from_case = serializers.CharField(allow_blank=True)


class SaidShape(serializers.Serializer[Any]):
    """One part of an assessment, and what the one before said where that is something else."""

    name = serializers.CharField()
    label = serializers.CharField()
    value = serializers.ListField(child=serializers.CharField())
    before = serializers.ListField(child=serializers.CharField(), allow_null=True)


class NewsShape(serializers.Serializer[Any]):
    """Something that happened since the last assessment."""

    id = serializers.UUIDField()
    label = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()


class MissingAnswerShape(serializers.Serializer[Any]):
    """What the assessment still needs."""

    field = serializers.CharField()
    sentence = serializers.CharField()


class AssessmentShape(AssessmentRowShape):
    """One assessment whole: `form` and `answers` for whoever writes it, `said` once it is complete."""

    version = serializers.IntegerField()
    case_id = serializers.UUIDField()
    reference = serializers.CharField()
    reason_label = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    based_on = FormerShape(allow_null=True)
    news = NewsShape(many=True)
    said = SaidShape(many=True)
    form = DescriptorShape(many=True)
    answers = serializers.DictField(child=AnswerShape())
    saved_at = serializers.DateTimeField(allow_null=True)
    missing = MissingAnswerShape(many=True)
    options = OptionShape(many=True)


class CaseAssessmentsShape(serializers.Serializer[Any]):
    """Every assessment of a case, the newest first, and what the reader may do about them."""

    reference = serializers.CharField()
    results = AssessmentRowShape(many=True)
    options = OptionShape(many=True)


class AssessmentSavedShape(serializers.Serializer[Any]):
    """What a save did, and what is still missing."""

    rev = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    answers = serializers.DictField(child=AnswerShape())
    conflicts = serializers.DictField(child=ConflictShape())
    missing = MissingAnswerShape(many=True)


def case_assessments(actor: Actor, case: Case, assessments: Sequence[Assessment]) -> dict[str, Any]:
    """Return the assessments of a case, and the way to begin another where the actor may and none is open."""
    relations = access.relations_to(actor, case.id)
    is_free = case.state in Case.WITH_PRACTITIONER and not any(one.state == Assessment.OPEN for one in assessments)
    may = is_free and policy.allows(actor, Permission.ASSESSMENT_START, relations)
    return {
        "reference": case.reference,
        "results": [_row(one) for one in assessments],
        "options": [_start(case)] if may else [],
    }


def _start(case: Case) -> dict[str, Any]:
    url = f"/api/v1/cases/{case.id}/assessments/"
    return options.addition("start_assessment", "Begin an assessment", _BEGINS, url, StartAssessmentInput)


def assessment_data(actor: Actor, assessment: Assessment) -> dict[str, Any]:
    """Return one assessment exactly as GET gives it."""
    relations = access.relations_to(actor, assessment.root_id)
    former = _former(actor, assessment)
    draft = _draft(actor, assessment, relations)
    typed = {name: answer["value"] for name, answer in draft.answers.items()} if draft else {}
    is_open = assessment.state == Assessment.OPEN
    since = former.ended_at if former and is_open else None
    return {
        **_row(assessment),
        "version": assessment.version,
        "case_id": assessment.root_id,
        "reference": assessment.case_reference,
        "reason_label": vocabulary.get("assessment_set_aside_reasons").label(assessment.reason_code),
        "reason": assessment.reason,
        "based_on": _based_on(assessment, former) if former else None,
        "news": [_news(event) for event in new_since(actor, assessment.root_id, since)] if since else [],
        "said": [] if is_open else _said(assessment, former),
        "form": _form(typed, assessment, former) if draft else [],
        "answers": {name: answer_data(answer) for name, answer in draft.answers.items()} if draft else {},
        "saved_at": draft.saved_at if draft and draft.rev else None,
        "missing": _missing(typed) if draft else [],
        "options": options.shapes(
            assessment_machine,
            actor,
            assessment,
            relations,
            base=f"/api/v1/assessments/{assessment.id}/",
            choices={},
            facts=AssessmentFacts(typed, is_writer=draft is not None),
        ),
    }


def assessment_saved(result: Saved) -> dict[str, Any]:
    """Return what a save did, and what is still missing."""
    typed = {name: answer["value"] for name, answer in result.draft.answers.items()}
    return {**saved_data(result), "missing": _missing(typed)}


def _draft(actor: Actor, assessment: Assessment, relations: frozenset[Relation]) -> Draft | None:
    if assessment.state != Assessment.OPEN or not policy.allows(actor, Permission.ASSESSMENT_WRITE, relations):
        return None
    return of_root(actor, assessment.id, form=FORM)


def _former(actor: Actor, assessment: Assessment) -> Assessment | None:
    """Return the one it began with; that of another case is there for those only who read that case too."""
    if assessment.based_on_id is None:
        return None
    return assessments_visible_to(actor).filter(pk=assessment.based_on_id).first()


def _based_on(assessment: Assessment, former: Assessment) -> dict[str, Any]:
    is_elsewhere = former.root_id != assessment.root_id
    return {**_row(former), "from_case": former.case_reference if is_elsewhere else ""}


def _row(assessment: Assessment) -> dict[str, Any]:
    return {
        "id": assessment.id,
        "number": assessment.number,
        "state": assessment.state,
        "state_label": Assessment.LABELS[assessment.state],
        "started_at": assessment.started_at,
        "started_by": assessment.started_by_name,
        "agency": assessment.agency.name,
        "ended_at": assessment.ended_at,
        "ended_by": assessment.ended_by_name,
    }


def _form(typed: Mapping[str, Any], assessment: Assessment, former: Assessment | None) -> list[dict[str, Any]]:
    """Return the form; an answer that is still the last assessment's says so beside its question."""
    described = descriptors.describe(AssessmentForm)
    if former is None or former.ended_at is None:
        return described
    words = _CARRIED if former.root_id == assessment.root_id else _CARRIED_FROM
    day = day_in_words(former.ended_at)
    carried = words.format(day=day, agency=former.agency.name, reference=former.case_reference)
    for field in described:
        if _is_carried(field, typed, former):
            field["hint"] = ". ".join(part for part in (field["hint"], carried) if part)
    return described


def _is_carried(field: Mapping[str, Any], typed: Mapping[str, Any], former: Assessment) -> bool:
    said = getattr(former, field["name"])
    return bool(said) and typed.get(field["name"]) == said


def _said(assessment: Assessment, former: Assessment | None) -> list[dict[str, Any]]:
    rows = []
    for field in descriptors.describe(AssessmentForm):
        value = _words(field["name"], assessment)
        before = _words(field["name"], former) if former else value
        if value or before:
            changed = before if before != value else None
            rows.append({"name": field["name"], "label": field["label"], "value": value, "before": changed})
    return rows


def _words(name: str, assessment: Assessment) -> list[str]:
    value = getattr(assessment, name)
    if name == "factors":
        return [vocabulary.get("factors").label(code) for code in value]
    if name == "child_words_why_not":
        value = vocabulary.get("voice_why_not").label(value)
    return value.split("\n") if value else []


def _missing(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"field": name, "sentence": sentence} for name, sentence in missing_in(typed)]


def _news(event: Event) -> dict[str, Any]:
    return {"id": event.id, "label": label_of(event.verb), "at": event.at, "by": event.actor_name}
