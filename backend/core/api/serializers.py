"""Serializer bases: unknown keys are refused with the field's name, and hidden direction marks never enter a name."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that answers 400 for keys it does not know or does not take, instead of dropping them."""

    def to_internal_value(self, data: Any) -> Any:
        """Return validated data; raise ValidationError naming each key that does not belong."""
        if isinstance(data, Mapping):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = [str(key) for key in data if key not in writable]
            if unknown:
                raise serializers.ValidationError({key: ["This is not something we ask for here."] for key in unknown})
        return super().to_internal_value(data)


def without_direction_marks(value: str) -> None:
    """Raise ValidationError when `value` hides characters that turn the direction of reading."""
    if any(unicodedata.bidirectional(character) in _BIDI for character in value):
        raise serializers.ValidationError("Remove the hidden formatting characters and try again.")


class NameField(serializers.CharField):
    """A person's name or another single line, with hidden direction marks refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 200, **kwargs})
        self.validators.append(without_direction_marks)


@extend_schema_field({})
class AnyValue(serializers.Field[Any, Any, Any, Any]):
    """A value of any JSON type, in answers only."""

    def to_representation(self, value: Any) -> Any:
        """Return the value as it is."""
        return value
