"""Input fields that draw themselves: each carries a label, a hint and its kind; a screen needs no rule of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer

CHOOSE = "Choose one of the options."
_LONG = 20_000


class CodeField(serializers.ChoiceField):
    """A code of a vocabulary."""

    default_error_messages = {"invalid_choice": CHOOSE, "required": CHOOSE, "null": CHOOSE}

    def __init__(self, name: str, *, only: Sequence[str] | None = None, **kwargs: Any) -> None:
        self.terms = [term for term in vocabulary.get(name) if only is None or term.code in only]
        super().__init__(choices=[(term.code, term.label) for term in self.terms], **kwargs)


class ReadersField(CodeField):
    """Who may read something from now on: a label of a vocabulary, or a wider circle that needs none."""

    def __init__(self, name: str, *, wider: Sequence[vocabulary.Term], **kwargs: Any) -> None:
        super().__init__(name, style={"kind": "choice"}, error_messages={"blank": CHOOSE}, **kwargs)
        self.terms = [*wider, *self.terms]
        self.choices = [(term.code, term.label) for term in self.terms]


def text(
    label: str, *, hint: str = "", required: bool = True, max_length: int = 200, **style: Any
) -> serializers.CharField:
    """Return a single-line text field."""
    return _char("text", label, hint, required, max_length, style)


def long_text(label: str, *, hint: str = "", required: bool = True, **style: Any) -> serializers.CharField:
    """Return a many-line text field."""
    return _char("long_text", label, hint, required, _LONG, style)


def _char(
    kind: str, label: str, hint: str, required: bool, max_length: int, style: Mapping[str, Any]
) -> serializers.CharField:
    sentence = f"Enter an answer to “{label}”." if label.endswith("?") else f"Enter {label[:1].lower()}{label[1:]}."
    optional: dict[str, Any] = {} if required else {"default": ""}
    return serializers.CharField(
        label=label,
        help_text=hint,
        required=required,
        allow_blank=not required,
        max_length=max_length,
        style={"kind": kind, **style},
        error_messages={"required": sentence, "blank": sentence, "null": sentence},
        **optional,
    )


def code(name: str, label: str, *, hint: str = "", required: bool = True, **more: Any) -> CodeField:
    """Return a choice of one code from vocabulary `name`; nothing is preselected.

    `asked` says of a field that is not required by itself that an answer is needed where another is left empty, or
    where it is shown at all: nobody reads “optional” beside it.
    """
    style = {key: more.pop(key) for key in ("show_if", "asked") if key in more}
    optional: dict[str, Any] = {} if required else {"default": "", "allow_blank": True}
    return CodeField(
        name, label=label, help_text=hint, required=required, style={"kind": "choice", **style}, **optional, **more
    )


def codes(name: str, label: str, *, hint: str = "", required: bool = False, **style: Any) -> serializers.ListField:
    """Return a choice of any number of codes from vocabulary `name`, each once."""
    optional: dict[str, Any] = {} if required else {"default": list}
    return serializers.ListField(
        child=CodeField(name),
        label=label,
        help_text=hint,
        required=required,
        allow_empty=not required,
        max_length=len(vocabulary.get(name).terms),
        style={"kind": "choices", **style},
        error_messages={"required": CHOOSE, "empty": CHOOSE, "not_a_list": CHOOSE},
        **optional,
    )


def whole_number(label: str, *, most: int, hint: str = "", required: bool = False, **style: Any) -> Any:
    """Return a whole number from 0 to `most`."""
    sentence = f"Enter a whole number from 0 to {most}."
    return serializers.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=most,
        style={"kind": "number", **style},
        error_messages=dict.fromkeys(("required", "null", "invalid", "min_value", "max_value"), sentence),
        **_optional(required),
    )


def chosen_id(kind: str, label: str, *, hint: str = "", required: bool = True, **style: Any) -> serializers.UUIDField:
    """Return the id of an `agency`, `person` or other record; its choices are filled in for each record."""
    sentence: dict[str, Any] = {"required": CHOOSE, "null": CHOOSE, "invalid": CHOOSE}
    return serializers.UUIDField(
        label=label, help_text=hint, style={"kind": kind, **style}, error_messages=sentence, **_optional(required)
    )


def note_readers() -> serializers.ListField:
    """Return whom a note names; the screen asks who may read it, by what the rest of the form says of it."""
    hint = "Only those who may read this note are in the list. They are told, in ten minutes"
    return chosen_ids("Who else should read it, by name?", hint=hint, most=20, kind="readers")


def chosen_ids(
    label: str, *, hint: str = "", most: int = 50, required: bool = False, kind: str = "choices"
) -> serializers.ListField:
    """Return any number of ids, or one at least; what there is to choose from is filled in for each record."""
    optional: dict[str, Any] = {} if required else {"default": list}
    return serializers.ListField(
        child=serializers.UUIDField(error_messages={"invalid": CHOOSE}),
        label=label,
        help_text=hint,
        required=required,
        allow_empty=not required,
        max_length=most,
        style={"kind": kind},
        error_messages={"not_a_list": CHOOSE, "required": CHOOSE, "empty": CHOOSE},
        **optional,
    )


def yes_no(label: str, *, hint: str = "", required: bool = True, **style: Any) -> serializers.BooleanField:
    """Return a yes-or-no question."""
    sentence: dict[str, Any] = {
        "required": "Choose yes or no.",
        "invalid": "Choose yes or no.",
        "null": "Choose yes or no.",
    }
    return serializers.BooleanField(
        label=label, help_text=hint, required=required, style={"kind": "yes_no", **style}, error_messages=sentence
    )


def date(label: str, *, hint: str = "", required: bool = True, **style: Any) -> serializers.DateField:
    """Return a date."""
    return serializers.DateField(
        label=label, help_text=hint, style={"kind": "date", **style}, error_messages=_MOMENT, **_optional(required)
    )


def moment(label: str, *, hint: str = "", required: bool = True, **style: Any) -> serializers.DateTimeField:
    """Return a date with a time."""
    return serializers.DateTimeField(
        label=label, help_text=hint, style={"kind": "datetime", **style}, error_messages=_MOMENT, **_optional(required)
    )


_MOMENT: dict[str, Any] = dict.fromkeys(
    ("required", "invalid", "null", "overflow", "datetime", "date"), "Enter a real date, like 27 3 2026."
)


def answers(label: str, *, hint: str = "") -> serializers.DictField:
    """Return changed answers of a form by field name; the screen draws the form they belong to."""
    return serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        allow_empty=False,
        label=label,
        help_text=hint,
        style={"kind": "answers"},
        error_messages={"required": "Change something first.", "empty": "Change something first."},
    )


def _optional(required: bool) -> dict[str, Any]:
    """Say what an optional field is when it is left out."""
    return {"required": True} if required else {"required": False, "allow_null": True, "default": None}


class EdgeInput(StrictSerializer):
    """The input of an edge: the version the person was looking at, and what the edge captures."""

    version = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        label="Version",
        error_messages={"required": "Send the version you were looking at."},
    )
