"""The shapes of a feed that is handed in, and of the report about it."""

import base64
import binascii
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import NameField, StrictSerializer
from backend.interop.files import SourceFile
from backend.interop.planning import Plan
from backend.interop.report import summary, words

MOST_FILES = 30


class FileInput(StrictSerializer):
    """One file, its bytes in base64: what is wrong with its encoding has to arrive as it is."""

    name = NameField(max_length=120)
    content = serializers.CharField(trim_whitespace=False, allow_blank=True)

    def validate_content(self, value: str) -> bytes:
        """Return the bytes."""
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError("This file did not arrive whole. Choose it again.") from error


class FeedInput(StrictSerializer):
    """A feed: its files, its name, and the licence on which it may be used."""

    source = NameField(
        max_length=100,
        error_messages={"required": "Give the feed a name.", "blank": "Give the feed a name."},
    )
    licence = NameField(required=False, allow_blank=True, default="")
    files: Any = FileInput(
        many=True,
        allow_empty=False,
        max_length=MOST_FILES,  # type: ignore[call-arg] # DRF hands it to the list
        error_messages={
            "required": "Choose at least one file.",
            "empty": "Choose at least one file.",
            "max_length": f"Choose {MOST_FILES} files at most.",
        },
    )


class FeedProblemShape(serializers.Serializer[Any]):
    """One thing that is wrong with a feed."""

    where = serializers.CharField()
    sentence = serializers.CharField()
    weight = serializers.ChoiceField(["stops", "leaves_out", "noted"])


class PlannedShape(serializers.Serializer[Any]):
    """One service, and what is done with it."""

    name = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class ImportReportShape(serializers.Serializer[Any]):
    """What a feed would do, or did."""

    is_written = serializers.BooleanField()
    can_be_written = serializers.BooleanField()
    summary = serializers.CharField()
    licence = serializers.CharField(allow_blank=True)
    new = PlannedShape(many=True)
    changed = PlannedShape(many=True)
    gone = PlannedShape(many=True)
    keeps_gone = serializers.CharField(allow_blank=True)
    same = serializers.IntegerField()
    left_out = serializers.IntegerField()
    problems = FeedProblemShape(many=True)
    more_problems = serializers.IntegerField()


def files_in(given: dict[str, Any]) -> list[SourceFile]:
    """Return the files of a validated input."""
    return [SourceFile(file["name"], file["content"]) for file in given["files"]]


def report_data(plan: Plan, *, is_written: bool) -> dict[str, Any]:
    """Return the report as the API gives it."""
    return {
        "is_written": is_written,
        "can_be_written": not plan.report.stops,
        "summary": summary(plan),
        "licence": plan.licence,
        "new": [{"name": entry.name, "note": ""} for entry in plan.new],
        "changed": [{"name": service.name, "note": words(differs)} for service, _entry, differs in plan.changed],
        "gone": [{"name": service.name, "note": why} for service, why in plan.gone],
        "keeps_gone": plan.keeps_gone,
        "same": plan.same,
        "left_out": plan.left_out,
        "problems": [
            {"where": problem.where, "sentence": problem.sentence, "weight": problem.weight.value}
            for problem in plan.report.found
        ],
        "more_problems": plan.report.more,
    }
