"""Describes an input serializer as data, so that one page can draw the form of any edge."""

from collections.abc import Collection, Mapping
from typing import Any

from rest_framework import serializers

from backend.workflow.fields import CodeField

# Kinds whose choices depend on the record; the app that owns the record fills them in.
DYNAMIC_KINDS = ("agency", "person", "practitioner", "child_match", "record")


def describe(input_class: type[serializers.Serializer[Any]]) -> list[dict[str, Any]]:
    """Return the fields of an input in order, without the version."""
    return [_field(name, field) for name, field in input_class().fields.items() if name != "version"]


def fill(descriptors: list[dict[str, Any]], choices: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return a copy with the choices of dynamic kinds filled in, nested groups included."""
    filled = []
    for descriptor in descriptors:
        own = dict(descriptor)
        if own["kind"] in choices:
            own["choices"] = choices[own["kind"]]
        if own["fields"]:
            own["fields"] = fill(own["fields"], choices)
        filled.append(own)
    return filled


def begin_with(descriptors: list[dict[str, Any]], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a copy that begins with what stands already, so that only what is different has to be typed."""
    return [{**one, "value": values[one["name"]]} if one["name"] in values else one for one in descriptors]


def offer_only(descriptors: list[dict[str, Any]], name: str, values: Collection[str]) -> list[dict[str, Any]]:
    """Return a copy in which the field `name` offers only these of its choices."""
    return [
        {**one, "choices": [choice for choice in one["choices"] if choice["value"] in values]}
        if one["name"] == name
        else one
        for one in descriptors
    ]


def _field(name: str, field: serializers.Field[Any, Any, Any, Any]) -> dict[str, Any]:
    style = field.style
    return {
        "name": name,
        "label": str(field.label or name.replace("_", " ").capitalize()),
        "hint": str(field.help_text or ""),
        "kind": _kind(field),
        "required": field.required,
        "asked": bool(style.get("asked", False)),
        "choices": _choices(field),
        "max_length": getattr(field, "max_length", None),
        "fields": _nested(field),
        "show_if": style.get("show_if"),
        "not_known": bool(style.get("not_known", False)),
    }


def _kind(field: serializers.Field[Any, Any, Any, Any]) -> str:
    if "kind" in field.style:
        return str(field.style["kind"])
    if isinstance(field, (serializers.ListSerializer, serializers.ListField)):
        return "choices" if isinstance(getattr(field, "child", None), CodeField) else "list"
    if isinstance(field, serializers.ChoiceField):
        return "choice"
    return "number" if isinstance(field, serializers.IntegerField) else "text"


def _choices(field: serializers.Field[Any, Any, Any, Any]) -> list[dict[str, str]] | None:
    source = field.child if isinstance(field, serializers.ListField) else field
    if not isinstance(source, CodeField):
        return None
    return [{"value": term.code, "label": term.label, "hint": term.hint, "group": term.group} for term in source.terms]


def _nested(field: serializers.Field[Any, Any, Any, Any]) -> list[dict[str, Any]] | None:
    inner = getattr(field, "child", None)
    if isinstance(inner, serializers.Serializer):
        return [_field(name, part) for name, part in inner.fields.items()]
    return None
