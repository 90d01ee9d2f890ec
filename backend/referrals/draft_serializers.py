"""Shapes of a referral's draft: what autosave sends, and the form with its answers as it comes back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rest_framework import serializers

from backend.drafts.commands import Saved
from backend.drafts.models import Draft
from backend.drafts.serializers import AnswerShape, ConflictShape, answer_data, saved_data
from backend.referrals.form import describing
from backend.referrals.form.checking import Status, statuses
from backend.referrals.form.parts import Section
from backend.referrals.form.sections import FIELDS, SECTIONS
from backend.referrals.intake.loading import Intake
from backend.referrals.intake.stopping import stop
from backend.referrals.models import Referral
from backend.referrals.serializers.again import AgainShape, again_data
from backend.workflow.serializers import DescriptorShape


class MissingShape(serializers.Serializer[Any]):
    """What a section still needs; the field of a list names its item: worried_about.0.text."""

    field = serializers.CharField()
    sentence = serializers.CharField()


class ProblemShape(MissingShape):
    """What stands in the way of sending, and where it is asked."""

    section = serializers.CharField()
    page = serializers.CharField()


class PageShape(serializers.Serializer[Any]):
    """One page of questions."""

    name = serializers.CharField()
    title = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    fields = DescriptorShape(many=True)


class SectionStatusShape(serializers.Serializer[Any]):
    """How far a section is."""

    name = serializers.CharField()
    status = serializers.ChoiceField(choices=[(status.value, status.value) for status in Status])
    missing = MissingShape(many=True)


class SectionShape(SectionStatusShape):
    """A task of the list with its pages."""

    title = serializers.CharField()
    group = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    pages = PageShape(many=True)


class PhoneShape(serializers.Serializer[Any]):
    """A number to call."""

    label = serializers.CharField()
    number = serializers.CharField()


class StopShape(serializers.Serializer[Any]):
    """The page that stops the form first; an urgent one is named on every page until it is answered."""

    title = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())
    phones = PhoneShape(many=True)
    after = serializers.CharField()
    go_on = serializers.CharField()
    is_urgent = serializers.BooleanField()


class JudgedShape(serializers.Serializer[Any]):
    """What every answer of the draft says about the whole."""

    rev = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    can_submit = serializers.BooleanField()
    problems = ProblemShape(many=True)
    stop = StopShape(allow_null=True)


class DraftShape(JudgedShape):
    """The form with its answers."""

    answers = serializers.DictField(child=AnswerShape())
    sections = SectionShape(many=True)
    # The case after which the child is referred again.
    again = AgainShape(allow_null=True)


class DraftSavedShape(JudgedShape):
    """What a save did: the answers as they stand, those it must not overwrite, and how far the form is."""

    answers = serializers.DictField(child=AnswerShape())
    conflicts = serializers.DictField(child=ConflictShape())
    sections = SectionStatusShape(many=True)


def opened(referral: Referral, draft: Draft | None, intake: Intake, level_texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the whole form of a draft that is opened, with the text in force beside each level of need."""
    circumstances = replace(intake.circumstances, level_texts=level_texts)
    saved = draft.answers if draft else {}
    return {
        "rev": draft.rev if draft else 0,
        "saved_at": draft.saved_at if draft and draft.rev else None,
        "answers": {name: answer_data(answer) for name, answer in saved.items() if name in FIELDS},
        "sections": [
            {**describing.section(section, circumstances), **progress} for section, progress in _progress(intake)
        ],
        "again": again_data(referral, draft),
        **_judged(intake),
    }


def saved(result: Saved, intake: Intake) -> dict[str, Any]:
    """Return what a save did and how far the form is now, without the questions."""
    return {
        **saved_data(result),
        "sections": [progress for _section, progress in _progress(intake)],
        **_judged(intake),
    }


def _progress(intake: Intake) -> list[tuple[Section, dict[str, Any]]]:
    far = statuses(intake.answers, intake.problems)
    missing: dict[str, list[dict[str, str]]] = {section.name: [] for section in SECTIONS}
    for problem in intake.problems:
        missing[problem.section].append({"field": problem.field, "sentence": problem.sentence})
    return [
        (section, {"name": section.name, "status": far[section.name].value, "missing": missing[section.name]})
        for section in SECTIONS
    ]


def _judged(intake: Intake) -> dict[str, Any]:
    return {
        "can_submit": intake.can_be_sent,
        "problems": [
            {"field": one.field, "section": one.section, "page": one.page, "sentence": one.sentence}
            for one in intake.problems
        ],
        "stop": stop(intake.answers, intake.receivers),
    }
