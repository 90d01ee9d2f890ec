"""What a record said and says, in words: one thing that is different after somebody changed it, and who did so why."""

from collections.abc import Iterator, Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary

# Each column that is compared, with what it is called, and the vocabulary of its codes where it holds one.
Words = Sequence[tuple[str, str, str]]


class SaidChangeShape(serializers.Serializer[Any]):
    """One thing that was said in another way before; empty where it was not known."""

    label = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class SaidTurnShape(serializers.Serializer[Any]):
    """What somebody did at one time, why, and what was different after it."""

    label = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True)
    why_label = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    changes = SaidChangeShape(many=True)


def differences(words: Words, before: Any, after: Any) -> Iterator[dict[str, str]]:
    """Yield what is different between two rows of a history."""
    for name, label, codes in words:
        old, new = (in_words(getattr(row, name), codes) for row in (before, after))
        if old != new:
            yield {"label": label, "before": old, "after": new}


def in_words(value: Any, codes: str) -> str:
    """Return what a column says, as people read it."""
    if value is None:
        return ""
    if codes:
        return vocabulary.get(codes).label(value)
    return f"{value.day} {value:%B %Y}" if hasattr(value, "day") else str(value)
