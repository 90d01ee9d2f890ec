"""The form as the API gives it: sections, pages and field descriptors in the shape of workflow.descriptors."""

from typing import Any

from backend.referrals.form.choices import choices_of
from backend.referrals.form.parts import Circumstances, Field, Page, Section
from backend.referrals.form.sharing import FRONT_DOOR_KIND


def section(part: Section, circumstances: Circumstances) -> dict[str, Any]:
    """Return a section with its pages; status and what is missing are the caller's."""
    return {
        "name": part.name,
        "title": part.title,
        "group": part.group,
        "hint": part.hint,
        "pages": [_page(page, circumstances) for page in part.pages],
    }


def _page(page: Page, circumstances: Circumstances) -> dict[str, Any]:
    fields = [_describe(field, circumstances) for field in page.fields]
    return {"name": page.name, "title": page.title, "hint": page.hint, "fields": fields}


def _describe(field: Field, circumstances: Circumstances) -> dict[str, Any]:
    choices = choices_of(field, circumstances)
    shown = field.show_if
    return {
        "name": field.name,
        "label": field.label,
        "hint": field.hint,
        "kind": field.kind,
        "required": field.required or _required_of_front_door(field, circumstances),
        "choices": None
        if choices is None
        else [{"value": one.value, "label": one.label, "hint": one.hint, "group": one.group} for one in choices],
        "max_length": field.max_length,
        "fields": [_describe(part, circumstances) for part in field.fields] or None,
        "show_if": {"field": shown.field, "values": list(shown.values)} if shown else None,
        "not_known": field.not_known,
    }


def _required_of_front_door(field: Field, circumstances: Circumstances) -> bool:
    return field.name == "source" and circumstances.sender_kind == FRONT_DOOR_KIND
